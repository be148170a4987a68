"""Connections to DuckDB on which names may be quoted as BigQuery quotes them."""

from __future__ import annotations

import re
from typing import Any

from dbt.adapters.contracts.connection import Connection
from dbt.adapters.duckdb.connections import DuckDBConnectionManager

# Texts, quoted names and comments pass; what is left of backticks quotes a name.
_TOKENS = re.compile(
    r"""
    '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$
    | `(?P<name>[^`]*)`
    """,
    re.VERBOSE | re.DOTALL,
)


class GoldloopConnectionManager(DuckDBConnectionManager):
    """dbt-duckdb's connections; `adapter.quote` writes backticks, which DuckDB does not read."""

    TYPE = "goldloop"

    # dbt-duckdb names its own class where it asks for the environment, so it must hold it.
    @classmethod
    def open(cls, connection: Connection) -> Connection:
        """Open a connection in dbt-duckdb's environment."""
        return DuckDBConnectionManager.open(connection)

    @classmethod
    def close_all_connections(cls) -> None:
        """Leave dbt-duckdb's environment."""
        DuckDBConnectionManager.close_all_connections()

    def add_query(self, sql: str, *args: Any, **kwargs: Any) -> Any:
        """Run a statement of DuckDB's SQL whose names may be in backticks."""
        return super().add_query(in_double_quotes(sql), *args, **kwargs)


def in_double_quotes(sql: str) -> str:
    """Return DuckDB's SQL with the names that are quoted by backticks quoted by double quotes.

    As in BigQuery, a dot within backticks divides names: `project.dataset.table`.
    """
    return _TOKENS.sub(_requoted, sql) if "`" in sql else sql


def _requoted(token: re.Match[str]) -> str:
    name = token["name"]
    if name is None:
        return token[0]
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))
