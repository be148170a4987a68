"""The functions over ARIMA_PLUS and ARIMA_PLUS_XREG models, in a session."""

import datetime as dt
import math

import duckdb
import numpy as np
import pytest
from scipy.special import erf
from scipy.stats import norm

import goldloop
from goldloop.errors import ModelKindError, OptionError, StatementError, TrainingDataError

SERIES = "time_series_timestamp_col='day', time_series_data_col='units', horizon=30"
MODELS = {
    "one": f"model_type='ARIMA_PLUS', {SERIES}",
    "many": f"model_type='ARIMA_PLUS', {SERIES}, time_series_id_col='shop'",
    "regressed": f"model_type='ARIMA_PLUS_XREG', {SERIES}, time_series_id_col=['shop']",
    "limited": f"model_type='ARIMA_PLUS', {SERIES}, forecast_limit_lower_bound=0",
    "summed": f"model_type='ARIMA_PLUS', {SERIES}, time_series_id_col=['town', 'shop'], "
    "hierarchical_time_series_cols=['town', 'shop']",
    "bare": f"model_type='ARIMA_PLUS', {SERIES}, decompose_time_series=false",
}
QUERIES = {
    "one": "select day, units from s.sales where shop = 'a'",
    "many": "select day, shop, units from s.sales",
    "regressed": "select day, shop, units, price, promotion from s.sales",
    "limited": "select day, units from s.sales where shop = 'a'",
    "summed": "select day, town, shop, units from s.sales",
    "bare": "select day, units from s.sales where shop = 'a'",
}


@pytest.fixture(scope="module")
def session():
    random = np.random.default_rng(4)
    with duckdb.connect() as con:
        found = goldloop.connect(con)
        con.execute("create schema s")
        rows = []
        for shop, level in (("a", 100), ("b", 50), (None, 20)):
            for i in range(190):
                day = dt.date(2024, 1, 1) + dt.timedelta(days=i)
                price, promotion = float(random.normal(10, 1)), ["yes", "no"][i % 5 > 0]
                units = level + 0.1 * i + 6 * (i % 7 == 2) - 3 * price
                units += 8 * (promotion == "yes") + random.normal()
                town = "north" if shop == "a" else "south"
                rows.append((day, town, shop, units, price, promotion))
        con.execute(
            "create table s.every (day date, town text, shop text, units double, price double, "
            "promotion text)"
        )
        con.executemany("insert into s.every values (?, ?, ?, ?, ?, ?)", rows)
        con.execute("create table s.sales as from s.every where day < '2024-06-29'")
        con.execute("create table s.later as from s.every where day >= '2024-06-29'")
        con.execute("update s.sales set shop = 'c' where shop is null")
        con.execute("update s.later set shop = 'c' where shop is null")
        for name, options in MODELS.items():
            found.sql(f"create model s.{name} options({options}) as {QUERIES[name]}")
        yield found


def rows(session, call, columns="*", rest=""):
    return session.sql(f"select {columns} from {call} {rest}").fetchall()


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


REFUSED = {
    "ml.forecast(model s.one, struct(31 as horizon))": (OptionError, "horizon 31 is beyond"),
    "ml.forecast(model s.one, table s.later)": (StatementError, "forecasts without rows"),
    "ml.forecast(model s.regressed)": (StatementError, "needs its regressors (price, promotion)"),
    "ml.forecast(model s.one, struct(1.0 as confidence_level))": (OptionError, "[0, 1)"),
    "ml.forecast(model s.one, struct(1 as horzon))": (OptionError, "Did you mean 'horizon'?"),
    "ml.explain_forecast(model s.limited)": (ModelKindError, "has a forecast limit"),
    "ml.explain_forecast(model s.bare)": (ModelKindError, "decompose_time_series=FALSE"),
    "ml.detect_anomalies(model s.bare)": (ModelKindError, "decompose_time_series=FALSE"),
    "ml.evaluate(model s.one, struct(3 as horizon))": (StatementError, "horizon needs rows"),
    "ml.evaluate(model s.one, table s.later, struct(0.5 as threshold))": (
        ModelKindError,
        "threshold serves binary_classification",
    ),
    "ml.predict(model s.one, table s.later)": (ModelKindError, "is a arima_plus (time_series)"),
}


@pytest.mark.parametrize(("call", "fault"), REFUSED.items(), ids=REFUSED)
def test_what_a_model_cannot_do_is_refused(session, call, fault):
    kind, said = fault
    with pytest.raises(kind) as error:
        session.sql(f"select * from {call}")
    assert said in str(error.value)


BAD_DATA = {
    "select 'x' as day, 1.0 as units": "'day' is VARCHAR; expected a DATE",
    "select date '2024-01-01' as day, 'x' as units": "label 'units' is VARCHAR",
    "select null::date as day, 1.0 as units": "is NULL or infinite in 1 rows",
    "select date '2024-01-01' as day, 'nan'::double as units": "holds NaN or infinity",
    "select date '2024-01-01' as day, 1.0 as units": "a single time point",
    "select date '2024-01-01' as day, null::double as units": "every row's label is NULL",
    "select day, units, town from s.sales": "has no use for the columns town",
    "select day from s.sales": "names the column 'units', which the query does not return",
}


@pytest.mark.parametrize(("query", "said"), BAD_DATA.items(), ids=BAD_DATA)
def test_data_that_are_no_series_are_refused_with_the_reason(session, query, said):
    with pytest.raises(TrainingDataError) as error:
        session.sql(f"create model s.bad options({MODELS['one']}) as {query}", dialect="duckdb")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select 'US' as region", "has no column 'holiday_name'"),
        (
            "select 'US' as region, 'Fair' as holiday_name, current_date() as primary_date, "
            "-1 as preholiday_days, 0 as postholiday_days",
            "from 0 to 30 days",
        ),
    ],
)
def test_bad_custom_holidays_are_refused(session, query, said):
    with pytest.raises(TrainingDataError) as error:
        session.sql(
            f"create model s.bad options({MODELS['one']}) as (training_data as ({QUERIES['one']}), "
            f"custom_holiday as ({query}))"
        )
    assert said in str(error.value)


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
