"""The same macros where the project is itself called goldloop and reads the folder as its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.pipeline

MACROS = Path(__file__).parents[2] / "macros"

FILES = {
    "dbt_project.yml": """
name: goldloop
version: 0.1.0
profile: goldloop
macro-paths: ["macros"]
on-run-start: "{{ goldloop.bootstrap() }}"
models:
  goldloop:
    +schema: inference
""",
    "profiles.yml": """
goldloop:
  target: dev
  outputs: {dev: {type: duckdb, path: warehouse.duckdb, schema: main, threads: 1}}
""",
    "models/sources.yml": """
sources:
  - name: inference
    tables:
      - name: earlier
        config: {meta: {goldloop: {bootstrap: true}}}
        columns: [{name: job_id, data_type: varchar}]
""",
    "models/earlier.sql": """
{{ config(materialized='incremental', incremental_strategy='append') }}
select {{ goldloop.as_of() }}::varchar as job_id
""",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("root")
    shutil.copytree(MACROS, folder / "macros")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    built = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "build", "--vars", "as_of: 2026-06-28"],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return folder, built


def test_the_root_project_calls_the_macros_by_the_packages_name(root):
    folder, built = root
    assert built.returncode == 0, built.stdout
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as con:
        assert con.execute("from inference.earlier").fetchall() == [("2026-06-28",)]


def test_the_bootstrap_runs_once(root):
    assert root[1].stdout.count("START hook: goldloop.on-run-start") == 1


def test_the_root_projects_schemas_bear_their_own_names(root):
    with duckdb.connect(str(root[0] / "warehouse.duckdb"), read_only=True) as con:
        schemas = con.execute("select distinct schema_name from duckdb_tables()").fetchall()
    assert sorted(schemas) == [("goldloop",), ("inference",)]
