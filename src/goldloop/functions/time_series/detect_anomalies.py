"""ML.DETECT_ANOMALIES of time series: values that the model did not expect."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import Output
from goldloop.functions.time_series.comparison import compared
from goldloop.functions.time_series.explain_forecast import require_components
from goldloop.functions.time_series.stored import (
    HISTORY,
    SERIES,
    Scale,
    alias,
    bounds,
    column,
    data_column,
    id_columns,
    ids,
    part,
    same_series,
    star,
    time_column,
    timestamp,
)
from goldloop.functions.time_series.surprise import distance
from goldloop.scoring.error_function import erf
from goldloop.scoring.expressions import call as function
from goldloop.scoring.expressions import double

_JUDGED = "_goldloop_judged"
_OWN = ("_actual", "_series", "_step", "_center", "_error", "_naive_error")


def time_series_anomalies(call: Call) -> exp.Select:
    """Return the history, or the call's rows, each with how improbable it is.

    Raises:
        ModelKindError: the history is asked for and was not kept.
    """
    rows = _rows(call) if call.sources else _history(call)
    card, scale, threshold = call.card, Scale(call.card), call["anomaly_prob_threshold"]
    scored = exp.select(star(ROW), alias(distance(scale), "_distance")).from_(rows.subquery(ROW))
    probability = erf(column("_distance", _JUDGED))
    lower, upper = bounds(scale, column("_center", _JUDGED), column("_error", _JUDGED), threshold)
    named = (*id_columns(card), time_column(card), data_column(card))
    others = [star(_JUDGED, *named, *_OWN, "_at", "_distance")] if call.sources else []
    return (
        exp.select(
            *ids(card, _JUDGED),
            alias(column("_at", _JUDGED), time_column(card)),
            alias(column("_actual", _JUDGED), data_column(card)),
            alias(exp.GT(this=probability, expression=double(threshold)), "is_anomaly"),
            alias(lower, "lower_bound"),
            alias(upper, "upper_bound"),
            alias(probability.copy(), "anomaly_probability"),
            *others,
        )
        .from_(scored.subquery(_JUDGED))
        .order_by(column("_series", _JUDGED), column("_at", _JUDGED))
    )


def _rows(call: Call) -> exp.Select:
    # A plain time point is UTC, as it is when a model is trained.
    at = function("make_timestamptz", function("epoch_us", column(time_column(call.card), ROW)))
    found = compared(call, "left")
    return exp.select(star(ROW), alias(at, "_at")).from_(found.subquery(ROW))


def _history(call: Call) -> exp.Select:
    require_components(call)
    card = call.card
    return (
        exp.select(
            column("_series", SERIES),
            *ids(card),
            alias(timestamp(column("_timestamp", HISTORY)), "_at"),
            alias(column("_data", HISTORY), "_actual"),
            alias(column("_fitted", HISTORY), "_center"),
            column("_error", HISTORY),
        )
        .from_(part(card, "series", SERIES))
        .join(part(card, "history", HISTORY), on=same_series(SERIES, HISTORY))
        .where(column("_is_measured", HISTORY))
    )


OUTPUT = Output(
    "ARIMA",
    (
        ("<time_series_id_col...>", "inherited"),
        ("<time_series_timestamp_col>", "TIMESTAMP"),
        ("<time_series_data_col>", "FLOAT64"),
        ("is_anomaly", "BOOL"),
        ("lower_bound", "FLOAT64"),
        ("upper_bound", "FLOAT64"),
        ("anomaly_probability", "FLOAT64"),
        ("<input columns if data given>", "as input"),
    ),
)
