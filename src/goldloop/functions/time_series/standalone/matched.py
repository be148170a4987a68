"""Measurements beside the forecasts of their series: what AI.EVALUATE and anomalies read."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.time_series.standalone.gathered import (
    RESULT,
    STATUS,
    field,
    id_columns,
)
from goldloop.functions.time_series.stored import alias, column
from goldloop.scoring.expressions import call as function

_ACTUAL, _FOUND, _EACH = "_a", "_f", "_each"


def matched(call: Call, actual: exp.Select, found: exp.Select) -> exp.Select:
    """Return a row a measurement of `actual` with what `found` forecast at its time point.

    Columns: ids, `_at`, `_actual`, `_center`, `_error`, `_naive_error`, `_status`; NULL
    where there is no forecast.
    """
    pairs = [
        exp.NullSafeEQ(this=column(name, _ACTUAL), expression=column(name, _FOUND))
        for name in id_columns(call)
    ]
    is_same = exp.EQ(this=column("at", _EACH), expression=column("_at", _ACTUAL))
    result = column(RESULT, _FOUND)
    chosen = function(
        "list_filter",
        field(result, "points"),
        exp.Lambda(this=is_same, expressions=[exp.to_identifier(_EACH)]),
    )
    point = function("list_extract", chosen, exp.Literal.number(1))
    return (
        exp.select(
            *(column(name, _ACTUAL) for name in id_columns(call)),
            column("_at", _ACTUAL),
            alias(column("_value", _ACTUAL), "_actual"),
            alias(field(point, "center"), "_center"),
            alias(field(point.copy(), "error"), "_error"),
            alias(field(result.copy(), "naive_error"), "_naive_error"),
            alias(field(result.copy(), "status"), STATUS),
        )
        .from_(actual.subquery(_ACTUAL))
        .join(
            found.subquery(_FOUND), on=exp.and_(*pairs) if pairs else exp.true(), join_type="left"
        )
    )
