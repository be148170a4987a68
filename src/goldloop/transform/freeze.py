"""Analytic functions of TRANSFORM, their statistics computed once and put in as constants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
from sqlglot import exp

from goldloop.functions.analysis import Deferred
from goldloop.functions.expressions import analysis_of
from goldloop.scoring.expressions import literal
from goldloop.transform.columns import Column


def freeze(
    con: duckdb.DuckDBPyConnection, columns: Sequence[Column], rows: str
) -> tuple[Column, ...]:
    """Return `columns` without a function that is of all rows.

    Args:
        con: where the rows are.
        columns: what `resolve_columns` returned.
        rows: the training rows as they stand in a FROM, with what follows (`t where …`), the
            row being called `_raw`.
    """
    holders = [exp.Paren(this=column.expression.copy()) for column in columns]
    # Innermost first: a function may be of another's result.
    while calls := _ready(holders):
        analyses = [analysis_of(call) for call in calls]
        found = _measured(con, [a.statistics.values() for a in analyses], rows)
        for call, analysis, values in zip(calls, analyses, found, strict=True):
            known = dict(zip(analysis.statistics, values, strict=True))
            call.replace(analysis.apply(known))
    return tuple(
        replace(column, expression=holder.this)
        for column, holder in zip(columns, holders, strict=True)
    )


def _ready(holders: Iterable[exp.Expr]) -> list[Deferred]:
    return [
        call
        for holder in holders
        for call in holder.find_all(Deferred)
        if not any(argument.find(Deferred) for argument in call.expressions)
    ]


def _measured(
    con: duckdb.DuckDBPyConnection, statistics: Sequence[Iterable[exp.Expr]], rows: str
) -> list[list[exp.Expr]]:
    """Return the statistics of each call as constants; all of them in one pass over the rows."""
    listed = [list(each) for each in statistics]
    selected = ", ".join(
        f"{statistic.sql(dialect='duckdb')} as s{position}"
        for position, statistic in enumerate(each for call in listed for each in call)
    )
    cursor = con.execute(f"select {selected} from {rows}")
    types = [str(column[1]) for column in cursor.description]
    values = iter(zip(cursor.fetchall()[0], types, strict=True))
    return [[_constant(*next(values)) for _ in call] for call in listed]


def _constant(value: Any, sql_type: str) -> exp.Expr:
    """Return `value` as a constant of its own type, empty lists and NULL too."""
    node = (
        exp.array(*(_scalar(each) for each in value)) if isinstance(value, list) else _scalar(value)
    )
    return exp.cast(node, sql_type, dialect="duckdb")


def _scalar(value: Any) -> exp.Expr:
    if isinstance(value, Decimal):
        return exp.Literal.string(str(value))
    return exp.Null() if value is None else literal(value)
