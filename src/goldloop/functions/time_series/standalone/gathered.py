"""The rows of a call as one row a series, and what a native function says of each."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import OptionError, StatementError, nearest
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import Warehouse
from goldloop.functions.time_series.stored import alias, column
from goldloop.scoring.expressions import call as function
from goldloop.scoring.expressions import case, numeric, transformed

SERIES, RESULT, POINT, STATUS = "_s", "_result", "_point", "_status"
_PAIRS, _PAIR = "_pairs", "_pair"


def id_columns(call: Call) -> list[str]:
    """Return the columns that tell series apart."""
    return list(call["id_cols"] or [])


def require_columns(call: Call, warehouse: Warehouse) -> None:
    """Raise OptionError when a source lacks a column that an argument names."""
    for position in range(len(call.sources)):
        try:
            found = [each.name for each in warehouse.describe(call, position)]
        except StatementError:  # it names what only its statement has, as a lateral join does
            continue
        known = {name.casefold() for name in found}
        named = {
            "data_col": [call["data_col"]],
            "timestamp_col": [call["timestamp_col"]],
            "id_cols": id_columns(call),
        }
        for argument, names in named.items():
            for name in names:
                if name.casefold() not in known:
                    raise OptionError(
                        f"{call.name}: {argument} names the column '{name}', which the rows do "
                        f"not have; they have {', '.join(found)}.{nearest(name, found)}"
                    )


def measured(call: Call, position: int = 0) -> exp.Select:
    """Return the measurements of a source: the id columns, `_at` in microseconds, `_value`.

    Rows without a time point or a value are left out.
    """
    at = function("epoch_us", column(call["timestamp_col"], ROW))
    value = numeric(column(call["data_col"], ROW))
    return (
        exp.select(
            *(column(name, ROW) for name in id_columns(call)),
            alias(at, "_at"),
            alias(value, "_value"),
        )
        .from_(call.rows(position))
        .where(_known(at), _known(value))
    )


def results(
    call: Call, measurements: exp.Select, native: str, *arguments: exp.Expression
) -> exp.Select:
    """Return a row a series: its ids, and as `_result` what a native function says of it."""
    pair = function(
        "struct_pack",
        exp.PropertyEQ(this=exp.to_identifier("at"), expression=column("_at", ROW)),
        exp.PropertyEQ(this=exp.to_identifier("value"), expression=column("_value", ROW)),
    )
    pairs: exp.Expression = function("list_sort", function("list", pair))
    window = call["context_window"] if call.function.parameter("context_window") else None
    if window is not None:
        pairs = function("list_slice", pairs, exp.Literal.number(-window), exp.Literal.number(-1))
    names = id_columns(call)
    gathered = exp.select(*(column(name, ROW) for name in names), alias(pairs, _PAIRS)).from_(
        measurements.subquery(ROW)
    )
    # Without ids, too, no rows are no series.
    grouped = gathered.group_by(*(column(name, ROW) for name in names)).having("count(*) > 0")
    lists = [
        transformed(column(_PAIRS, SERIES), _PAIR, column(field, _PAIR))
        for field in ("at", "value")
    ]
    said = function(f"goldloop_{native}", *lists, *arguments)
    return exp.select(*(column(name, SERIES) for name in names), alias(said, RESULT)).from_(
        grouped.subquery(SERIES)
    )


def points(call: Call, found: exp.Select) -> exp.Select:
    """Return a row a point of every series: ids, `_point`, `_status`.

    A series without points has one row, of its status, unless that is empty.
    """
    listed = field(column(RESULT, SERIES), "points")
    status = field(column(RESULT, SERIES), "status")
    failed = exp.NEQ(this=status, expression=exp.Literal.string(""))
    nothing = exp.Array(expressions=[exp.Null()])
    return exp.select(
        *(column(name, SERIES) for name in id_columns(call)),
        alias(status.copy(), STATUS),
        alias(function("unnest", case([(failed, nothing)], listed)), POINT),
    ).from_(found.subquery(SERIES))


def field(value: exp.Expression, name: str) -> exp.Expression:
    """Return a field of a struct."""
    return function("struct_extract", value, exp.Literal.string(name))


def instant(microseconds: exp.Expression) -> exp.Expression:
    """Return the TIMESTAMP of a number of microseconds since 1970."""
    return function("make_timestamptz", microseconds)


def whole(value: int | None) -> exp.Expression:
    """Return an integer, or a NULL of that type."""
    number = exp.Null() if value is None else exp.Literal.number(value)
    return exp.cast(number, exp.DType.BIGINT)


def ordered(query: exp.Select, call: Call, table: str, *then: exp.Expression) -> exp.Select:
    """Return the query ordered by series, then as told."""
    return query.order_by(*(column(name, table) for name in id_columns(call)), *then)


def _known(value: exp.Expression) -> exp.Expression:
    return exp.Not(this=exp.Is(this=value.copy(), expression=exp.Null()))
