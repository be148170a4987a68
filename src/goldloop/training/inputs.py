"""Features as a model takes them in: numbers and categories, each an expression over the row.

The same expressions read the training set and later score rows, so what was
learnt and what is scored cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

import duckdb
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.scoring.expressions import ROW, add, call, feature, literal, numeric
from goldloop.scoring.prediction import Label
from goldloop.training.dataset import HELD_OUT, TrainingSet
from goldloop.training.sparse import sparse

_NUMBERS = re.compile(r"(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BIGNUM)")
_CATEGORIES = re.compile(r"(VARCHAR|BOOLEAN|DATE|ENUM\(.*\)|UUID|BLOB|TIME)", re.DOTALL)
# Categories without a literal of their own: compared as the text DuckDB writes them as.
_AS_TEXT = re.compile(r"(ENUM|UUID|BLOB|TIME)\b")
_TIMES = re.compile(r"TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?")
_LIST = re.compile(r"(?P<item>.*)\[\d*\]", re.DOTALL)


def is_number(sql_type: str) -> bool:
    """Return whether the DuckDB type is a number's."""
    return _NUMBERS.fullmatch(sql_type) is not None


class InputKind(Enum):
    """How a model takes an input."""

    NUMBER = "number"  # DOUBLE, standardised where the model standardises
    CATEGORY = "category"  # one of the values seen
    PART = "part"  # of a timestamp: a category of linear models, a number of trees
    FLAG = "flag"  # DOUBLE, as it is: 0 or 1, or an element of a sparse vector


@dataclass(frozen=True)
class Input:
    """One input: `name` as BigQuery ML shows it, `expression` over the row `_row`.

    A flag is one of the values (`category`) of an array, `array`.
    """

    name: str
    kind: InputKind
    expression: exp.Expression
    array: str | None = None
    category: Label | None = None

    @property
    def feature(self) -> str:
        """What weights and attributions of the input are shown under."""
        return self.array or self.name


def expand(con: duckdb.DuckDBPyConnection, data: TrainingSet) -> list[Input]:
    """Return the inputs of the training set's features, in order.

    Numbers stay; strings, booleans, dates and the like are categories; a
    timestamp becomes its epoch and its parts; an array of numbers an input an
    element; an array of other values a flag per value; a sparse vector a number per
    index; a struct its fields.

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
    if is_number(sql_type):
        return [Input(name, InputKind.NUMBER, numeric(expression))]
    if _CATEGORIES.fullmatch(sql_type):
        if _AS_TEXT.match(sql_type):
            expression = exp.cast(expression, "VARCHAR")
        return [Input(name, InputKind.CATEGORY, expression)]
    if _TIMES.fullmatch(sql_type):
        return _time(name, expression)
    if found := sparse(expression, sql_type):
        return [
            Input(f"{name}_{index}", InputKind.FLAG, found.at(index))
            for index in _over(con, data, call("unnest", found.indexes()))
        ]
    if match := _LIST.fullmatch(sql_type):
        if is_number(match["item"]):
            return _vector(con, data, name, expression)
        if _CATEGORIES.fullmatch(match["item"]):
            if _AS_TEXT.match(match["item"]):
                expression = exp.cast(expression, "VARCHAR[]")
            return _flags(con, data, name, expression)
    if sql_type.startswith("STRUCT(") and sql_type.endswith(")"):
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
    # An instant in UTC: with a time zone, the parts would follow the session's.
    instant = call("make_timestamp", call("epoch_us", expression))
    epoch = Input(name, InputKind.NUMBER, numeric(call("epoch", instant)))
    parts = [
        Input(f"_TS_{part}_{name}", InputKind.PART, exp.cast(read(instant.copy()), "BIGINT"))
        for part, read in _TIME_PARTS.items()
    ]
    return [epoch, *parts]


def _part(function: str) -> Callable[[exp.Expression], exp.Expression]:
    return lambda instant: call(function, instant)


# BigQuery ML's columns of a timestamp. Its days of the week are 1 (Sunday) to 7; its weeks begin
# on Sunday, the days before the first one being week 0.
_TIME_PARTS: Mapping[str, Callable[[exp.Expression], exp.Expression]] = {
    "DOM": _part("day"),
    "DOW": lambda instant: add(call("dayofweek", instant), exp.Literal.number(1)),
    "MOY": _part("month"),
    "HOD": _part("hour"),
    "MOH": _part("minute"),
    "WOY": lambda instant: call("strftime", instant, exp.Literal.string("%U")),
    "YEAR": _part("year"),
}


def _vector(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, name: str, expression: exp.Expression
) -> list[Input]:
    widths = _over(con, data, call("len", expression.copy()))
    if not widths:
        raise TrainingDataError(
            f"Model {data.model}: feature '{name}' is an array that is NULL in every training row, "
            "so its length is unknown; leave it out."
        )
    if len(widths) != 1:
        raise TrainingDataError(
            f"Model {data.model}: feature '{name}' is an array of {len(widths)} different lengths "
            f"({', '.join(map(str, widths[:5]))}); expected one length in every row."
        )
    return [
        Input(
            f"{name}[{position}]",
            InputKind.NUMBER,
            numeric(call("list_extract", expression.copy(), exp.Literal.number(position))),
        )
        for position in range(1, widths[0] + 1)
    ]


def _flags(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, name: str, expression: exp.Expression
) -> list[Input]:
    values = _over(con, data, call("unnest", expression.copy()))
    return [
        Input(
            f"{name}_{value}",
            InputKind.FLAG,
            numeric(call("list_contains", expression.copy(), literal(value))),
            array=name,
            category=value,
        )
        for value in values
    ]


def _over(con: duckdb.DuckDBPyConnection, data: TrainingSet, value: exp.Expression) -> list:
    query = (
        f"select distinct value from (select {value.sql('duckdb')} as value "
        f"from {data.relation().sql('duckdb')} as {ROW} where not {HELD_OUT}) "
        "where value is not null order by value"
    )
    return [row[0] for row in con.execute(query).fetchall()]


def _fields(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, expression: exp.Expression
) -> list[tuple[str, str]]:
    described = con.execute(
        f"describe select unnest({expression.sql('duckdb')}) "
        f"from {data.relation().sql('duckdb')} as {ROW}"
    ).fetchall()
    return [(name, sql_type) for name, sql_type, *_ in described]
