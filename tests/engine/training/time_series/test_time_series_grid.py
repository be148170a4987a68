"""Frequencies, gaps, duplicates and calendars."""

import numpy as np
import pytest

from goldloop.training.time_series.frequency import DAY, HOUR, MINUTE, Frequency, Grid, grid_of
from goldloop.training.time_series.regular import regular
from goldloop.training.time_series.seasonality import calendars, components, significant, total


def times(*texts):
    return np.array(texts, dtype="datetime64[us]")


def every(step, count, start="2024-01-01"):
    return np.datetime64(start, "us") + np.arange(count) * np.timedelta64(step, "us")


def months(start, count, step=1):
    return (np.datetime64(start, "M") + step * np.arange(count)).astype("datetime64[us]")


@pytest.mark.parametrize(
    ("found", "frequency"),
    [
        (every(MINUTE, 5), Frequency(MINUTE)),
        (every(15 * MINUTE, 5), Frequency(15 * MINUTE)),
        (every(HOUR, 30), Frequency(HOUR)),
        (every(DAY, 40), Frequency(DAY)),
        (every(7 * DAY, 20), Frequency(7 * DAY)),
        (months("2023-01", 12), Frequency(months=1)),
        (months("2023-01", 8, 3), Frequency(months=3)),
        (months("2000-01", 8, 12), Frequency(months=12)),
        (times("2023-01-31", "2023-02-28", "2023-03-31"), Frequency(months=1)),
        (np.delete(every(DAY, 40), [3, 4, 20]), Frequency(DAY)),
        (np.delete(months("2023-01", 12), [4]), Frequency(months=1)),
        (times("2024-01-01", "2024-01-02"), Frequency(DAY)),
    ],
)
def test_the_frequency_is_inferred(found, frequency):
    assert grid_of(found).frequency == frequency


def test_month_ends_stay_month_ends():
    grid = grid_of(times("2023-11-30", "2023-12-31", "2024-01-31"))
    assert grid.at(np.arange(5)).astype("datetime64[D]").astype(str).tolist() == [
        "2023-11-30",
        "2023-12-31",
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
    ]


def test_a_day_of_the_month_stays_the_same_with_its_time():
    grid = grid_of(times("2023-11-15T06:00", "2023-12-15T06:00", "2024-01-15T06:00"))
    assert str(grid.at(np.array([3]))[0]) == "2024-02-15T06:00:00.000000"


def test_irregular_days_are_moved_to_the_nearest_step():
    jitter = np.array([0, 3, -2, 4, 1]).astype("timedelta64[h]")
    found = regular(every(DAY, 5, "2024-01-01T12:00") + jitter, np.arange(5.0), "daily")
    assert found.values.tolist() == [0, 1, 2, 3, 4]


def test_hours_are_averaged_to_days():
    found = regular(every(HOUR, 72, "2024-01-01T05:00"), np.arange(72.0), "daily")
    assert found.times.astype("datetime64[D]").astype(str).tolist() == [
        "2024-01-01",
        "2024-01-02",
        "2024-01-03",
        "2024-01-04",
    ]
    assert found.values.tolist() == [9.0, 30.5, 54.5, 69.0]


def test_days_are_averaged_to_months_and_quarters():
    days = every(DAY, 60)
    assert regular(days, np.ones(60), "monthly").times.astype("datetime64[M]").astype(
        str
    ).tolist() == ["2024-01", "2024-02"]
    assert len(regular(days, np.ones(60), "quarterly").values) == 1
    assert len(regular(days, np.ones(60), "weekly").values) == 9


def test_duplicates_are_averaged_and_gaps_interpolated():
    found = regular(
        times("2024-01-05", "2024-01-01", "2024-01-02", "2024-01-02", "2024-01-06"),
        np.array([8.0, 1.0, 1.0, 3.0, 9.0]),
        "daily",
    )
    assert found.values.tolist() == [1, 2, 4, 6, 8, 9]
    assert found.positions.tolist() == [0, 1, 4, 5]


def test_one_point_has_a_frequency_only_if_it_is_told():
    with pytest.raises(ValueError, match="no data frequency can be inferred"):
        regular(times("2024-01-01"), np.ones(1))
    assert regular(times("2024-01-01"), np.ones(1), "daily").values.tolist() == [1]


def test_a_timestamp_far_off_is_an_error_rather_than_an_endless_grid():
    with pytest.raises(ValueError, match="3 time points span"):
        regular(times("0001-01-01", "2024-01-01", "2024-01-01T00:01"), np.ones(3), "per_minute")


def named(grid, length):
    return {each.name: each.slots for each in calendars(grid, length)}


