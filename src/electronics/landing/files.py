"""Files of the landing zone: one per feed and landing day, each appearing whole or not at all."""

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a file under a hidden name beside it, then renames it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def encode(rows: pd.DataFrame, extension: str) -> bytes:
    """The bytes of a file of these rows.

    Args:
        rows: the file's columns; for `jsonl` one column of finished lines.
        extension: csv, jsonl or parquet.
    """
    return _ENCODERS[extension](rows)


def _csv(rows: pd.DataFrame) -> bytes:
    return rows.to_csv(index=False, lineterminator="\n").encode()


def _jsonl(rows: pd.DataFrame) -> bytes:
    return "".join(f"{line}\n" for line in rows["line"]).encode()


def _parquet(rows: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    table = pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata()
    dates = [name for name in ("counted_on", "expected_on") if name in table.column_names]
    for name in dates:
        at = table.column_names.index(name)
        table = table.set_column(at, name, table.column(name).cast(pa.date32()))
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


_ENCODERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
