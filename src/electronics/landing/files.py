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
    schema = pa.schema([(name, _parquet_type(rows[name])) for name in rows.columns])
    table = pa.Table.from_pandas(rows, schema, preserve_index=False).replace_schema_metadata()
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _parquet_type(column: pd.Series) -> pa.DataType:
    if pd.api.types.is_datetime64_dtype(column.dtype):
        return pa.date32() if str(column.name).endswith("_on") else pa.timestamp("us")
    if pd.api.types.is_integer_dtype(column.dtype):
        return pa.int64()
    return pa.float64() if pd.api.types.is_float_dtype(column.dtype) else pa.string()


_ENCODERS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
