"""AI.FORECAST and the other functions that take rows of time series instead of a model."""

import datetime as dt
import math

import duckdb
import numpy as np
import pytest
from scipy.special import erf

import goldloop
from goldloop.errors import OptionError, StatementError

NAMED = "data_col => 'units', timestamp_col => 'day'"
BY_SHOP = f"{NAMED}, id_cols => ['shop']"


@pytest.fixture(scope="module")
def session():
    random = np.random.default_rng(4)
    with duckdb.connect() as con:
        found = goldloop.connect(con)
        con.execute("create schema s")
        con.execute("create table s.sales (day date, shop text, units double)")
        rows = []
        for shop, level in (("a", 100), ("b", 50)):
            for i in range(120):
                day = dt.date(2024, 1, 1) + dt.timedelta(days=i)
                shift = 25 if shop == "b" and i >= 70 else 0
                units = level + shift + 6 * (i % 7 == 2) + random.normal()
                rows.append((day, shop, units))
        rows += [(dt.date(2024, 1, 1), "single", 1.0), (dt.date(2024, 1, 2), "a", None)]
        con.executemany("insert into s.sales values (?, ?, ?)", rows)
        yield found


def rows(session, call, columns="*", rest=""):
    return session.sql(f"select {columns} from {call} {rest}").fetchall()


def test_a_forecast_needs_no_model(session):
    result = session.sql(f"select * from ai.forecast(table s.sales, {BY_SHOP}, horizon => 3)")
    assert result.columns == [
        "shop",
        "forecast_timestamp",
        "forecast_value",
        "confidence_level",
        "prediction_interval_lower_bound",
        "prediction_interval_upper_bound",
        "ai_forecast_status",
    ]
    found = result.fetchall()
    assert [row[0] for row in found] == ["a"] * 3 + ["b"] * 3 + ["single"]
    assert [row[1].date().day for row in found[:3]] == [30, 1, 2]
    for _, _, value, level, low, high, status in found[:6]:
        assert (level, status) == (0.95, "")
        assert low < value < high
    assert found[6][1:3] == (None, None)
    assert found[6][6].startswith("a single time point")


def test_it_is_the_forecast_of_an_arima_plus(session):
    session.sql(
        "create or replace model s.m options(model_type='arima_plus', horizon=10, "
        "time_series_timestamp_col='day', time_series_data_col='units') as "
        "select day, units from s.sales where shop = 'a'"
    )
    expected = rows(
        session,
        "ml.forecast(model s.m, struct(10 as horizon, 0.8 as confidence_level))",
        "forecast_timestamp, forecast_value, prediction_interval_lower_bound",
    )
    source = "(select day, units from s.sales where shop = 'a')"
    found = rows(
        session,
        f"ai.forecast({source}, {NAMED}, confidence_level => 0.8)",
        "forecast_timestamp, forecast_value, prediction_interval_lower_bound",
    )
    assert found == expected


def test_the_last_instant_takes_the_place_of_the_horizon(session):
    end = "forecast_end_timestamp => timestamp '2024-05-04 12:00:00'"
    found = rows(
        session, f"ai.forecast(table s.sales, {BY_SHOP}, {end})", "shop, forecast_timestamp::date"
    )
    assert [day.isoformat() for shop, day in found if shop == "a"] == [
        "2024-04-30",
        "2024-05-01",
        "2024-05-02",
        "2024-05-03",
        "2024-05-04",
    ]


def test_a_context_window_leaves_the_older_time_points_out(session):
    whole = f"ai.forecast(table s.sales, {BY_SHOP}, context_window => 20)"
    recent = f"ai.forecast((select * from s.sales where day > '2024-04-09'), {BY_SHOP})"
    keep = "where shop <> 'single'"
    assert rows(session, whole, "*", keep) == rows(session, recent, "*", keep)


