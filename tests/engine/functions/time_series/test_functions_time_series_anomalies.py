"""ML.DETECT_ANOMALIES of time series models."""

import datetime as dt
import math

import pytest
from scipy.special import erf
from series_rows import rows


def test_a_value_is_an_anomaly_when_its_probability_is_above_the_threshold(session):
    call = (
        "ml.detect_anomalies(model s.one, struct(0.9 as anomaly_prob_threshold), "
        "(select day, units + if(day = '2024-07-01', 40, 0) as units, town from s.later "
        "where shop = 'a'))"
    )
    result = session.sql(f"select * from {call}")
    assert result.columns == [
        "day",
        "units",
        "is_anomaly",
        "lower_bound",
        "upper_bound",
        "anomaly_probability",
        "town",
    ]
    forecast = rows(
        session,
        "ml.forecast(model s.one, struct(30 as horizon))",
        "forecast_timestamp, forecast_value, standard_error",
    )
    expected = {at: (value, error) for at, value, error in forecast}
    for at, units, is_anomaly, low, high, probability, _ in result.fetchall():
        value, error = expected[at]
        assert probability == pytest.approx(erf(abs(units - value) / error / math.sqrt(2)))
        assert is_anomaly == (probability > 0.9) == (not low <= units <= high)
    anomalies = rows(session, call, "day::date", "where anomaly_probability > 0.999999")
    assert anomalies == [(dt.date(2024, 7, 1),)]


def test_rows_beyond_the_horizon_or_of_another_series_are_not_judged(session):
    call = (
        "ml.detect_anomalies(model s.many, struct(0.9 as anomaly_prob_threshold), "
        "(select date '2030-01-01' as day, 'a' as shop, 1.0 as units union all "
        "select date '2024-07-01', 'z', 1.0))"
    )
    assert (
        rows(session, call, "is_anomaly, lower_bound, anomaly_probability")
        == [(None, None, None)] * 2
    )


def test_the_history_is_judged_without_rows_as_far_as_the_model_had_expectations(session):
    found = rows(session, "ml.detect_anomalies(model s.many)", "shop, is_anomaly")
    assert len(found) == 540
    judged = [is_anomaly for _, is_anomaly in found if is_anomaly is not None]
    assert 0.85 < judged.count(False) / len(judged) < 1


def test_an_amount_outside_the_limit_is_an_anomaly_for_certain(session):
    call = (
        "ml.detect_anomalies(model s.limited, struct(0.9 as anomaly_prob_threshold), "
        "(select day, -5.0 as units from s.later where shop = 'a'))"
    )
    assert set(rows(session, call, "is_anomaly, anomaly_probability")) == {(True, 1.0)}
