"""Every function that serves time series only."""

from goldloop.functions.time_series.arima_coefficients import ARIMA_COEFFICIENTS
from goldloop.functions.time_series.arima_evaluate import ARIMA_EVALUATE
from goldloop.functions.time_series.explain_forecast import EXPLAIN_FORECAST
from goldloop.functions.time_series.forecast import FORECAST_FUNCTION
from goldloop.functions.time_series.holiday_info import HOLIDAY_INFO
from goldloop.functions.time_series.standalone.ai_detect_anomalies import AI_DETECT_ANOMALIES
from goldloop.functions.time_series.standalone.ai_evaluate import AI_EVALUATE
from goldloop.functions.time_series.standalone.ai_forecast import AI_FORECAST
from goldloop.functions.time_series.standalone.detect_change_points import DETECT_CHANGE_POINTS
from goldloop.functions.time_series.standalone.seasonality import SEASONALITY
from goldloop.functions.time_series.standalone.trend import TREND

TIME_SERIES = (
    FORECAST_FUNCTION,
    EXPLAIN_FORECAST,
    ARIMA_EVALUATE,
    ARIMA_COEFFICIENTS,
    HOLIDAY_INFO,
    AI_FORECAST,
    AI_EVALUATE,
    AI_DETECT_ANOMALIES,
    DETECT_CHANGE_POINTS,
    SEASONALITY,
    TREND,
)
