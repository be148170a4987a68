"""The statistics of a call's rows, as text of a query."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.functions.call import Call
from goldloop.functions.declaration import Warehouse
from goldloop.monitoring.columns import Measured, measured_columns
from goldloop.monitoring.statistics import Sizes, statistics_query
from goldloop.registry.cards import Feature

_RESULT = "_goldloop_result"


def measured(
    call: Call, warehouse: Warehouse, sizes: Sizes, position: int = 0, among: set[str] | None = None
) -> tuple[str, list[Measured]]:
    """Return the query of the statistics of a call's source, and what is measured.

    `among` leaves out the columns that are not in it; names in lower case.

    Raises:
        StatementError: a column is of a type that is not measured.
    """
    columns = described(call, warehouse, position)
    if among is not None:
        columns = [column for column in columns if column.name.casefold() in among]
    chosen = measured_columns(call.name, columns)
    return statistics_query(rows(call, position), chosen, sizes), chosen


def described(call: Call, warehouse: Warehouse, position: int = 0) -> list[Feature]:
    """Return the columns of a call's source."""
    return warehouse.describe(call, position)


def rows(call: Call, position: int = 0) -> str:
    """Return a call's source as it stands in a FROM."""
    return f"({duckdb_sql(exp.select('*').from_(call.rows(position)))})"


def query_of(text: str) -> exp.Select:
    """Return a query of the rows of the query `text`, which is DuckDB's SQL and stays as it is.

    Statistics of many columns are long: parsed and written again, they take seconds.
    """
    rows = exp.Subquery(
        this=exp.Var(this=text), alias=exp.TableAlias(this=exp.to_identifier(_RESULT))
    )
    return exp.select("*").from_(rows)
