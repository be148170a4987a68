"""A landing zone made by hand, of bad files and bad records, read by the bronze models."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.pipeline

ROOT = Path(__file__).parents[2]
SALES = (
    "order_id,line_number,customer_id,store_id,product_id,quantity,unit_price,discount,status,"
    "ordered_at,updated_at\n"
)
DONE = "completed,2026-06-01T10:00:00,2026-06-01T10:00:00\n"
PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"\x00\x00\x00\x00IEND\xaeB`\x82"
FILES = {
    "as_of": "2026-06-28\n",
    "products/products_2026-06-28.csv": (
        "product_id,product_name,device_kind,brand,list_price,unit_cost,launched_on,updated_at\n"
        "P0001,Auro One 1,smartphone,Auro,100.00,60.00,2024-01-01,2025-01-01T06:00:00\n"
    ),
    "sales/sales_2026-06-28.csv": (
        SALES
        + f"O1,1,,,P0001,1,99.99,0.00,{DONE}"
        + f'O2,1,,,P0001,1,"12,5O",0.00,{DONE}'
        + f"O3,1,,,P9999,1,99.99,0.00,{DONE}"
        + f",1,,,P0001,1,99.99,0.00,{DONE}"
        + f"O5,1,,,P0001,-1,99.99,0.00,{DONE}"
        + "O6,1,,,P0001,1,99.99,0.00,completed,2026-13-40,2026-06-01T10:00:00\n"
    ),
    "sales/sales_2027-01-01.csv": SALES + f"O7,1,,,P0001,1,99.99,0.00,{DONE}",
    "sales/sales_copy.csv": SALES + f"O8,1,,,P0001,1,99.99,0.00,{DONE}",
    "repair_chats/repair_chats_2026-06-28.jsonl": (
        '{"chat_id": "H1", "started_at": "2026-06-01T10:00:00", "messages": []}\n'
        '{"chat_id": "H2", "started_at": "2026-06-01T10:0\n'
        '{"chat_id": "H3", "started_at": "2026-06-01T10:00:00", "messages": "none"}\n'
        '{"chat_id": "H4", "started_at": "2026-06-01T10:00:00", "messages": '
        '[{"role": "customer", "at": "yesterday", "text": "Yes, please do."}]}\n'
    ),
    "photo_manifest/photo_manifest_2026-06-28.csv": (
        "photo_id,file_name,source,request_id,unit_id,device_kind,taken_at\n"
        "F1,F1.png,holdout,,,tablet,2026-06-01T10:00:00\n"
        "F2,F2.png,holdout,,,tablet,2026-06-01T10:00:00\n"
        "F3,F3.png,holdout,,,tablet,2026-06-01T10:00:00\n"
    ),
    "photographs/holdout/2026-06-28/F1.png": PNG_START + b"pixels" + PNG_END,
    "photographs/holdout/2026-06-28/F2.png": PNG_START + b"pix",
    "photographs/holdout/2026-06-28/F4.png": PNG_START + b"pixels" + PNG_END,
}


class Warehouse:
    """A database file, and dbt commands of this repository on it and on a landing zone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.landing = folder / "landing"
        self.database = folder / "warehouse.duckdb"

    def land(self, files: dict[str, str | bytes]) -> None:
        for name, content in files.items():
            path = self.landing / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        options = {
            "--project-dir": ROOT,
            "--profiles-dir": ROOT,
            "--target-path": self.folder / "target",
            "--log-path": self.folder / "logs",
            "--vars": f"landing_path: '{self.landing}'",
        }
        command = [str(Path(sys.executable).with_name("dbt")), *arguments]
        command += [str(part) for option in options.items() for part in option]
        environment = os.environ | {"GOLDLOOP_DATABASE": str(self.database)}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def query(self, sql: str) -> list[tuple]:
        with duckdb.connect(str(self.database), read_only=True) as con:
            return con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    warehouse = Warehouse(tmp_path_factory.mktemp("bad_input"))
    warehouse.land(FILES)
    # What landed: made rows, a source too, are learned from gold, which is not built here.
    landed = ("--select", "bronze", "--exclude", "bronze_synthetic_*", "synthetic_batches")
    built = warehouse.dbt("run", *landed)
    assert built.returncode == 0, built.stdout
    return warehouse


def test_each_bad_record_is_quarantined_with_its_reason(warehouse):
    found = warehouse.query(
        "select feed, row_number, reason, column_name from bronze.bronze_quarantine"
    )
    assert set(found) == {
        ("sales", 2, "unparsable_value", "unit_price"),
        ("sales", 3, "unknown_key", "product_id"),
        ("sales", 4, "missing_value", "order_id"),
        ("sales", 5, "impossible_value", "quantity"),
        ("sales", 6, "unparsable_value", "ordered_at"),
        ("sales", None, "future_dated_file", None),
        ("sales", None, "undated_file", None),
        ("repair_chats", 2, "malformed_json", "line"),
        ("repair_chats", 3, "impossible_value", "messages"),
        ("repair_chats", 4, "impossible_value", "messages"),
        ("photographs", 1, "unreadable_image", None),
        ("photographs", 1, "unlisted_image", None),
        ("photo_manifest", 3, "missing_image", "photo_id"),
    }
    assert len(found) == 13


def test_the_quarantine_shows_the_text_that_did_not_parse(warehouse):
    [(price,)] = warehouse.query(
        "select record ->> 'unit_price' from bronze.bronze_quarantine where row_number = 2"
        " and feed = 'sales'"
    )
    assert price == "12,5O"


def test_bad_records_stay_in_bronze_and_misdated_files_outside(warehouse):
    rows = warehouse.query("select _row_number from bronze.bronze_sales order by all")
    assert rows == [(1,), (2,), (3,), (4,), (5,), (6,)]


def test_a_feed_gone_bad_stops_the_build(warehouse):
    name = "quarantined_shares_stay_within_limits"
    tolerant = warehouse.dbt("test", "--select", name)
    assert tolerant.returncode == 1, tolerant.stdout
    assert f"Failure in test {name}" in tolerant.stdout
    assert "Got 1 result" in tolerant.stdout  # sales; the other feeds have few bad records


def test_a_later_build_reads_only_what_is_new(warehouse):
    records = "select _file_name, _row_number, order_id, _loaded_at from bronze.bronze_sales"
    before = set(warehouse.query(records))
    warehouse.land(
        {"as_of": "2026-07-05\n", "sales/sales_2026-07-01.csv": FILES["sales/sales_2027-01-01.csv"]}
    )
    # What has been read is not read again, whatever becomes of the file.
    (warehouse.landing / "sales/sales_2026-06-28.csv").unlink()
    again = warehouse.dbt("run", "--select", "bronze_sales")
    assert again.returncode == 0, again.stdout
    after = set(warehouse.query(records))
    assert before < after
    assert [record[:3] for record in after - before] == [("sales/sales_2026-07-01.csv", 1, "O7")]
