"""The folders in which pages are run: an empty one, or one with the reference warehouse."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pages import ROOT

ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("DBT_", "GOLDLOOP_", "PYTHONPATH"))
} | {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "OMP_NUM_THREADS": "1",
    "NO_COLOR": "1",
    "GOLDLOOP_GIT": ROOT.as_uri(),
}
ASKED = ("+quote_sensitivity", "+fct_revenue_daily", "+dim_product", "+damage_model_generations")


def run(command, folder, **variables):
    """Run a command of a page; return what it printed, or fail with all of it."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=ENVIRONMENT | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="session")
def reference_warehouse(tmp_path_factory):
    """What `make build` builds, of fewer repair requests and of what the pages ask for."""
    folder = tmp_path_factory.mktemp("reference")
    settings = {
        "GOLDLOOP_LANDING": str(folder / "landing"),
        "GOLDLOOP_DATABASE": str(folder / "warehouse.duckdb"),
        "GOLDLOOP_SCALE": "0.2",
    }
    if "GOLDLOOP_CACHE" in os.environ:
        settings["GOLDLOOP_CACHE"] = os.environ["GOLDLOOP_CACHE"]
    run([sys.executable, "-m", "electronics", "land"], ROOT, **settings)
    build = ["dbt", "build", "--exclude-resource-type", "test", "unit_test"]
    build += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    run([*build, "--select", *ASKED], ROOT, **settings)
    return folder / "warehouse.duckdb"


@pytest.fixture
def folder(request, tmp_path):
    """An empty folder; with the reference warehouse in it for pages that ask it."""
    if request.param == "reference":
        shutil.copy(request.getfixturevalue("reference_warehouse"), tmp_path / "warehouse.duckdb")
    return tmp_path
