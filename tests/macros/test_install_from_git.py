"""The package comes out of a git repository, of which it is one folder."""

import shutil
import subprocess

import pytest
import yaml

pytestmark = pytest.mark.pipeline

GIT = ["git", "-c", "user.name=test", "-c", "user.email=test@example.org"]


def test_a_project_installs_the_folder_of_a_git_repository(workshop, tmp_path):
    repository = tmp_path / "repository"
    shutil.copytree(workshop.folder / "dbt_packages" / "goldloop", repository / "macros")
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "Package"]):
        subprocess.run([*GIT, *command], cwd=repository, check=True)
    project = tmp_path / "project"
    shutil.copytree(
        workshop.folder,
        project,
        ignore=shutil.ignore_patterns("dbt_packages", "target", "package-lock.yml", "*.duckdb"),
    )
    package = {"git": repository.as_uri(), "subdirectory": "macros", "revision": "main"}
    (project / "packages.yml").write_text(yaml.safe_dump({"packages": [package]}))
    stranger = type(workshop)(project)
    for command in ("deps", "parse"):
        done = stranger.dbt(command)
        assert done.returncode == 0, done.stdout
