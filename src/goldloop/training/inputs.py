"""Features as a model takes them in: numbers and categories, each an expression over the row.

The same expressions read the training set and later score rows, so what was
learnt and what is scored cannot differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

import duckdb
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.scoring.expressions import feature, numeric
from goldloop.training.dataset import HELD_OUT, TrainingSet

_NUMBERS = re.compile(r"^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BIGNUM)$")
_CATEGORIES = re.compile(r"^(VARCHAR|BOOLEAN|DATE|ENUM\(.*\)|UUID|BLOB|TIME)$", re.DOTALL)
_TIMES = re.compile(r"^TIMESTAMP(_S|_MS|_NS)?$")
_LIST = re.compile(r"^(?P<item>.*)\[\d*\]$", re.DOTALL)
# BigQuery ML's columns of a timestamp, with DuckDB's parts.
TIME_PARTS = {
    "DOM": "day",
    "DOW": "dayofweek",
    "MOY": "month",
    "HOD": "hour",
    "MOH": "minute",
    "WOY": "week",
    "YEAR": "year",
}


class InputKind(Enum):
    """How a model takes an input."""

    NUMBER = "number"  # DOUBLE, standardised where the model standardises
    CATEGORY = "category"  # one of the values seen
    FLAG = "flag"  # DOUBLE 0 or 1, as it is


@dataclass(frozen=True)
class Input:
    """One input: `name` as BigQuery ML shows it, `expression` over the row `_row`."""

    name: str
    kind: InputKind
    expression: exp.Expression


def expand(con: duckdb.DuckDBPyConnection, data: TrainingSet) -> list[Input]:
    """Return the inputs of the training set's features, in order.

    Numbers stay; strings, booleans, dates and the like are categories; a
    timestamp becomes its epoch and its parts; an array of numbers an input an
    element; an array of other values a flag per value; a struct its fields.

    Raises:
        TrainingDataError: a feature is of a type no model takes, or all NULL arrays.
    """
    return [
        each
        for column in data.features
        for each in _expand(con, data, column.name, feature(column.name), column.sql_type)
    ]


def _expand(
    con: duckdb.DuckDBPyConnection,
    data: TrainingSet,
    name: str,
    expression: exp.Expression,
    sql_type: str,
) -> list[Input]:
    if _NUMBERS.match(sql_type):
        return [Input(name, InputKind.NUMBER, numeric(expression))]
    if _CATEGORIES.match(sql_type):
        if sql_type.startswith(("ENUM", "UUID", "TIME", "BLOB")):
            expression = exp.cast(expression, "VARCHAR")
        return [Input(name, InputKind.CATEGORY, expression)]
    if sql_type == "TIMESTAMP WITH TIME ZONE":
        # Parts must not follow the session's time zone: read the instant in UTC.
        utc = exp.func("MAKE_TIMESTAMP", exp.func("EPOCH_US", expression))
        return _time(name, utc)
    if _TIMES.match(sql_type):
        return _time(name, expression)
    if match := _LIST.match(sql_type):
        if _NUMBERS.match(match["item"]):
            return _vector(con, data, name, expression)
        if _CATEGORIES.match(match["item"]):
            return _flags(con, data, name, expression)
    if sql_type.startswith("STRUCT("):
        return [
            each
            for field, field_type in _fields(con, data, expression)
            for each in _expand(
                con,
                data,
                f"{name}_{field}",
                exp.Anonymous(
                    this="struct_extract",
                    expressions=[expression.copy(), exp.Literal.string(field)],
                ),
                field_type,
            )
        ]
    raise TrainingDataError(
        f"Model {data.model}: feature '{name}' is of type {sql_type}, which no model takes; "
        "cast it in the query or leave it out."
    )


def _time(name: str, expression: exp.Expression) -> list[Input]:
    epoch = Input(name, InputKind.NUMBER, numeric(exp.func("EPOCH", expression.copy())))
    parts = [
        Input(
            f"{name}_TS_{suffix}",
            InputKind.CATEGORY,
            exp.cast(exp.Anonymous(this=part, expressions=[expression.copy()]), "BIGINT"),
        )
        for suffix, part in TIME_PARTS.items()
    ]
    return [epoch, *parts]


def _vector(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, name: str, expression: exp.Expression
) -> list[Input]:
    widths = _over(con, data, exp.func("LEN", expression.copy()))
    if len(widths) != 1:
        raise TrainingDataError(
            f"Model {data.model}: feature '{name}' is an array of {len(widths)} different lengths "
            f"({', '.join(map(str, widths[:5]))}); expected one length in every row."
        )
    return [
        Input(
            f"{name}[{position}]",
            InputKind.NUMBER,
            numeric(exp.func("LIST_EXTRACT", expression.copy(), exp.Literal.number(position))),
        )
        for position in range(1, widths[0] + 1)
    ]


def _flags(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, name: str, expression: exp.Expression
) -> list[Input]:
    from goldloop.scoring.expressions import literal

    values = _over(con, data, exp.func("UNNEST", expression.copy()))
    return [
        Input(
            f"{name}_{value}",
            InputKind.FLAG,
            numeric(exp.func("LIST_CONTAINS", expression.copy(), literal(value))),
        )
        for value in values
    ]


def _over(con: duckdb.DuckDBPyConnection, data: TrainingSet, value: exp.Expression) -> list:
    query = (
        f"select distinct value from (select {value.sql('duckdb')} as value "
        f"from {data.relation().sql('duckdb')} as _row where not {HELD_OUT}) "
        "where value is not null order by value"
    )
    return [row[0] for row in con.execute(query).fetchall()]


def _fields(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, expression: exp.Expression
) -> list[tuple[str, str]]:
    described = con.execute(
        f"describe select unnest({expression.sql('duckdb')}) "
        f"from {data.relation().sql('duckdb')} as _row"
    ).fetchall()
    return [(name, sql_type) for name, sql_type, *_ in described]
