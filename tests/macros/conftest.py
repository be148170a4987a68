"""A scratch project that installs the package, built through three generations once a session.

Models are stand-ins, a card and a function written by hand, so that these tests are of
the macros alone.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest
import yaml

from goldloop.registry import write
from goldloop.registry.cards import Feature
from goldloop.registry.names import ModelName
from goldloop.registry.schema import ensure_schema
from goldloop.training.fitted import Detail

REPOSITORY = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"


@dataclass
class Workshop:
    """The scratch project in its folder.

    `generations` and `by_answer` are the rows of two tables of inferences after each build.
    """

    folder: Path
    generations: dict = field(default_factory=dict)
    by_answer: dict = field(default_factory=dict)

    @property
    def database(self):
        return self.folder / "workshop.duckdb"

    @property
    def environment(self):
        return {**os.environ, "WORKSHOP_DATABASE": str(self.database), "NO_COLOR": "1"}

    def dbt(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "dbt.cli.main", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def rows(self, query):
        with duckdb.connect(str(self.database), read_only=True) as con:
            return con.execute(query).fetchall()

    def columns(self, relation):
        return [row[0] for row in self.rows(f"describe {relation}")]

    def results(self):
        return json.loads((self.folder / "target" / "run_results.json").read_text())["results"]


# Schema, name, problem type, label and details of the stand-ins, as the registry has them.
STAND_INS = [
    (
        "main_ml",
        "price",
        "regression",
        "price",
        [Detail("evaluation", "r2_score", 0.75), Detail("evaluation", "mean_absolute_error", 2.5)],
    ),
    ("main", "acceptance", "binary_classification", "accepted", []),
    (
        "main",
        "groups",
        "clustering",
        None,
        [Detail("separations", "1-2", 4.0, {"centroid_id": 1, "other_id": 2})],
    ),
]


def record(con, schema, name, problem_type, label, details):
    model = ModelName(schema, name)
    hours = (Feature("hours", "INTEGER"),)
    version = write.Version(
        name=model,
        number=1,
        version_id=write.new_version_id(),
        model_type="stand_in",
        problem_type=problem_type,
        label=label,
        classes=(),
        features=hours,
        options={},
        scoring="sql",
        training_sql=None,
        training_fingerprint="",
        training_rows=4,
        evaluation_rows=0,
        function_sql=None,
        lineage={},
        comment=None,
        engine_version="",
        invocation_id=None,
        seconds=0.0,
    )
    write.record_version(con, version)
    write.record_details(con, model, 1, details)
    con.execute(
        "insert into goldloop.promotions values (?, ?, 1, 'trained', null, ?)",
        [schema, name, write.utc_now()],
    )


def make_workshop(folder):
    shutil.copytree(PROJECT, folder)
    (folder / "landing").mkdir()
    (folder / "landing" / "as_of").write_text("2026-06-28\n")
    packages = {"packages": [{"local": str(REPOSITORY / "macros")}]}
    (folder / "packages.yml").write_text(yaml.safe_dump(packages))
    workshop = Workshop(folder)
    with duckdb.connect(str(workshop.database)) as con:
        ensure_schema(con)
        for stand_in in STAND_INS:
            record(con, *stand_in)
    installed = workshop.dbt("deps")
    assert installed.returncode == 0, installed.stdout
    return workshop


BUILDS = {
    "first": "{champion: 1}",
    "rebuilt": "{champion: 1}",
    "retrained": "{champion: 2}",
    "changed inputs": "{champion: 2, overtime: 1}",
    "unchanged since": "{champion: 2, overtime: 1}",
    "inputs as before": "{champion: 2}",
}


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    made = make_workshop(tmp_path_factory.mktemp("stranger") / "workshop")
    for build, variables in BUILDS.items():
        built = made.dbt("build", "--vars", variables)
        assert built.returncode == 0, built.stdout
        made.generations[build] = made.rows(
            "select job_id, hours, predicted_price, _model_version"
            " from main_inference.inferred_price order by all"
        )
        made.by_answer[build] = made.rows(
            "select accepted, job_id, hours, _model_version"
            " from main_inference.inferred_by_answer order by all"
        )
        if build == "first":
            made.log_of_first_build = built.stdout
    return made
