"""ML functions in a statement, replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import (
    duckdb_sql,
    with_bigquery_meaning,
    with_local_names,
)
from goldloop.dialect.grammar import MLCall
from goldloop.errors import StatementError
from goldloop.functions.call import Call
from goldloop.functions.declaration import Warehouse
from goldloop.functions.expressions import with_expressions
from goldloop.functions.feature_types import check_feature_types
from goldloop.functions.reading import read_call
from goldloop.functions.source_columns import source_columns
from goldloop.functions.trials import query_over_trials


@dataclass(frozen=True)
class Rendered:
    """A statement in DuckDB's SQL, and the calls over models that it makes."""

    sql: str
    calls: tuple[Call, ...]


def render(tree: exp.Expr, warehouse: Warehouse, dialect: str = "bigquery") -> Rendered:
    """Return `tree`, read from SQL of `dialect`, as DuckDB runs it.

    Raises:
        StatementError: a function is not served or not called as it should be, or DuckDB has no
            such SQL.
        ModelNotFoundError: no such model.
        ModelKindError: the model is of a kind that the function or a parameter does not serve.
        OptionError: a parameter does not exist or has a bad value.
    """
    if dialect == "bigquery":
        tree = with_local_names(with_bigquery_meaning(tree), warehouse.database_of)
    else:
        tree = tree.copy()
    tree = with_expressions(tree, is_created=warehouse.has_function)
    calls: list[Call] = []
    for node in list(_calls_in(tree)):
        call = read_call(node, warehouse)
        calls.append(call)
        if call.model is not None and call.sources:
            check_feature_types(call, source_columns(call, warehouse))
        table = node.parent
        if not isinstance(table, exp.Table):
            raise StatementError(f"{call.name} is called in FROM.")
        table.replace(_subquery(table, query_over_trials(call, warehouse)))
    return Rendered(duckdb_sql(tree), tuple(calls))


def _calls_in(node: exp.Expr) -> Iterator[MLCall]:
    """Yield calls so that what a call's source names comes before it: CTEs, then what is within."""
    parts = sorted(node.args.items(), key=lambda item: item[0] != "with_")
    for _, value in parts:
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, exp.Expr):
                yield from _calls_in(child)
    if isinstance(node, MLCall):
        yield node


def _subquery(table: exp.Table, query: exp.Query) -> exp.Subquery:
    around = {
        name: value
        for name, value in table.args.items()
        if value and name not in {"this", "db", "catalog"}
    }
    return exp.Subquery(this=query, **around)