def test_the_history_comes_too_when_asked_for(session):
    result = session.sql(
        f"select * from ai.forecast(table s.sales, {BY_SHOP}, horizon => 2, "
        "output_historical_time_series => true) where shop = 'a'"
    )
    assert result.columns == [
        "shop",
        "time_series_type",
        "time_series_timestamp",
        "time_series_data",
        "confidence_level",
        "prediction_interval_lower_bound",
        "prediction_interval_upper_bound",
        "ai_forecast_status",
    ]
    found = result.fetchall()
    assert [row[1] for row in found] == ["history"] * 120 + ["forecast"] * 2


def test_evaluation_compares_with_later_measurements(session):
    past, later = (f"(select * from s.sales where day {op} '2024-04-20')" for op in ("<", ">="))
    found = rows(session, f"ai.evaluate({past}, {later}, {BY_SHOP}, horizon => 5)")
    forecast = rows(
        session, f"ai.forecast({past}, {BY_SHOP}, horizon => 5)", "shop, forecast_value"
    )
    for shop, *metrics, status in found:
        actual = rows(session, later, "units", f"where shop = '{shop}' order by day limit 5")
        y = np.array([value for (value,) in actual])
        f = np.array([value for name, value in forecast if name == shop])
        assert status == ""
        assert metrics[0] == pytest.approx(np.abs(y - f).mean())
        assert metrics[3] == pytest.approx(np.abs((y - f) / y).mean())
    assert [row[0] for row in found] == ["a", "b"]


@pytest.mark.parametrize(
    "target",
    ["target_last_n_points => 4", "target_start_timestamp => timestamp '2024-04-26'"],
)
def test_the_last_measurements_are_judged_by_those_before(session, target):
    source = "(select day, shop, units + if(day = '2024-04-27', 30, 0) as units from s.sales)"
    call = f"ai.detect_anomalies({source}, {BY_SHOP}, anomaly_prob_threshold => 0.9, {target})"
    found = rows(session, call, "*", "where shop <> 'single'")
    assert len(found) == 8
    past = f"(select * from {source} where day < '2024-04-26')"
    expected = {
        (shop, at): (value, high - value)
        for shop, at, value, high in rows(
            session,
            f"ai.forecast({past}, {BY_SHOP}, horizon => 4, confidence_level => 0.9)",
            "shop, forecast_timestamp, forecast_value, prediction_interval_upper_bound",
            "where shop <> 'single'",
        )
    }
    for shop, at, units, is_anomaly, low, high, probability, status in found:
        value, reach = expected[shop, at]
        assert status == ""
        assert (low, high) == pytest.approx((value - reach, value + reach))
        z = abs(units - value) / reach * 1.6448536269514722
        assert probability == pytest.approx(erf(z / math.sqrt(2)))
        assert is_anomaly == (probability > 0.9)
    assert {at.date().day for _, at, *rest in found if rest[4] > 0.999999} == {27}


def test_measurements_to_judge_may_be_of_another_table(session):
    past, later = (f"(select * from s.sales where day {op} '2024-04-20')" for op in ("<", ">="))
    found = rows(session, f"ai.detect_anomalies({past}, {later}, {BY_SHOP})", "shop, is_anomaly")
    assert len(found) == 20


def test_a_lasting_shift_is_a_change_point_and_a_season_is_none(session):
    result = session.sql(f"select * from ml.detect_change_points(table s.sales, {BY_SHOP})")
    assert result.columns == ["shop", "begin_timestamp", "end_timestamp", "metrics", "status"]
    found = result.fetchall()
    assert [row[0] for row in found] == ["b", "single"]
    _, begin, end, metrics, status = found[0]
    assert abs((begin.date() - dt.date(2024, 3, 11)).days) <= 1
    assert (end.date(), status) == (dt.date(2024, 4, 29), "")
    assert metrics["avg"] == pytest.approx(76, abs=1)
    assert metrics["count"] == (end - begin).days + 1
    assert set(metrics) == {"avg", "min", "max", "stddev", "count"}


