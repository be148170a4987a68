"""What an expression of TRANSFORM may not be: of more than its row, or of functions that may go."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.errors import StatementError
from goldloop.functions.analysis import Deferred

_REFUSED: tuple[tuple[type[exp.Expr], str], ...] = (
    (exp.Query, "a subquery; a transformation is of one row. Join it in the query"),
    (exp.Window, "an analytic function; only those of ML, OVER(), keep their statistics"),
    (exp.AggFunc, "an aggregate; a transformation is of one row. Compute it in the query"),
    (exp.Placeholder, "a parameter; write its value"),
)


def check_expression(model: str, name: str, node: exp.Expr) -> None:
    """Refuse an expression that is not of one row.

    Raises:
        StatementError: it holds an aggregate, a window, a subquery or a parameter.
    """
    for kind, reason in _REFUSED:
        found = node.find(kind)
        if found is not None:
            raise StatementError(
                f"Model {model}, TRANSFORM: '{name}' is made of {_shown(found)}, which is {reason}."
            )


def check_functions(
    con: duckdb.DuckDBPyConnection, model: str, expressions: Iterable[tuple[str, exp.Expr]]
) -> None:
    """Refuse DuckDB's own aggregates, and functions that users created.

    Those, dropped or changed, would break the model.

    Raises:
        StatementError: one is called.
    """
    refused = dict(
        con.execute(
            "select lower(function_name), any_value(function_type = 'aggregate') "
            "from duckdb_functions() where function_type = 'aggregate' "
            "or (not internal and not starts_with(function_name, 'goldloop_')) group by 1"
        ).fetchall()
    )
    for name, expression in expressions:
        for call in expression.find_all(exp.Anonymous):
            is_aggregate = refused.get(call.name.casefold())
            if is_aggregate is None:
                continue
            reason = (
                "an aggregate; a transformation is of one row. Compute it in the query"
                if is_aggregate
                else "a function that a user created, with which the model would change. Write "
                "what it computes, or call it in the query"
            )
            raise StatementError(
                f"Model {model}, TRANSFORM: '{name}' calls {call.name}(), which is {reason}."
            )


def _shown(node: exp.Expr) -> str:
    holds_a_call = node.find(Deferred) is not None
    return type(node).__name__ if holds_a_call else duckdb_sql(node)
