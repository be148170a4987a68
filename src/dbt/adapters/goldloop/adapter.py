"""dbt-duckdb's adapter, for projects written in BigQuery's SQL."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

from dbt.adapters.base.meta import available
from dbt.adapters.duckdb.column import DuckDBColumn
from dbt.adapters.duckdb.impl import DuckDBAdapter
from dbt_common.exceptions import CompilationError

from dbt.adapters.goldloop.connections import GoldloopConnectionManager, in_double_quotes
from goldloop.dialect.types import duckdb_type
from goldloop.errors import StatementError

PACKAGE = "goldloop"
_ONE_SCHEMA_AT_A_TIME = Lock()


@dataclass
class GoldloopColumn(DuckDBColumn):
    """A column whose name macros write into BigQuery's SQL."""

    @property
    def quoted(self) -> str:
        """The name in backticks: in BigQuery's SQL double quotes are a text's."""
        return f"`{self.column}`"


class GoldloopAdapter(DuckDBAdapter):
    """Runs BigQuery's SQL on DuckDB, through the macros of the dbt package `goldloop`."""

    ConnectionManager = GoldloopConnectionManager
    Column = GoldloopColumn

    def __init__(self, config: Any, mp_context: Any) -> None:
        super().__init__(config, mp_context)
        _dispatch_to_package(config)

    @classmethod
    def quote(cls, identifier: str) -> str:
        """Return a name as BigQuery's SQL quotes it."""
        return f"`{identifier}`"

    def create_schema(self, relation: Any) -> None:
        """Create a schema if it is not there; hooks of several models may at once."""
        with _ONE_SCHEMA_AT_A_TIME:
            super().create_schema(relation)

    @available.parse(lambda *_: "")
    def duckdb_type(self, text: str) -> str:
        """Return BigQuery's type `text`, of a seed or a contract, as DuckDB's."""
        try:
            return duckdb_type(text)
        except StatementError as error:
            raise CompilationError(str(error)) from error

    @available.parse(lambda *_: "")
    def in_double_quotes(self, sql: str) -> str:
        """Return DuckDB's SQL with names in double quotes that `quote` put in backticks."""
        return in_double_quotes(sql)

    @classmethod
    def convert_integer_type(cls, agate_table: Any, col_idx: int) -> str:
        """Return the type of whole numbers in a seed: BigQuery has 64 bits only."""
        return "bigint"

    @classmethod
    def convert_number_type(cls, agate_table: Any, col_idx: int) -> str:
        """Return the type of numbers in a seed."""
        return super().convert_number_type(agate_table, col_idx).replace("integer", "bigint")


def _dispatch_to_package(config: Any) -> None:
    """Let dbt look for its macros in the package `goldloop` first, as a `dispatch:` line does."""
    for entry in config.dispatch:
        if entry["macro_namespace"] == "dbt":
            if PACKAGE not in entry["search_order"]:
                entry["search_order"].insert(-1, PACKAGE)
            return
    config.dispatch.append(
        {"macro_namespace": "dbt", "search_order": [config.project_name, PACKAGE, "dbt"]}
    )