def test_seasons_are_told_apart_and_continued(session):
    call = f"ml.seasonality(table s.sales, {BY_SHOP}, horizon => 7, seasonalities => ['WEEKLY'])"
    result = session.sql(f"select * from {call}")
    assert result.columns == [
        "shop",
        "day",
        "time_series_type",
        "units",
        "yearly",
        "quarterly",
        "monthly",
        "weekly",
        "daily",
        "status",
    ]
    weekly = [row[7] for row in result.fetchall() if row[0] == "a" and row[2] == "forecast"]
    assert len(weekly) == 7
    assert max(weekly) == pytest.approx(6 * 6 / 7, abs=1)
    assert sum(weekly) == pytest.approx(0, abs=1)
    nothing = f"ml.seasonality(table s.sales, {BY_SHOP}, seasonalities => ['NO_SEASONALITY'])"
    assert rows(session, nothing, "count(weekly), count(units)") == [(0, 240)]


def test_a_trend_has_neither_season_nor_noise(session):
    call = f"ml.trend(table s.sales, {BY_SHOP}, horizon => 3)"
    trend = [row[4] for row in rows(session, call) if row[0] == "a"]
    assert len(trend) == 123
    assert np.std(trend[:120]) < 0.8
    stepped = [row[4] for row in rows(session, call) if row[0] == "b"]
    assert stepped[119] - stepped[0] == pytest.approx(25, abs=2)
    level = f"ml.trend(table s.sales, {BY_SHOP}, adjust_step_changes => true)"
    levelled = [row[4] for row in rows(session, level) if row[0] == "b"]
    assert levelled[119] - levelled[0] == pytest.approx(0, abs=3)


@pytest.mark.parametrize(
    "call",
    [
        f"ai.forecast((select * from s.sales where false), {NAMED})",
        f"ml.trend((select * from s.sales where false), {BY_SHOP})",
        f"ml.detect_change_points((select * from s.sales where units is null), {NAMED})",
    ],
)
def test_no_rows_are_no_series(session, call):
    assert rows(session, call) == []


REFUSED = {
    "ai.forecast(table s.sales, data_col => 'unit', timestamp_col => 'day')": (
        OptionError,
        "data_col names the column 'unit', which the rows do not have; they have day, shop, "
        "units. Did you mean 'units'?",
    ),
    f"ai.forecast(table s.sales, {NAMED}, model => 'TimesFM 2.5')": (
        OptionError,
        "TimesFM is a foundation model",
    ),
    f"ai.forecast(table s.sales, {NAMED}, horizon => 2, forecast_end_timestamp => "
    "timestamp '2025-01-01')": (OptionError, "exclude each other"),
    "ai.forecast(table s.sales, timestamp_col => 'day')": (OptionError, "data_col is missing"),
    f"ai.detect_anomalies(table s.sales, {NAMED})": (StatementError, "told 0 times"),
    f"ai.detect_anomalies(table s.sales, table s.sales, {NAMED}, target_last_n_points => 3)": (
        StatementError,
        "told 2 times",
    ),
    f"ai.evaluate(table s.sales, {NAMED})": (StatementError, "needs 2 tables or queries"),
    f"ml.seasonality(table s.sales, {NAMED}, seasonalities => ['WEEKLI'])": (
        OptionError,
        "Did you mean 'WEEKLY'?",
    ),
    f"ml.trend(table s.sales, {NAMED}, smoothing_window_size => 0)": (OptionError, "[1, inf)"),
}


@pytest.mark.parametrize(("call", "fault"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_done_is_refused(session, call, fault):
    kind, said = fault
    with pytest.raises(kind) as error:
        session.sql(f"select * from {call}")
    assert said in str(error.value)


def test_data_that_are_not_finite_are_told_in_the_status(session):
    source = "(select day, 'infinity'::double as units from s.sales where shop = 'a')"
    found = session.sql(
        f"select ai_forecast_status from ai.forecast({source}, {NAMED})", dialect="duckdb"
    ).fetchall()
    assert found == [("the data hold NaN or infinity; leave those rows out",)]