@pytest.mark.parametrize(
    ("frequency", "length", "expected"),
    [
        (Frequency(HOUR), 24 * 15, {"DAILY": 24, "WEEKLY": 168}),
        (Frequency(DAY), 800, {"WEEKLY": 7, "MONTHLY": 31, "QUARTERLY": 92, "YEARLY": 366}),
        (Frequency(DAY), 20, {"WEEKLY": 7}),
        (Frequency(DAY), 13, {}),
        (Frequency(months=1), 30, {"QUARTERLY": 3, "YEARLY": 12}),
        (Frequency(months=3), 8, {"YEARLY": 4}),
        (Frequency(months=12), 30, {}),
        (Frequency(7 * HOUR), 500, {"WEEKLY": 24}),
    ],
)
def test_seasons_are_those_that_the_history_spans_twice(frequency, length, expected):
    grid = Grid(frequency, np.datetime64("2020-01-01", "us"))
    assert named(grid, length) == expected


def series(length, function, step=DAY):
    grid = Grid(Frequency(step), np.datetime64("2020-03-15", "us"))
    noise = np.random.default_rng(2).normal(size=length)
    return grid, function(np.arange(length), noise)


@pytest.mark.parametrize(
    ("length", "function", "step", "expected"),
    [
        (400, lambda t, e: e, DAY, []),
        (400, lambda t, e: np.cumsum(e), DAY, []),
        (400, lambda t, e: 0.1 * t + e, DAY, []),
        (400, lambda t, e: 2.0 * (t % 7 == 0) + e, DAY, ["WEEKLY"]),
        (800, lambda t, e: np.sin(2 * np.pi * t / 365.25) + e, DAY, ["YEARLY"]),
        (
            1100,
            lambda t, e: 2 * np.sin(2 * np.pi * t / 365.25) + 3 * (t % 7 == 3) + e,
            DAY,
            ["WEEKLY", "YEARLY"],
        ),
        (
            24 * 40,
            lambda t, e: np.sin(2 * np.pi * t / 24) + 2 * (t // 24 % 7 > 4) + e,
            HOUR,
            ["DAILY", "WEEKLY"],
        ),
    ],
    ids=["noise", "walk", "line", "weekly", "yearly", "weekly and yearly", "daily and weekly"],
)
def test_a_season_is_found_where_there_is_one_and_only_there(length, function, step, expected):
    grid, values = series(length, function, step)
    found = significant(values, calendars(grid, length))
    assert [each.name for each in found] == expected


def test_a_monthly_season_keeps_to_the_days_of_the_calendar():
    grid = Grid(Frequency(DAY), np.datetime64("2021-01-01", "us"))
    days = grid.at(np.arange(900))
    of_month = (days.astype("datetime64[D]") - days.astype("datetime64[M]")).astype(int)
    values = 10.0 * (of_month == 0) + np.random.default_rng(0).normal(size=900) * 0.1
    found = calendars(grid, 900, ("MONTHLY",))
    assert significant(values, found) == found
    ahead = components(values, found)[0].ahead(grid, 100)
    future = grid.at(np.arange(900, 1000))
    firsts = (future.astype("datetime64[D]") == future.astype("datetime64[M]")).nonzero()[0]
    assert set(np.argsort(-ahead)[: len(firsts)]) == set(firsts)
    assert ahead[firsts].min() > 8


def test_seasons_are_continued_in_phase():
    grid, values = series(
        1100, lambda t, e: 5 * (t % 7 == 3) + 4 * np.sin(2 * np.pi * t / 365.25) + 0.3 * e
    )
    found = components(values, calendars(grid, 1100, ("WEEKLY", "YEARLY")))
    t = np.arange(1100, 1500)
    expected = 5 * (t % 7 == 3) - 5 / 7 + 4 * np.sin(2 * np.pi * t / 365.25)
    error = sum(each.ahead(grid, 400) for each in found) - expected
    assert np.sqrt((error**2).mean()) < 0.6
    assert np.abs(total(found, 1100) + 5 / 7 - (values - 0.3 * 0)).mean() < 0.6


def test_a_season_that_grows_with_the_years_goes_on_growing():
    t = np.arange(120)
    grid = Grid(Frequency(months=1), np.datetime64("2010-01-01", "us"))
    values = (1 + t / 60) * np.sin(2 * np.pi * t / 12)
    ahead = components(values, calendars(grid, 120, ("YEARLY",)))[0].ahead(grid, 12)
    assert np.ptp(values[-12:]) - 0.1 < np.ptp(ahead) < 1.2 * np.ptp(values[-12:])
