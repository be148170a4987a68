"""ML.EVALUATE, ML.ARIMA_EVALUATE and ML.ARIMA_COEFFICIENTS of time series models."""

import datetime as dt

import numpy as np
import pytest
from series_rows import rows


def test_the_orders_tried_are_shown_for_one_series_and_the_best_for_many(session):
    one = rows(session, "ml.arima_evaluate(model s.one)", "AIC, error_message")
    assert len(one) > 3
    known = [aic for aic, error in one if error is None]
    assert known == sorted(known)
    assert len(rows(session, "ml.arima_evaluate(model s.many)")) == 3
    every = "ml.arima_evaluate(model s.many, struct(true as show_all_candidate_models))"
    assert len(rows(session, every)) > 9
    best = "ml.arima_evaluate(model s.one, struct(false as show_all_candidate_models))"
    assert rows(session, best, "AIC") == [(one[0][0],)]


def test_evaluation_tells_seasons_as_a_list_and_what_was_found(session):
    result = session.sql("select * from ml.arima_evaluate(model s.many)")
    assert result.columns[-5:] == [
        "seasonal_periods",
        "has_holiday_effect",
        "has_spikes_and_dips",
        "has_step_changes",
        "error_message",
    ]
    assert all("WEEKLY" in row[8] for row in result.fetchall())
    assert (
        "has_step_changes"
        not in session.sql("select * from ml.arima_evaluate(model s.bare)").columns
    )


def test_coefficients_are_as_many_as_the_order_says(session):
    orders = rows(
        session, "ml.arima_evaluate(model s.many)", "shop, non_seasonal_p, non_seasonal_q"
    )
    found = rows(
        session,
        "ml.arima_coefficients(model s.many)",
        "shop, len(ar_coefficients), len(ma_coefficients)",
    )
    assert found == orders


def test_metrics_are_those_of_the_forecasts_by_series(session):
    found = rows(session, "ml.evaluate(model s.many, table s.later)")
    forecast = {
        (shop, at.date()): value
        for shop, at, value in rows(
            session,
            "ml.forecast(model s.many, struct(30 as horizon))",
            "shop, forecast_timestamp, forecast_value",
        )
    }
    for shop, *metrics in found:
        actual = dict(rows(session, "s.later", "day, units", f"where shop = '{shop}'"))
        past = rows(session, "s.sales", "units", f"where shop = '{shop}' order by day")
        y = np.array(list(actual.values()))
        f = np.array([forecast[shop, day] for day in actual])
        naive = np.abs(np.diff([value for (value,) in past])).mean()
        expected = [
            np.abs(y - f).mean(),
            ((y - f) ** 2).mean(),
            np.sqrt(((y - f) ** 2).mean()),
            np.abs((y - f) / y).mean(),
            (2 * np.abs(y - f) / (np.abs(y) + np.abs(f))).mean(),
            np.abs(y - f).mean() / naive,
        ]
        assert metrics == pytest.approx(expected, rel=1e-9)


def test_errors_of_time_points_are_within_the_horizon_asked_for(session):
    call = (
        "ml.evaluate(model s.many, table s.later, struct(false as perform_aggregation, "
        "4 as horizon, 0.9 as confidence_level))"
    )
    result = session.sql(f"select * from {call}")
    assert result.columns == [
        "shop",
        "day",
        "units",
        "forecasted_units",
        "lower_bound",
        "upper_bound",
        "absolute_error",
        "absolute_percentage_error",
    ]
    found = result.fetchall()
    assert len(found) == 12
    for _, day, actual, value, low, high, error, share in found:
        assert isinstance(day, dt.date)
        assert error == pytest.approx(abs(actual - value))
        assert share == pytest.approx(error / abs(actual))
        assert low < value < high


def test_without_rows_the_chosen_models_are_returned(session):
    result = session.sql("select * from ml.evaluate(model s.many)")
    assert result.columns[5:9] == ["log_likelihood", "aic", "variance", "seasonal_periods"]
    assert len(result.fetchall()) == 3
