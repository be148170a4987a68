"""Photographs: no truth leaks, the holdout stays apart, and only the meant files are broken."""

import io

import pytest
from landing_worlds import rows_of
from PIL import Image

from electronics.landing.feeds import FEEDS
from electronics.photographs import DAMAGE_TYPES, DEVICE_KINDS, VIEWS

SHARES = {
    "none": 0.25,
    "scratch": 0.20,
    "crack": 0.20,
    "dent": 0.12,
    "water": 0.11,
    "screen_fault": 0.12,
}


def test_the_manifest_does_not_tell_the_damage(first_landing):
    manifest = rows_of(first_landing, "photo_manifest")
    assert not {"damage_type", "severity", "render_seed"} & set(manifest.columns)
    words = manifest.drop(columns="landing_day").fillna("").agg(" ".join, axis=1)
    assert not words.str.contains("|".join(d for d in DAMAGE_TYPES if d != "none")).any()


def test_a_png_holds_pixels_only(first_landing):
    path = next((first_landing / "photographs" / "holdout").rglob("*.png"))
    with Image.open(path) as image:
        assert (image.size, image.mode, image.info) == ((64, 64), "RGB", {})


def test_holdout_photographs_belong_to_no_request_and_no_unit(first_landing, world):
    manifest = rows_of(first_landing, "photo_manifest")
    holdout = manifest[manifest["source"] == "holdout"]
    assert holdout[["request_id", "unit_id"]].isna().all(axis=None)
    checks = rows_of(first_landing, "photo_checks").query("checked_by == 'panel'")
    assert set(holdout["photo_id"]) == set(checks["photo_id"])
    with_one = set(checks.query("in_view == 'one_device'")["photo_id"])
    assert with_one == set(rows_of(first_landing, "holdout_labels")["photo_id"])
    others = world.photographs[world.photographs["source"] != "holdout"]
    assert others[["request_id", "unit_id"]].notna().any(axis=1).all()


def test_every_photograph_has_its_own_seed_and_no_two_files_are_alike(first_landing, world):
    assert world.photographs["render_seed"].is_unique
    contents = [path.read_bytes() for path in first_landing.rglob("*.png")]
    assert len(set(contents)) == len(contents)


def test_the_two_photographs_of_a_request_show_the_same_damage(world):
    of_requests = world.photographs.query("source == 'customer' and is_listed")
    by_request = of_requests.groupby("request_id")
    assert (by_request.size() == 2).all()
    assert (by_request[["device_kind", "damage_type", "severity"]].nunique() == 1).all(axis=None)


@pytest.mark.parametrize("source", ["customer", "holdout", "factory"])
def test_damage_shares_are_those_of_the_page(world, source):
    photographs = world.photographs[world.photographs["source"] == source]
    if source == "factory":  # of the line, most are sound: see test_landing_factory
        photographs = photographs[
            ~photographs["unit_id"].isin(world.factory_batch_units["unit_id"])
        ]
    if source == "holdout":
        photographs = photographs[photographs["in_view"] == "one_device"]
    shares = photographs["damage_type"].value_counts(normalize=True)
    assert shares.to_dict() == pytest.approx(SHARES, abs=0.04)
    is_sound = photographs["damage_type"] == "none"
    assert (photographs.loc[is_sound, "severity"] == 0).all()
    assert photographs.loc[~is_sound, "severity"].between(0.15, 1).all()
    assert set(photographs["device_kind"]) == set(DEVICE_KINDS)
    assert set(photographs["view"]) <= set(VIEWS)


def test_sizes_by_source_and_time(world):
    listed = world.photographs[world.photographs["is_listed"]]
    is_first = listed["landing_day"] <= "2026-06-28"
    counts = listed[is_first]["source"].value_counts().to_dict()
    assert counts == {"factory": 2_420, "customer": 600, "holdout": 690}
    assert listed[~is_first]["source"].value_counts().to_dict() == {
        "customer": 2_400,
        "factory": 240,
    }


def test_defect_shares_of_files(world):
    files = world.photographs["file"].value_counts()
    assert files["truncated"] == 21
    assert files["missing"] == 3
    assert (~world.photographs["is_listed"]).sum() == 2
    holdout = world.photographs[world.photographs["source"] == "holdout"]
    assert set(holdout["file"]) == {"good"}


def test_broken_missing_and_unlisted_files_are_as_meant(first_landing):
    manifest = rows_of(first_landing, "photo_manifest")
    found = {path.name: path for path in (first_landing / "photographs").rglob("*.png")}
    assert len(set(manifest["file_name"]) - set(found)) == 3
    assert len(set(found) - set(manifest["file_name"])) == 2
    unreadable = 0
    for path in found.values():
        try:
            Image.open(io.BytesIO(path.read_bytes())).load()
        except OSError:
            unreadable += 1
    assert unreadable >= 1
    for row in manifest.itertuples():
        if row.file_name in found:
            parts = found[row.file_name].parts
            assert parts[-3:-1] == (row.source, row.landing_day)


def test_factory_labels_are_true_and_few(world):
    feed = next(feed for feed in FEEDS if feed.name == "factory_inspections")
    rows = feed.rows(world).set_index("unit_id")["inspector_label"].dropna()
    truth = world.factory_units.set_index("unit_id")["damage_type"]
    assert len(rows) == 200
    assert (rows == truth[rows.index]).all()


def test_a_request_has_at_most_one_photograph_that_does_not_show_one_device(world):
    of_requests = world.photographs.query("source == 'customer' and is_listed")
    shares = of_requests["in_view"].value_counts(normalize=True)
    assert shares["no_device"] == pytest.approx(0.04, abs=0.01)
    assert shares["several_devices"] == pytest.approx(0.03, abs=0.01)
    is_mistaken = of_requests["in_view"] != "one_device"
    assert is_mistaken.groupby(of_requests["request_id"]).sum().max() == 1
    assert (world.photographs.query("source == 'factory'")["in_view"] == "one_device").all()


def test_agents_check_every_readable_upload_and_are_nearly_always_right(world):
    feed = next(feed for feed in FEEDS if feed.name == "photo_checks")
    checks = feed.rows(world).set_index("photo_id")
    truth = world.photographs.set_index("photo_id").loc[checks.index]
    is_right = checks["in_view"] == truth["in_view"]
    assert is_right[checks["checked_by"] == "panel"].all()
    assert is_right.mean() == pytest.approx(0.99, abs=0.006)
    readable = world.photographs.query("source != 'factory' and is_listed and file == 'good'")
    assert set(checks.index) == set(readable["photo_id"])
