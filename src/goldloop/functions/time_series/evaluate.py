"""ML.EVALUATE of time series: forecasts against what was measured since."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import StatementError
from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import Output, Parameter
from goldloop.functions.time_series.arima_evaluate import best_models
from goldloop.functions.time_series.comparison import compared
from goldloop.functions.time_series.parameters import TIME_SERIES
from goldloop.functions.time_series.stored import (
    Scale,
    alias,
    bounds,
    column,
    data_column,
    id_columns,
    ids,
    time_column,
)
from goldloop.options.declaration import Kind, Option, Range
from goldloop.scoring.expressions import add, divide, double, multiply, subtract
from goldloop.scoring.expressions import call as function

METRICS = (
    "mean_absolute_error",
    "mean_squared_error",
    "root_mean_squared_error",
    "mean_absolute_percentage_error",
    "symmetric_mean_absolute_percentage_error",
    "mean_absolute_scaled_error",
)
PARAMETERS = (
    Parameter(
        Option(
            "perform_aggregation",
            Kind.BOOLEAN,
            True,
            "Whether metrics are of each series, or errors of each time point.",
        ),
        TIME_SERIES,
    ),
    Parameter(
        Option(
            "horizon",
            Kind.INTEGER,
            None,
            "Time points of the forecast that are compared; unset: all of the model.",
            range=Range(1, 10_000),
        ),
        TIME_SERIES,
    ),
    Parameter(
        Option(
            "confidence_level",
            Kind.NUMBER,
            0.95,
            "The probability that a value is in its interval.",
            range=Range(0, 1, high_open=True),
        ),
        TIME_SERIES,
    ),
)


def evaluate_time_series(call: Call) -> exp.Query:
    """Return the metrics over the call's rows, or the chosen models where there are none.

    Raises:
        StatementError: parameters are given and rows are not.
    """
    if not call.sources:
        given = [name for name, value in call.parameters.items() if value is not None]
        if given:
            raise StatementError(
                f"ML.EVALUATE(MODEL {call.card.name}): {', '.join(given)} needs rows to evaluate; "
                "add TABLE t."
            )
        return best_models(call.card)
    return _aggregated(call) if call["perform_aggregation"] else _single(call)


def metrics(actual: exp.Expression, forecast: exp.Expression, naive: exp.Expression) -> list:
    """Return the aggregates of the metrics, percentages as fractions.

    Errors of values or sums that are 0 have no percentage and are left out of its mean. The
    scaled error is relative to `naive`, the mean error of the naive forecast over the history.
    """
    error = subtract(actual, forecast)
    size = function("abs", error)
    squared = exp.Avg(this=multiply(error.copy(), error.copy()))
    scale = add(function("abs", actual.copy()), function("abs", forecast.copy()))
    relative = divide(size.copy(), function("nullif", function("abs", actual.copy()), double(0.0)))
    symmetric = divide(multiply(double(2.0), size.copy()), function("nullif", scale, double(0.0)))
    steady = function("nullif", exp.AnyValue(this=naive), double(0.0))
    mean = exp.Avg(this=size.copy())
    values = (
        mean,
        squared,
        exp.Sqrt(this=squared.copy()),
        exp.Avg(this=relative),
        exp.Avg(this=symmetric),
        divide(mean.copy(), steady),
    )
    return [alias(value, name) for value, name in zip(values, METRICS, strict=True)]


def _aggregated(call: Call) -> exp.Select:
    center = Scale(call.card).to_data(column("_center", ROW))
    query = exp.select(
        *ids(call.card, ROW),
        *metrics(column("_actual", ROW), center, column("_naive_error", ROW)),
    ).from_(compared(call, "inner").subquery(ROW))
    if id_columns(call.card):
        series = column("_series", ROW)
        query = query.group_by(series, *ids(call.card, ROW)).order_by(series.copy())
    return query


def _single(call: Call) -> exp.Select:
    card, scale = call.card, Scale(call.card)
    center, error = column("_center", ROW), column("_error", ROW)
    forecast = scale.to_data(center)
    lower, upper = bounds(scale, center, error, call["confidence_level"])
    actual = column("_actual", ROW)
    size = function("abs", subtract(actual, forecast))
    share = divide(size.copy(), function("nullif", function("abs", actual.copy()), double(0.0)))
    return (
        exp.select(
            *ids(card, ROW),
            column(time_column(card), ROW),
            column(data_column(card), ROW),
            alias(forecast.copy(), f"forecasted_{data_column(card)}"),
            alias(lower, "lower_bound"),
            alias(upper, "upper_bound"),
            alias(size, "absolute_error"),
            alias(share, "absolute_percentage_error"),
        )
        .from_(compared(call, "inner").subquery(ROW))
        .order_by(column("_series", ROW), column("_step", ROW))
    )


_IDS = ("<time_series_id_col...>", "inherited")
OUTPUTS = (
    Output(
        "arima with data, perform_aggregation TRUE (default)",
        (_IDS, *((name, "FLOAT64") for name in METRICS)),
    ),
    Output(
        "arima with data, perform_aggregation FALSE",
        (
            _IDS,
            ("<time_series_timestamp_col>", "inherited"),
            ("<time_series_data_col>", "inherited"),
            ("forecasted_<time_series_data_col>", "FLOAT64"),
            ("lower_bound", "FLOAT64"),
            ("upper_bound", "FLOAT64"),
            ("absolute_error", "FLOAT64"),
            ("absolute_percentage_error", "FLOAT64"),
        ),
    ),
    Output(
        "arima without data (deprecated form)",
        (
            _IDS,
            ("non_seasonal_p", "INT64"),
            ("non_seasonal_d", "INT64"),
            ("non_seasonal_q", "INT64"),
            ("has_drift", "BOOL"),
            ("log_likelihood", "FLOAT64"),
            ("aic", "FLOAT64"),
            ("variance", "FLOAT64"),
            ("seasonal_periods", "STRING"),
            ("has_holiday_effect", "BOOL"),
            ("has_spikes_and_dips", "BOOL"),
            ("has_step_changes", "BOOL"),
        ),
    ),
)
