"""Measurements beside the forecast of their time points: what evaluation and anomalies read."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import ROW, Call
from goldloop.functions.time_series.steps import forecast_steps
from goldloop.functions.time_series.stored import (
    FORECAST,
    alias,
    column,
    data_column,
    id_columns,
    same_time,
    time_column,
)
from goldloop.scoring.expressions import numeric


def compared(call: Call, join_type: str) -> exp.Select:
    """Return the rows of the call's source with the step that forecasts each.

    Columns: the source's own, then `_actual`, `_series`, `_step`, `_center`, `_error`
    and `_naive_error`, NULL where no step forecasts the row and `join_type` is left.
    """
    card = call.card
    pairs = [
        exp.NullSafeEQ(this=column(name, ROW), expression=column(name, FORECAST))
        for name in id_columns(card)
    ]
    times = (column(time_column(card), ROW), column("_timestamp", FORECAST))
    stored = ("_series", "_step", "_center", "_error", "_naive_error")
    actual = numeric(column(data_column(card), ROW))
    return (
        exp.select(
            exp.column(exp.Star(), table=ROW),
            alias(actual, "_actual"),
            *(column(name, FORECAST) for name in stored),
        )
        .from_(call.rows())
        .join(
            forecast_steps(call).subquery(FORECAST),
            on=exp.and_(*pairs, same_time(*times)),
            join_type=join_type,
        )
    )
