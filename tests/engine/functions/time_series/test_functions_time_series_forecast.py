"""ML.FORECAST, ML.EXPLAIN_FORECAST and ML.HOLIDAY_INFO of ARIMA_PLUS and ARIMA_PLUS_XREG."""

import datetime as dt

import pytest
from scipy.stats import norm
from series_rows import MODELS, QUERIES, SERIES, rows


def test_a_forecast_has_the_columns_of_bigquery_ml(session):
    result = session.sql("select * from ml.forecast(model s.many, struct(2 as horizon))")
    assert result.columns == [
        "shop",
        "forecast_timestamp",
        "forecast_value",
        "standard_error",
        "confidence_level",
        "prediction_interval_lower_bound",
        "prediction_interval_upper_bound",
        "confidence_interval_lower_bound",
        "confidence_interval_upper_bound",
    ]
    assert [str(each) for each in result.types][:3] == [
        "VARCHAR",
        "TIMESTAMP WITH TIME ZONE",
        "DOUBLE",
    ]
    assert [(row[0], row[1].date().isoformat()) for row in result.fetchall()] == [
        ("a", "2024-06-29"),
        ("a", "2024-06-30"),
        ("b", "2024-06-29"),
        ("b", "2024-06-30"),
        ("c", "2024-06-29"),
        ("c", "2024-06-30"),
    ]


def test_three_steps_at_95_percent_are_the_default(session):
    found = rows(session, "ml.forecast(model s.one)", "confidence_level")
    assert found == [(0.95,)] * 3


@pytest.mark.parametrize("level", [0.0, 0.8, 0.999])
def test_intervals_are_the_normal_quantiles_of_the_level(session, level):
    call = f"ml.forecast(model s.one, struct(30 as horizon, {level} as confidence_level))"
    for row in rows(session, call):
        _, value, error, said, low, high, *same = row
        reach = norm.ppf((1 + level) / 2) * error
        assert said == level
        assert (low, high) == pytest.approx((value - reach, value + reach), rel=1e-12)
        assert same == [low, high]


def test_forecasts_of_limits_stay_within_and_intervals_are_lopsided(session):
    call = "ml.forecast(model s.limited, struct(30 as horizon, 0.999999 as confidence_level))"
    for _, value, error, _, low, high, *_ in rows(session, call):
        assert 0 < low < value < high
        assert error > 0
        assert high - value > value - low


def test_history_and_forecast_add_up_from_their_components(session):
    parts = (
        "trend + coalesce(seasonal_period_weekly, 0) + coalesce(seasonal_period_monthly, 0) + "
        "coalesce(seasonal_period_quarterly, 0) + coalesce(seasonal_period_yearly, 0) + "
        "coalesce(holiday_effect, 0) + coalesce(residual, 0)"
    )
    call = "ml.explain_forecast(model s.many, struct(30 as horizon))"
    found = rows(
        session,
        call,
        f"time_series_type, time_series_data, time_series_adjusted_data, {parts}, "
        "coalesce(spikes_and_dips, 0) + coalesce(step_changes, 0)",
    )
    assert [row[0] for row in found] == (["history"] * 180 + ["forecast"] * 30) * 3
    for _, data, adjusted, total, disturbed in found:
        assert adjusted == pytest.approx(total, rel=1e-9)
        assert data == pytest.approx(adjusted + disturbed, rel=1e-9)


def test_the_forecast_rows_of_an_explanation_are_those_of_the_forecast(session):
    explained = rows(
        session,
        "ml.explain_forecast(model s.many, struct(5 as horizon, 0.9 as confidence_level))",
        "shop, time_series_timestamp, time_series_data, standard_error, "
        "prediction_interval_lower_bound",
        "where time_series_type = 'forecast'",
    )
    assert explained == rows(
        session,
        "ml.forecast(model s.many, struct(5 as horizon, 0.9 as confidence_level))",
        "shop, forecast_timestamp, forecast_value, standard_error, prediction_interval_lower_bound",
    )


