"""AI.FORECAST: forecasts of the rows given, by ARIMA_PLUS in place of BigQuery's TimesFM."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import OptionError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.time_series.standalone.gathered import (
    POINT,
    SERIES,
    STATUS,
    field,
    id_columns,
    instant,
    measured,
    ordered,
    points,
    require_columns,
    results,
    whole,
)
from goldloop.functions.time_series.standalone.parameters import (
    CONFIDENCE_LEVEL,
    CONTEXT_WINDOW,
    DATA_COL,
    ID_COLS,
    MODEL,
    TIMESTAMP_COL,
    horizon,
)
from goldloop.functions.time_series.stored import alias, column, quantile
from goldloop.options.declaration import Kind, Option
from goldloop.scoring.expressions import add, double, multiply, subtract
from goldloop.scoring.expressions import call as function


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    require_columns(call, warehouse)
    end = call["forecast_end_timestamp"]
    if end is not None and "horizon" in call.parameters:
        raise OptionError(
            f"{call.name}: horizon and forecast_end_timestamp exclude each other; keep one."
        )
    until = whole(None)
    if end is not None:
        until = function("epoch_us", exp.cast(end.copy(), exp.DType.TIMESTAMPTZ))
    found = points(call, results(call, measured(call), "forecast", whole(call["horizon"]), until))
    forecast = _forecast(call, found)
    if not call["output_historical_time_series"]:
        return ordered(
            exp.select("*").from_(forecast.subquery(ROW)), call, ROW, _at("forecast_timestamp")
        )
    both = exp.union(_history(call), _typed(call, forecast), distinct=False, copy=False)
    return ordered(
        exp.select("*").from_(both.subquery(ROW)), call, ROW, _at("time_series_timestamp")
    )


def _forecast(call: Call, found: exp.Select) -> exp.Select:
    center = field(column(POINT, SERIES), "center")
    reach = exp.paren(
        multiply(field(column(POINT, SERIES), "error"), quantile(call["confidence_level"]))
    )
    return exp.select(
        *(column(name, SERIES) for name in id_columns(call)),
        alias(instant(field(column(POINT, SERIES), "at")), "forecast_timestamp"),
        alias(center, "forecast_value"),
        alias(double(call["confidence_level"]), "confidence_level"),
        alias(subtract(center.copy(), reach), "prediction_interval_lower_bound"),
        alias(add(center.copy(), reach.copy()), "prediction_interval_upper_bound"),
        alias(column(STATUS, SERIES), "ai_forecast_status"),
    ).from_(found.subquery(SERIES))


def _typed(call: Call, forecast: exp.Select) -> exp.Select:
    return exp.select(
        *(column(name, SERIES) for name in id_columns(call)),
        alias(exp.Literal.string("forecast"), "time_series_type"),
        alias(column("forecast_timestamp", SERIES), "time_series_timestamp"),
        alias(column("forecast_value", SERIES), "time_series_data"),
        *(column(name, SERIES) for name in _ENDING),
    ).from_(forecast.subquery(SERIES))


def _history(call: Call) -> exp.Select:
    nothing = exp.cast(exp.null(), exp.DType.DOUBLE)
    return exp.select(
        *(column(name, SERIES) for name in id_columns(call)),
        alias(exp.Literal.string("history"), "time_series_type"),
        alias(instant(column("_at", SERIES)), "time_series_timestamp"),
        alias(column("_value", SERIES), "time_series_data"),
        *(alias(nothing.copy(), name) for name in _ENDING[:-1]),
        alias(exp.Literal.string(""), "ai_forecast_status"),
    ).from_(measured(call).subquery(SERIES))


def _at(name: str) -> exp.Expression:
    return column(name, ROW)


_ENDING = (
    "confidence_level",
    "prediction_interval_lower_bound",
    "prediction_interval_upper_bound",
    "ai_forecast_status",
)
_IDS = ("<id_cols...>", "inherited")
_TYPES = (("confidence_level", "FLOAT64"), (_ENDING[1], "FLOAT64"), (_ENDING[2], "FLOAT64"))

AI_FORECAST = TableFunction(
    "AI.FORECAST",
    Group.INFER,
    "Forecasts of time series without a model: by ARIMA_PLUS, in place of BigQuery's TimesFM.",
    _query,
    (
        Output(
            "default",
            (
                _IDS,
                ("forecast_timestamp", "TIMESTAMP"),
                ("forecast_value", "FLOAT64"),
                *_TYPES,
                ("ai_forecast_status", "STRING"),
            ),
        ),
        Output(
            "output_historical_time_series=>TRUE",
            (
                _IDS,
                ("time_series_type", "STRING"),
                ("time_series_timestamp", "TIMESTAMP"),
                ("time_series_data", "FLOAT64"),
                *_TYPES,
                ("ai_forecast_status", "STRING"),
            ),
        ),
    ),
    need=Need.NONE,
    sources=(1, 1),
    are_named=True,
    parameters=(
        DATA_COL,
        TIMESTAMP_COL,
        MODEL,
        ID_COLS,
        horizon(10),
        Parameter(
            Option(
                "forecast_end_timestamp",
                Kind.EXPRESSION,
                None,
                "The last instant to forecast, in place of horizon.",
            )
        ),
        CONFIDENCE_LEVEL,
        Parameter(
            Option(
                "output_historical_time_series",
                Kind.BOOLEAN,
                False,
                "Whether the history's rows come, too.",
            )
        ),
        CONTEXT_WINDOW,
    ),
)
