"""Landing: which files appear, when, and that they are always the same."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from landing_worlds import SCALE, digests, landing_day

from electronics.__main__ import main
from electronics.landing import LandingError, arrival, land, land_next_week

FIRST, LATER = np.datetime64("2026-06-28"), np.datetime64("2026-07-12")


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    for setting in ("LANDING", "SEED", "SCALE", "PHOTOGRAPHS_OF"):
        monkeypatch.delenv(f"GOLDLOOP_{setting}", raising=False)


@pytest.fixture
def copy(first_landing, tmp_path) -> Path:
    return Path(shutil.copytree(first_landing, tmp_path / "landing"))


def test_another_process_with_other_hashes_and_workers_lands_the_same_bytes(
    first_landing, tmp_path
):
    environment = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-m", "electronics", "land", "--as-of", "2026-06-28"]
    command += ["--landing", str(tmp_path), "--scale", str(SCALE), "--workers", "2"]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    assert digests(tmp_path) == digests(first_landing)


def test_weeks_landed_one_by_one_equal_a_landing_at_the_later_date(copy, tmp_path):
    land_next_week(copy, scale=SCALE, workers=1)
    landed = land_next_week(copy, scale=SCALE, workers=1)
    assert landed.as_of == LATER
    at_once = tmp_path / "at_once"
    land(at_once, LATER, scale=SCALE, workers=1)
    assert digests(copy) == digests(at_once)


def test_another_seed_is_another_world(first_landing, tmp_path, monkeypatch):
    monkeypatch.setattr(arrival, "_land_photographs", lambda *_: 0)
    land(tmp_path, FIRST, seed=8, scale=SCALE)
    ours, theirs = digests(first_landing), digests(tmp_path)
    feeds = [path for path in theirs if path.startswith(("sales", "repair", "quote", "customers"))]
    assert feeds
    assert all(ours.get(path) != theirs[path] for path in feeds)


def test_landing_again_writes_nothing(copy):
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
    landed = land(copy, FIRST, scale=SCALE)
    after = {path: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
    assert (landed.tables, landed.photographs) == (0, 0)
    assert {p for p in after if after[p] != before.get(p)} <= {copy / "as_of"}


def test_a_lost_file_lands_again_with_the_same_bytes(copy, first_landing):
    (copy / "sales" / "sales_2025-03-31.csv").unlink()
    next((copy / "photographs" / "customer").rglob("*.png")).unlink()
    landed = land(copy, FIRST, scale=SCALE)
    assert (landed.tables, landed.photographs) == (1, 1)
    assert digests(copy) == digests(first_landing)


def test_no_file_is_dated_after_the_as_of_date_but_the_planted_one(first_landing):
    tables = [p for p in first_landing.rglob("*_20*") if p.is_file()]
    ahead = [p.name for p in tables if landing_day(p) > "2026-06-28"]
    assert ahead == ["sales_2026-12-31.csv"]
    photograph_days = {p.parent.name for p in first_landing.rglob("*.png")}
    assert max(photograph_days) == "2026-06-28"


def test_history_lands_monthly_and_later_weeks_daily(copy):
    land_next_week(copy, scale=SCALE, workers=1)
    days = sorted(landing_day(path) for path in (copy / "sales").iterdir())
    assert days[:3] == ["2025-01-31", "2025-02-28", "2025-03-31"]
    assert [day for day in days if "2026-06-28" < day < "2026-12"] == [
        "2026-06-29", "2026-06-30", "2026-07-01", "2026-07-02", "2026-07-03",
        "2026-07-04", "2026-07-05",
    ]  # fmt: skip


def test_an_early_date_lands_only_what_was_there_by_then(tmp_path):
    land(tmp_path, np.datetime64("2025-02-10"), scale=SCALE)
    names = {path.name for path in (tmp_path / "sales").iterdir()}
    assert names == {"sales_2025-01-31.csv", "sales_2026-12-31.csv"}
    assert not (tmp_path / "repair_requests").exists()


def test_as_of_never_goes_back(copy):
    land_next_week(copy, scale=SCALE, workers=1)
    assert land(copy, FIRST, scale=SCALE).as_of == np.datetime64("2026-07-05")
    assert (copy / "as_of").read_text() == "2026-07-05\n"


def test_a_landing_that_fails_half_way_leaves_as_of_and_can_be_repeated(
    first_landing, tmp_path, monkeypatch
):
    def no_space(*_):
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(arrival, "_land_photographs", no_space)
        with pytest.raises(OSError, match="no space"):
            land(tmp_path, FIRST, scale=SCALE)
    assert not (tmp_path / "as_of").exists()
    land(tmp_path, FIRST, scale=SCALE, workers=1)
    assert digests(tmp_path) == digests(first_landing)


def test_one_sources_photographs_can_be_rendered_alone(first_landing, tmp_path):
    command = ["land", "--landing", str(tmp_path), "--scale", str(SCALE), "--workers", "1"]
    assert main([*command, "--photographs-of", "holdout"]) == 0
    assert [each.name for each in (tmp_path / "photographs").iterdir()] == ["holdout"]
    assert main(command) == 0
    assert digests(tmp_path) == digests(first_landing)


def test_photographs_of_an_unknown_source_are_refused(tmp_path, capsys):
    assert main(["land", "--landing", str(tmp_path), "--photographs-of", "moon"]) == 2
    assert "photographs of moon: the sources are customer, holdout, factory" in (
        capsys.readouterr().err
    )


def test_next_needs_a_first_landing(tmp_path):
    with pytest.raises(LandingError, match="run `python -m electronics land`"):
        land_next_week(tmp_path, scale=SCALE)


def test_a_folder_of_another_world_is_refused(copy):
    with pytest.raises(LandingError, match=r"holds the world of seed 7.*not of seed 8"):
        land_next_week(copy, seed=8, scale=SCALE)


@pytest.mark.parametrize("as_of", ["2024-12-31", "2026-08-10"])
def test_dates_outside_the_simulated_time_are_refused(tmp_path, as_of):
    with pytest.raises(LandingError, match="2025-01-01 to 2026-08-09"):
        land(tmp_path, np.datetime64(as_of), scale=SCALE)


def test_an_unreadable_as_of_file_is_named(copy):
    (copy / "as_of").write_text("yesterday\n")
    with pytest.raises(LandingError, match=r"as_of holds 'yesterday', expected a date"):
        land_next_week(copy, scale=SCALE)


def test_the_command_line_reports_an_error_in_one_line(tmp_path, capsys):
    assert main(["next", "--landing", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"error: {tmp_path} has no file `as_of`")


def test_the_command_line_takes_folder_seed_and_scale_from_the_environment(copy, monkeypatch):
    monkeypatch.setenv("GOLDLOOP_LANDING", str(copy))
    monkeypatch.setenv("GOLDLOOP_SCALE", str(SCALE))
    assert main(["next"]) == 0
    assert (copy / "as_of").read_text() == "2026-07-05\n"
    monkeypatch.setenv("GOLDLOOP_SEED", "8")
    assert main(["next"]) == 2