def test_regressors_add_what_their_weights_say(session):
    future = "(select day, shop, price, promotion from s.later)"
    found = rows(
        session,
        f"ml.explain_forecast(model s.regressed, struct(10 as horizon), {future})",
        "shop, time_series_timestamp::date, time_series_data, trend, "
        "coalesce(seasonal_period_weekly, 0) + coalesce(seasonal_period_monthly, 0), "
        "attribution_price, attribution_promotion",
        "where time_series_type = 'forecast'",
    )
    inputs = {
        (shop, day): (price, promotion)
        for shop, day, price, promotion in rows(session, "s.later", "shop, day, price, promotion")
    }
    weights = {
        (shop, name): (weight, {each["category"]: each["weight"] for each in categories or []})
        for shop, name, weight, categories in rows(
            session,
            "ml.arima_coefficients(model s.regressed)",
            "shop, processed_input, weight, category_weights",
        )
    }
    assert len(found) == 30
    for shop, day, value, trend, season, by_price, by_promotion in found:
        price, promotion = inputs[shop, day]
        slope, intercept = weights[shop, "price"][0], weights[shop, "__INTERCEPT__"][0]
        assert slope == pytest.approx(-3, abs=0.5)
        assert by_price == pytest.approx(slope * price + intercept, rel=1e-9)
        assert by_promotion == pytest.approx(weights[shop, "promotion"][1][promotion], rel=1e-9)
        assert value == pytest.approx(trend + season + by_price + by_promotion, rel=1e-9)


def test_a_step_without_a_row_of_regressors_has_no_forecast(session):
    future = "(select * from s.later where day <> '2024-06-30')"
    found = rows(
        session,
        f"ml.forecast(model s.regressed, struct(3 as horizon), {future})",
        "forecast_value is null",
        "where shop = 'a'",
    )
    assert found == [(False,), (True,), (False,)]


def test_unseen_and_missing_regressors_count_as_in_training(session):
    future = "(select day, shop, null::double as price, 'never seen' as promotion from s.later)"
    found = rows(
        session,
        f"ml.explain_forecast(model s.regressed, struct(3 as horizon), {future})",
        "attribution_price, attribution_promotion",
        "where time_series_type = 'forecast'",
    )
    assert found == [(0.0, 0.0)] * 9


def test_sums_of_a_hierarchy_are_the_sums_of_their_forecasts(session):
    call = "ml.forecast(model s.summed, struct(4 as horizon))"
    found = rows(session, call, "town, shop, forecast_timestamp, forecast_value")
    by_level = {}
    for town, shop, at, value in found:
        by_level.setdefault((town, shop), {})[at] = value
    assert list(by_level) == [
        (None, None),
        ("north", None),
        ("south", None),
        ("north", "a"),
        ("south", "b"),
        ("south", "c"),
    ]
    for at, value in by_level["south", None].items():
        assert value == pytest.approx(by_level["south", "b"][at] + by_level["south", "c"][at])
        total = sum(by_level[key][at] for key in by_level if key[1])
        assert by_level[None, None][at] == pytest.approx(total)


def test_own_holidays_are_listed_beside_those_of_the_region(session):
    session.sql(
        f"""
        create or replace model s.festive options(model_type='arima_plus', {SERIES},
            holiday_region=['US', 'gb']) as (
            training_data as (select day, units from s.sales where shop = 'a'),
            custom_holiday as (
                select 'US' as region, 'Fair' as holiday_name, date '2024-05-05' as primary_date,
                    2 as preholiday_days, 0 as postholiday_days))
        """
    )
    found = rows(session, "ml.holiday_info(model s.festive)")
    assert ("US", "Fair", dt.date(2024, 5, 5), 2, 0) in found
    assert {region for region, *_ in found} == {"US", "GB"}
    assert rows(session, "ml.holiday_info(model s.one)") == []


def test_a_series_without_a_model_says_why_and_the_others_are_forecast(session):
    session.sql(
        f"create or replace model s.some options({MODELS['many']}) as {QUERIES['many']} "
        "union all select date '2024-01-01', 'single', 1.0"
    )
    told = rows(session, "ml.arima_evaluate(model s.some)", "shop, error_message")
    assert dict(told)["single"].startswith("a single time point")
    assert dict(told)["a"] is None
    forecast = rows(session, "ml.forecast(model s.some)", "distinct shop")
    assert sorted(forecast) == [("a",), ("b",), ("c",)]


def test_names_that_need_quotes_are_quoted(session):
    session.sql(
        "create or replace model s.odd options(model_type='arima_plus', horizon=3, "
        "time_series_timestamp_col='the day', time_series_data_col='u\"; drop', "
        'time_series_id_col=\'shop\'\'s\') as select day as "the day", units as "u""; drop", '
        'shop as "shop\'s" from s.sales',
        dialect="duckdb",
    )
    assert session.sql("select * from ml.forecast(model s.odd)").columns[0] == "shop's"
    assert len(rows(session, "ml.explain_forecast(model s.odd)")) == 3 * 183
    found = session.sql("select * from ml.detect_anomalies(model s.odd)").columns
    assert found[:3] == ["shop's", "the day", 'u"; drop']
