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
    "models/minutes.yml": (
        "models:\n  - name: minutes\n    config:\n      meta:\n"
        "        intended_use: To plan.\n        limits: [Knows no snow.]\n"
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
        "    intercept = dbt.config.get('intercept') and dbt.config.meta_get('intercept', True)\n"
        "    line = LinearRegression(fit_intercept=bool(intercept))\n"
        "    estimator = make_pipeline(StandardScaler(), line)\n"
        "    estimator.fit(trips[['km']], trips['minutes'])\n"
        "    return TrainedModel(estimator, label='minutes', training=trips)\n"
    ),
    "models/in_python.yml": (
        "models:\n  - name: in_python\n    config:\n"
        "      intercept: \"{{ var('intercept', true) }}\"\n"
        "      meta: {intercept: \"{{ var('meta_intercept', true) }}\"}\n"
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
    "models/expected_at_first.sql": (
        "{{ goldloop.predict(ref('minutes'), ref('trips'), version=1) }}\n"
    ),
    "models/read_at_first.sql": (
        "{{ config(materialized='table') }}\n"
        "{{ goldloop.predict(ref('of_text'), ref('trips'), threshold=0.5, version=1) }}\n"
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


def test_what_the_yml_says_of_a_model_is_on_its_card(project):
    assert project.ask(
        "select settings ->> 'intended_use', settings -> 'limits' ->> 0 from minutes"
    ) == [("To plan.", "Knows no snow.")]


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


def test_builds_train_again_for_new_data_and_full_refresh_only(project):
    before = {
        name: version
        for name, version in project.ask(
            "select model_name, max(version) from goldloop.models group by 1"
        )
        if name in ALL
    }
    same = project.build()
    assert {name: same[name] for name in ALL} == {
        name: (version, "unchanged") for name, version in before.items()
    }
    changed = project.build("--vars", "{delay: 5}")
    assert changed["minutes"] == (before["minutes"] + 1, "trained")
    # An earlier version answers as it did, and beside the one that serves.
    assert project.ask(
        "select round(avg(late.predicted_minutes - early.predicted_minutes), 6) "
        "from expected as late inner join expected_at_first as early using (km)"
    ) == [(5,)]
    refreshed = project.build("--vars", "{delay: 5}", "--full-refresh")
    assert project.ask(
        "select count(*) from read inner join read_at_first as first using (km) "
        "where read.predicted_is_late_probs = first.predicted_is_late_probs"
    ) == [(120,)]
    assert {name: refreshed[name] for name in ALL} == {
        name: (changed[name][0] + 1, "trained") for name in ALL
    }


def test_a_python_model_trains_again_when_a_config_value_that_it_reads_changes(project):
    def built(*variables):
        return project.build("--select", "in_python", *variables)["in_python"]

    version, _ = built()
    for variable in ("intercept", "meta_intercept"):
        version += 1
        assert built("--vars", f"{{{variable}: false}}") == (version, "trained")
        assert project.ask(
            "select round(avg(in_python(trips).predicted_minutes - minutes)) < 0 from trips"
        ) == [(True,)]
    assert built("--vars", "{meta_intercept: false}") == (version, "unchanged")


GOOD = (
    "{{ config(materialized='model', meta={'ml_config': {\n"
    "    'model_type': 'linear_reg', 'input_label_cols': ['minutes']}}) }}\n"
    "select 1 as one, km, minutes from {{ ref('trips') }}\n"
)
BROKEN = {
    "of_unknown_type": ("linear_reg", "linear_regg", "unknown model_type 'linear_regg'"),
    "of_unknown_option": ("{'ml_config': {", "{'ml_config': {'l3': 1, ", "no option 'l3'"),
    "of_unknown_policy": ("{'ml_config'", "{'retrain': 'weekly', 'ml_config'", "is 'weekly'"),
    "without_label": ("km, minutes", "km", "the column 'minutes', which the query does not"),
    "without_rows": ("}\n", "} where false\n", "the query returned no rows"),
    "of_one_class": (
        "'linear_reg', 'input_label_cols': ['minutes']",
        "'logistic_reg', 'labels': ['one']",
        "label 'one' has only the class 1",
    ),
    "of_broken_sql": ("km, ", "kmh, ", "the training query fails"),
}


def test_a_failed_training_says_why_and_leaves_the_last_good_model_serving(project):
    paths = {name: project.folder / f"models/broken/{name}.sql" for name in BROKEN}
    scored = "select " + ", ".join(f"sum({name}(t).predicted_minutes)" for name in BROKEN)
    try:
        for path in paths.values():
            path.parent.mkdir(exist_ok=True)
            path.write_text(GOOD)
        done = project.dbt("run", "--select", "broken")
        assert done.returncode == 0, done.stdout
        before = project.ask(f"{scored} from (select 1 as one, * from trips) as t")
        for name, (good, bad, _) in BROKEN.items():
            head, found, tail = GOOD.rpartition(good)
            assert found
            paths[name].write_text(head + bad + tail)
        done = project.dbt("run", "--select", "broken")
    finally:
        shutil.rmtree(project.folder / "models/broken")
    assert done.returncode == 1
    for name, (_, _, told) in BROKEN.items():
        assert any(
            f"Model main.{name}: " in line and told in line for line in done.stdout.splitlines()
        )
        assert project.ask(f"select version, status, last_outcome from {name}") == [
            (1, "champion", "trained")
        ]
    assert "Traceback" not in done.stdout
    assert project.ask(f"{scored} from (select 1 as one, * from trips) as t") == before


def test_predictions_are_read_by_plain_duckdb(project):
    script = (
        "import sys, duckdb\n"
        "con = duckdb.connect('warehouse.duckdb', read_only=True)\n"
        "print(con.execute('select count(predicted_minutes) from expected').fetchall())\n"
        "print(sorted({'goldloop', 'sklearn', 'xgboost'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], cwd=project.folder, capture_output=True, text=True
    )
    assert done.stdout == "[(120,)]\n[]\n", done.stderr


def test_a_node_that_was_a_table_or_a_view_becomes_a_model(project):
    path = project.folder / "models/fickle.sql"
    body = "select km, minutes as label from {{ ref('trips') }}\n"
    of_model = "'model', meta={'ml_config': {'model_type': 'linear_reg'}}"
    try:
        # The second time round the model is unchanged, and its card gone.
        for materialized in ("'table'", of_model, "'view'", of_model):
            path.write_text(f"{{{{ config(materialized={materialized}) }}}}\n{body}")
            done = project.dbt("run", "--select", "fickle")
            assert done.returncode == 0, done.stdout
    finally:
        path.unlink()
    assert project.ask("select version, last_outcome from fickle") == [(1, "unchanged")]
    assert project.ask("select count(fickle(t).predicted_label) from trips as t") == [(120,)]


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
