"""ML.FORECAST: the stored forecast, with the interval that is asked for."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse
from goldloop.functions.time_series.parameters import CONFIDENCE_LEVEL, HORIZON, TIME_SERIES
from goldloop.functions.time_series.steps import forecast_steps, refuse_rows
from goldloop.functions.time_series.stored import (
    FORECAST,
    Scale,
    alias,
    bounds,
    column,
    ids,
    timestamp,
)
from goldloop.scoring.expressions import double

_ENDS = ("lower", "upper")


def _query(call: Call, _warehouse: Warehouse) -> exp.Select:
    refuse_rows(call)
    card, level = call.card, call["confidence_level"]
    scale = Scale(card)
    center, error = column("_center", FORECAST), column("_error", FORECAST)
    interval = dict(zip(_ENDS, bounds(scale, center, error, level), strict=True))
    return (
        exp.select(
            *ids(card, FORECAST),
            alias(timestamp(column("_timestamp", FORECAST)), "forecast_timestamp"),
            alias(scale.to_data(center.copy()), "forecast_value"),
            alias(scale.error_to_data(error.copy(), center.copy()), "standard_error"),
            alias(double(level), "confidence_level"),
            *(
                alias(value.copy(), f"{kind}_interval_{end}_bound")
                for kind in ("prediction", "confidence")
                for end, value in interval.items()
            ),
        )
        .from_(forecast_steps(call).subquery(FORECAST))
        .order_by(column("_series", FORECAST), column("_step", FORECAST))
    )


FORECAST_FUNCTION = TableFunction(
    "ML.FORECAST",
    Group.INFER,
    "Forecasts of a time series model with their prediction intervals.",
    _query,
    (
        Output(
            "ARIMA_PLUS[_XREG]",
            (
                ("<time_series_id_col...>", "inherited"),
                ("forecast_timestamp", "TIMESTAMP"),
                ("forecast_value", "FLOAT64"),
                ("standard_error", "FLOAT64"),
                ("confidence_level", "FLOAT64"),
                ("prediction_interval_lower_bound", "FLOAT64"),
                ("prediction_interval_upper_bound", "FLOAT64"),
                ("confidence_interval_lower_bound", "FLOAT64"),
                ("confidence_interval_upper_bound", "FLOAT64"),
            ),
        ),
    ),
    serves=TIME_SERIES,
    parameters=(HORIZON, CONFIDENCE_LEVEL),
    arrangement=("model", "parameters", "sources"),
)
