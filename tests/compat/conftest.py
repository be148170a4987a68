"""A project written for BigQuery and dbt_ml, built twice on DuckDB once a session."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import yaml

REPOSITORY = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"
GIT = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org"]


@dataclass
class Project:
    """A dbt project in its folder, with the clone that its packages come from."""

    folder: Path
    clone: str
    database: str = "bakery.duckdb"
    log: str = ""

    def dbt(self, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "dbt.cli.main", *arguments],
            cwd=self.folder,
            env={**os.environ, "GOLDLOOP_GIT": self.clone, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def rows(self, query):
        with duckdb.connect(str(self.folder / self.database), read_only=True) as con:
            return con.execute(query).fetchall()

    def columns(self, relation):
        return [row[0] for row in self.rows(f"describe {relation}")]

    def statuses(self):
        results = json.loads((self.folder / "target" / "run_results.json").read_text())["results"]
        return {each["unique_id"].split(".")[2]: each["status"] for each in results}

    def write(self, path, text):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def install(self, subdirectory):
        package = {"git": self.clone, "subdirectory": subdirectory, "revision": "main"}
        self.write("packages.yml", yaml.safe_dump({"packages": [package]}))
        installed = self.dbt("deps")
        assert installed.returncode == 0, installed.stdout

    def link(self, subdirectory, name):
        """What `dbt deps` does for a `local:` package, and quicker."""
        (self.folder / "dbt_packages").mkdir()
        (self.folder / "dbt_packages" / name).symlink_to(REPOSITORY / subdirectory)


@pytest.fixture(scope="session")
def clone(tmp_path_factory):
    """A git repository with the two packages of this checkout, as they stand."""
    folder = tmp_path_factory.mktemp("clone")
    for package in ("macros", "compat"):
        shutil.copytree(REPOSITORY / package, folder / package)
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Packages"]):
        subprocess.run([*GIT, *command], cwd=folder, check=True)
    return folder.as_uri()


@pytest.fixture(scope="session")
def bakery(tmp_path_factory, clone):
    """The project built twice, its second time incrementally."""
    made = Project(tmp_path_factory.mktemp("bakery") / "project", clone)
    shutil.copytree(PROJECT, made.folder)
    made.install("compat/dbt_ml")
    for _ in range(2):
        built = made.dbt("build")
        assert built.returncode == 0, built.stdout
    made.log = built.stdout
    return made
