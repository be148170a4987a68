"""The names of BigQuery's types, as DuckDB's."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.errors import ParseError

from goldloop.errors import StatementError


def duckdb_type(text: str) -> str:
    """Return BigQuery's type `text` as DuckDB's.

    Raises:
        StatementError: it is no type.
    """
    try:
        found = exp.DataType.build(text, dialect="bigquery", udt=False)
    except ParseError:
        raise StatementError(
            f"'{text}' is no type of BigQuery; expected one such as INT64, FLOAT64, STRING, "
            "ARRAY<STRING> or STRUCT<x FLOAT64>."
        ) from None
    return found.sql("duckdb")
