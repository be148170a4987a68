"""Every function that serves time series only."""

from goldloop.functions.time_series.arima_coefficients import ARIMA_COEFFICIENTS
from goldloop.functions.time_series.arima_evaluate import ARIMA_EVALUATE
from goldloop.functions.time_series.explain_forecast import EXPLAIN_FORECAST
from goldloop.functions.time_series.forecast import FORECAST_FUNCTION
from goldloop.functions.time_series.holiday_info import HOLIDAY_INFO

TIME_SERIES = (
    FORECAST_FUNCTION,
    EXPLAIN_FORECAST,
    ARIMA_EVALUATE,
    ARIMA_COEFFICIENTS,
    HOLIDAY_INFO,
)
