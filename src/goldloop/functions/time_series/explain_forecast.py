"""ML.EXPLAIN_FORECAST: history and forecast, taken apart into their components."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import ModelKindError
from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse
from goldloop.functions.time_series.parameters import CONFIDENCE_LEVEL, HORIZON, TIME_SERIES
from goldloop.functions.time_series.steps import forecast_steps, refuse_rows
from goldloop.functions.time_series.stored import (
    FORECAST,
    HISTORY,
    SERIES,
    Scale,
    alias,
    bounds,
    column,
    id_columns,
    ids,
    part,
    same_series,
    star,
    timestamp,
)
from goldloop.registry.cards import ModelCard
from goldloop.scoring.expressions import double

_ROWS = "_goldloop_rows"
_STORED = ("_series", "_timestamp", "_data", "_adjusted", "_is_measured", "_fitted", "_error")
_STEPS = ("_series", "_naive_error", "_weights", "_step", "_timestamp", "_center", "_error")
_EFFECTS = ("_at", "_effect")


def require_components(call: Call) -> None:
    """Raise ModelKindError when training did not keep the components of the model."""
    card = call.card
    if card.options.get("decompose_time_series") is False:
        raise ModelKindError(
            f"{call.name}: model {card.name} was trained with decompose_time_series=FALSE, so its "
            "components are not kept; train it with TRUE."
        )
    if any(card.options.get(f"forecast_limit_{end}_bound") is not None for end in _ENDS):
        raise ModelKindError(
            f"{call.name}: model {card.name} has a forecast limit, so its components add up on "
            "another scale than the data's; train it without."
        )


_ENDS = ("lower", "upper")


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    refuse_rows(call)
    require_components(call)
    card = call.card
    together = exp.Union(
        this=_history(card), expression=_forecast(call), distinct=False, by_name=True
    ).subquery(_ROWS)
    return (
        exp.select(exp.Star(except_=[exp.to_identifier("_series")]))
        .from_(together)
        .order_by(column("_series", _ROWS), column("time_series_timestamp", _ROWS))
    )


def _history(card: ModelCard) -> exp.Select:
    nothing = exp.cast(exp.null(), exp.DType.DOUBLE)
    return (
        exp.select(
            column("_series", SERIES),
            *ids(card),
            alias(timestamp(column("_timestamp", HISTORY)), "time_series_timestamp"),
            alias(exp.Literal.string("history"), "time_series_type"),
            alias(column("_data", HISTORY), "time_series_data"),
            alias(column("_adjusted", HISTORY), "time_series_adjusted_data"),
            alias(column("_error", HISTORY), "standard_error"),
            alias(nothing, "confidence_level"),
            alias(nothing.copy(), "prediction_interval_lower_bound"),
            alias(nothing.copy(), "prediction_interval_upper_bound"),
            star(HISTORY, *_STORED),
        )
        .from_(part(card, "series", SERIES))
        .join(part(card, "history", HISTORY), on=same_series(SERIES, HISTORY))
    )


def _forecast(call: Call) -> exp.Select:
    card, level = call.card, call["confidence_level"]
    center, error = column("_center", FORECAST), column("_error", FORECAST)
    lower, upper = bounds(Scale(card), center, error, level)
    effects = _EFFECTS if card.model_type == "arima_plus_xreg" else ()
    return exp.select(
        column("_series", FORECAST),
        *ids(card, FORECAST),
        alias(timestamp(column("_timestamp", FORECAST)), "time_series_timestamp"),
        alias(exp.Literal.string("forecast"), "time_series_type"),
        alias(center, "time_series_data"),
        alias(center.copy(), "time_series_adjusted_data"),
        alias(error, "standard_error"),
        alias(double(level), "confidence_level"),
        alias(lower, "prediction_interval_lower_bound"),
        alias(upper, "prediction_interval_upper_bound"),
        star(FORECAST, *_STEPS, *effects, *id_columns(card)),
    ).from_(forecast_steps(call).subquery(FORECAST))


_COLUMNS = """
    time_series_data time_series_adjusted_data standard_error confidence_level
    prediction_interval_lower_bound prediction_interval_upper_bound trend seasonal_period_yearly
    seasonal_period_quarterly seasonal_period_monthly seasonal_period_weekly seasonal_period_daily
    holiday_effect spikes_and_dips step_changes residual holiday_effect_<name>...
"""

EXPLAIN_FORECAST = TableFunction(
    "ML.EXPLAIN_FORECAST",
    Group.INFER,
    "The components of a time series' history and forecast.",
    _query,
    (
        Output(
            "history + forecast rows",
            (
                ("<time_series_id_col...>", "inherited"),
                ("time_series_timestamp", "TIMESTAMP"),
                ("time_series_type", "STRING history|forecast"),
                *((name, "FLOAT64") for name in _COLUMNS.split()),
                ("attribution_<feature>... (XREG)", "FLOAT64"),
            ),
        ),
    ),
    serves=TIME_SERIES,
    parameters=(HORIZON, CONFIDENCE_LEVEL),
    arrangement=("model", "parameters", "sources"),
)
