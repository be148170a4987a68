"""The sheet shows photographs with what the models say, from a warehouse of plain DuckDB."""

import duckdb
import pytest

from electronics import sheet
from electronics.photographs import encode_png, render_photograph


@pytest.fixture
def warehouse(tmp_path):
    """Two assessed photographs and one of no device, with functions that say the same of each."""
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as con:
        for schema in ("bronze", "gold", "ml"):
            con.sql(f"create schema {schema}")
        con.sql("create table bronze.bronze_photographs (photo_id varchar, content blob)")
        for seed, photo_id in enumerate(("F1", "F2", "F3")):
            content = encode_png(render_photograph("tablet", "crack", 0.5, "customer", seed))
            con.execute("insert into bronze.bronze_photographs values (?, ?)", [photo_id, content])
        con.sql("create table gold.technician_threshold as select 0.4 as threshold")
        con.sql(
            "create table gold.damage_holdout_photographs as select * from (values "
            "('F1', [0.0], 'crack', 0.5), ('F2', [1.0], 'dent', 0.3)) "
            "as t(photo_id, embedding, damage_type, severity)"
        )
        con.sql(
            "create table gold.in_view_holdout_photographs as "
            "select 'F3' as photo_id, [0.0] as embedding, 'no_device' as in_view"
        )
        for name, label, said in (
            ("damage_assessment", "damage_type", "crack"),
            ("device_in_view", "in_view", "one_device"),
        ):
            con.sql(
                f"create macro ml.{name}(row) as {{predicted_{label}: '{said}', "
                f"predicted_{label}_probs: [{{label: '{said}', prob: 0.7}}]}}"
            )
        con.sql("create macro ml.damage_severity(row) as {predicted_severity: 1.2}")
    return path


def test_the_sheet_is_a_small_png_with_a_tile_for_each_photograph(warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDLOOP_DATABASE", str(warehouse))
    target = tmp_path / "sheet.png"
    assert sheet.main([str(target)]) == 0
    assert target.read_bytes().startswith(b"\x89PNG")
    assert target.stat().st_size < 300_000


@pytest.mark.parametrize(
    ("said", "probability", "verdict"),
    [("crack", 0.7, "right"), ("dent", 0.7, "wrong"), ("crack", 0.3, "technician")],
)
def test_what_is_doubted_counts_neither_as_right_nor_as_wrong(said, probability, verdict):
    shown = sheet.Shown("F1", said, probability, 0.4, "crack", 0.5)
    assert shown.verdict(threshold=0.4) == verdict


@pytest.mark.parametrize(
    ("doubted", "shown"), [([], "abc"), (["b", "f"], "abc"), (["e", "f"], "abe")]
)
def test_one_that_is_left_to_a_technician_is_shown_where_there_is_one(doubted, shown):
    photographs = [
        sheet.Shown(name, "crack", 0.3 if name in doubted else 0.7, 0.4, "crack", 0.5)
        for name in "abcdef"
    ]
    found = sheet.chosen(photographs, 3, threshold=0.4)
    assert "".join(each.photo_id for each in found) == shown


def test_captions_tell_both_words_and_severities():
    shown = sheet.Shown("F1", "screen_fault", 0.7, 0.4, "crack", 0.5)
    assert shown.captions() == ("screen fault 70%, 0.40", "is: crack, 0.50")


def test_a_missing_warehouse_is_named_with_the_command_that_builds_one(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("GOLDLOOP_DATABASE", str(tmp_path / "none.duckdb"))
    assert sheet.main([str(tmp_path / "sheet.png")]) == 2
    assert "make build" in capsys.readouterr().err
