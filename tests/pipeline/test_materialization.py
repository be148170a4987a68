"""A stranger's project: the package installed, models trained in SQL and Python, failures."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.pipeline

ROOT = Path(__file__).parents[2]
PROFILE = """
trial:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: warehouse.duckdb
      threads: 2
      plugins: [{module: goldloop.dbt.plugin}]
"""
FILES = {
    "dbt_project.yml": "name: trial\nversion: 1.0.0\nprofile: trial\n",
    "profiles.yml": PROFILE,
    "models/trips.sql": (
        "{{ config(materialized='table') }}\n"
        "select range::double as km, ['sun', 'rain'][1 + range % 2] as weather,\n"
        "    3.0 * range + 20 * (range % 2) + {{ var('delay', 0) }} as minutes,\n"
        "    'trip ' || range::varchar || if(range % 3 = 0, ' late', ' early') as note,\n"
        "    range % 3 = 0 as is_late\n"
        "from range(120)\n"
    ),
    "models/minutes.sql": (
        "{{ config(materialized='model', meta={'ml_config': {\n"
        "    'model_type': 'linear_reg', 'input_label_cols': ['minutes']}}) }}\n"
        "select km, weather, minutes from {{ ref('trips') }}\n"
    ),
    "models/late.sql": (
        "{{ config(materialized='model', ml_config={\n"
        "    'MODEL_TYPE': 'LOGISTIC_REG', 'LABELS': ['is_late'], 'l2_reg': 0.1}) }}\n"
        "select km, weather, is_late from {{ ref('trips') }}\n"
    ),
    "models/in_python.py": (
        "from goldloop import TrainedModel\n"
        "from sklearn.linear_model import LinearRegression\n"
        "from sklearn.pipeline import make_pipeline\n"
        "from sklearn.preprocessing import StandardScaler\n\n\n"
        "def model(dbt, session):\n"
        "    dbt.config(materialized='model')\n"
        "    trips = dbt.ref('trips').df()\n"
        "    estimator = make_pipeline(StandardScaler(), LinearRegression())\n"
        "    estimator.fit(trips[['km']], trips['minutes'])\n"
        "    return TrainedModel(estimator, label='minutes', training=trips)\n"
    ),
    "models/of_text.py": (
        "from sklearn.compose import ColumnTransformer\n"
        "from sklearn.feature_extraction.text import CountVectorizer\n"
        "from sklearn.linear_model import LogisticRegression\n"
        "from sklearn.pipeline import make_pipeline\n\n\n"
        "def model(dbt, session):\n"
        "    dbt.config(materialized='model')\n"
        "    trips = dbt.ref('trips').df()\n"
        "    words = ColumnTransformer([('words', CountVectorizer(), 'note')])\n"
        "    estimator = make_pipeline(words, LogisticRegression())\n"
        "    estimator.fit(trips[['note']], trips['is_late'])\n"
        "    return {'estimator': estimator, 'label': 'is_late', 'training': trips,\n"
        "            'comment': 'Reads the note.', 'metrics': {'words': 122.0}}\n"
    ),
    "models/expected.sql": "{{ goldloop.predict(ref('minutes'), ref('trips')) }}\n",
    "models/read.sql": (
        "{{ config(materialized='table') }}\n{{ goldloop.predict(ref('of_text'), ref('trips')) }}\n"
    ),
    "models/judged.sql": (
        "{{ config(materialized='table') }}\n"
        "{{ goldloop.evaluate(ref('minutes'), ref('trips')) }}\n"
    ),
}
ALL = {"minutes", "late", "in_python", "of_text"}


class Project:
    """A dbt project in a folder of its own."""

    def __init__(self, folder: Path, package: dict) -> None:
        self.folder = folder
        for name, text in FILES.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        (folder / "packages.yml").write_text(json.dumps({"packages": [package]}))
        assert self.dbt("deps").returncode == 0

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(Path(sys.executable).with_name("dbt")), *arguments, "--no-use-colors"],
            cwd=self.folder,
            env=os.environ | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"},
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self, *arguments: str) -> dict[str, tuple[int, str]]:
        """Build, green; return each model's version and outcome."""
        done = self.dbt("build", *arguments)
        assert done.returncode == 0, done.stdout
        champions = self.ask(
            "select model_name, version, last_outcome from goldloop.models "
            "where status = 'champion'"
        )
        return {name: (version, outcome) for name, version, outcome in champions}

    def ask(self, query: str) -> list[tuple]:
        with duckdb.connect(str(self.folder / "warehouse.duckdb"), read_only=True) as con:
            return con.execute(query).fetchall()


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project, built once."""
    project = Project(tmp_path_factory.mktemp("trial"), {"local": str(ROOT / "macros")})
    project.first = project.build()
    return project


def test_a_first_build_trains_every_model(project):
    assert project.first == dict.fromkeys(ALL, (1, "trained"))


def test_functions_score_in_plain_sql_where_they_can(project):
    assert project.ask("select max(abs(predicted_minutes - minutes)) < 1e-9 from expected") == [
        (True,)
    ]
    assert project.ask("select r2_score > 0.999999 from judged") == [(True,)]
    scoring = dict(project.ask("select model_name, scoring from goldloop.models"))
    assert scoring == {"minutes": "sql", "late": "sql", "in_python": "sql", "of_text": "native"}


def test_a_natively_scored_model_scores_in_dbt_and_in_a_session(project):
    assert project.ask("select count(*) from read where predicted_is_late = is_late")[0][0] == 120
    assert project.ask("select comment, metrics ->> 'words' from of_text") == [
        ("Reads the note.", "122.0")
    ]
    script = (
        "import goldloop\n"
        "with goldloop.connect('warehouse.duckdb', read_only=True) as session:\n"
        '    rows = session.sql("select count(*) from ml.predict(model main.of_text, "\n'
        "        \"(select 'late' as note)) where predicted_is_late\", dialect='duckdb')\n"
        "    print(rows.fetchall())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project.folder, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[(1,)]", done.stderr


def test_a_build_of_the_same_data_trains_nothing(project):
    versions = {name: version for name, (version, _) in project.build().items()}
    again = project.build()
    assert again == {name: (versions[name], "unchanged") for name in ALL}


def test_new_data_and_full_refresh_train_again(project):
    before = project.build()
    changed = project.build("--vars", "{delay: 5}")
    assert all(changed[name] == (before[name][0] + 1, "trained") for name in ("minutes",))
    refreshed = project.build("--vars", "{delay: 5}", "--full-refresh")
    assert {name: refreshed[name] for name in ALL} == {
        name: (changed[name][0] + 1, "trained") for name in ALL
    }


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("linear_reg", "linear_regg"), "unknown model_type 'linear_regg'"),
        (("km, weather, minutes from", "km, weather from"), "column 'minutes'"),
        (("{{ ref('trips') }}", "{{ ref('trips') }} where false"), "returned no rows"),
        (("select km", "select kmh"), "the training query fails"),
    ],
    ids=["model type", "no label", "no rows", "broken query"],
)
def test_a_failed_training_says_why_and_leaves_the_model_serving(project, change, told):
    path = project.folder / "models/minutes.sql"
    good = path.read_text()
    before = project.ask("select sum(predicted_minutes), count(*) from expected")
    versions = project.ask("select count(*) from minutes")
    assert change[0] in good
    path.write_text(good.replace(*change))
    try:
        done = project.dbt("build", "--select", "minutes+")
    finally:
        path.write_text(good)
    assert done.returncode == 1
    assert f"Model main.minutes: {told}" in done.stdout or (
        "Model main.minutes" in done.stdout and told in done.stdout
    )
    assert "Traceback" not in done.stdout
    assert project.ask("select sum(predicted_minutes), count(*) from expected") == before
    assert project.ask("select count(*) from minutes") == versions


def test_the_package_installs_from_git(tmp_path):
    source = tmp_path / "source"
    shutil.copytree(ROOT / "macros", source / "macros")
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "macros"],
    ):
        subprocess.run(["git", *command], cwd=source, check=True)
    folder = tmp_path / "project"
    project = Project(
        folder, {"git": f"file://{source}", "revision": "main", "subdirectory": "macros"}
    )
    assert project.build("--select", "+minutes")["minutes"] == (1, "trained")
