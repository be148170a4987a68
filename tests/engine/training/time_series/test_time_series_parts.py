"""Spikes, steps, holidays and limits; and all of them in one model."""

import datetime as dt

import numpy as np
import pytest

from goldloop.training.time_series.arima import Order
from goldloop.training.time_series.frequency import DAY, Frequency
from goldloop.training.time_series.holiday_calendar import (
    REGIONS,
    Holiday,
    public_holidays,
    without_replaced,
)
from goldloop.training.time_series.holiday_effects import holiday_effects
from goldloop.training.time_series.interventions import effect, interventions
from goldloop.training.time_series.limits import Limits
from goldloop.training.time_series.model import fit_series
from goldloop.training.time_series.order_search import Search
from goldloop.training.time_series.settings import Settings

DAYS = np.datetime64("2021-01-01", "us") + np.arange(800) * np.timedelta64(DAY, "us")
NOISE = np.random.default_rng(5).normal(size=800)
SETTINGS = Settings(horizon=30)


@pytest.mark.parametrize(
    "background",
    [NOISE[:200], np.cumsum(NOISE[:200]), 0.1 * np.arange(200) + NOISE[:200]],
    ids=["noise", "walk", "line"],
)
def test_a_spike_and_a_step_are_found_where_they_are(background):
    assert len(interventions(background)) <= 1
    disturbed = background.copy()
    disturbed[60] -= 12
    disturbed[130:] += 10
    found = interventions(disturbed)
    assert ("spike", 60) in [(each.kind, each.at) for each in found]
    assert ("step", 130) in [(each.kind, each.at) for each in found]
    assert effect(found, 200)[150] == pytest.approx(10, abs=2.5)
    assert effect(found, 200)[60] == pytest.approx(-12, abs=2.5)


def test_the_first_few_points_are_no_level_of_their_own():
    days = np.arange(150)
    for seed in range(6):
        noise = np.random.default_rng(seed).uniform(-10, 10, 150)
        spiked = 120 + 60 * (days % 7 == 5) + noise
        spiked[100] += 400
        parts = fit_series(DAYS[:150], spiked, Settings(horizon=3)).parts
        assert not parts.step_changes.any()


@pytest.mark.parametrize("length", [0, 1, 5, 11])
def test_a_short_series_has_no_disturbances(length):
    assert interventions(NOISE[:length]) == []


def test_a_mostly_constant_series_has_no_disturbances():
    sparse = np.zeros(100)
    sparse[[10, 40, 70]] = 5
    assert interventions(sparse) == []


def with_parts(days=DAYS):
    t = np.arange(len(days))
    values = 50 + 0.02 * t + 4 * (t % 7 == 2) + NOISE[: len(days)]
    values[300] += 25
    values[500:] += 12
    for year in (2021, 2022):
        july = (np.datetime64(f"{year}-07-04", "us") - days[0]) // np.timedelta64(DAY, "us")
        values[july] += 15
    return values


HOLIDAYS = public_holidays(["US"], dt.date(2021, 1, 1), dt.date(2024, 1, 1))


def test_the_parts_of_a_series_are_told_apart_and_add_up():
    found = fit_series(DAYS, with_parts(), Settings(horizon=400, holidays=HOLIDAYS))
    parts = found.parts
    assert found.seasonal_periods == ["WEEKLY"]
    assert parts.holidays["Independence Day"].max() == pytest.approx(15, abs=3)
    assert parts.spikes_and_dips[300] == pytest.approx(25, abs=4)
    assert parts.step_changes[0] == pytest.approx(-12, abs=2)
    assert parts.step_changes[-1] == 0
    seasons = sum(part.history for part in parts.seasons)
    holidays = sum(parts.holidays.values())
    np.testing.assert_allclose(found.adjusted, found.trend + seasons + holidays + found.residual)
    np.testing.assert_allclose(
        found.adjusted + parts.spikes_and_dips + parts.step_changes, with_parts()
    )
    july = (np.datetime64("2023-07-04", "us") - DAYS[-1]) // np.timedelta64(DAY, "us") - 1
    assert found.future.holidays["Independence Day"][july] == pytest.approx(15, abs=3)
    t = np.arange(800, 860)
    expected = 62 + 0.02 * t + 4 * (t % 7 == 2)
    assert np.abs(found.future.values[:60] - expected).mean() < 1.5


def test_what_is_switched_off_stays_in_the_series():
    plain = fit_series(
        DAYS,
        with_parts(),
        Settings(horizon=10, clean_spikes_and_dips=False, adjust_step_changes=False),
    )
    assert not plain.parts.spikes_and_dips.any()
    assert not plain.parts.step_changes.any()
    only_steps = fit_series(DAYS, with_parts(), Settings(horizon=10, clean_spikes_and_dips=False))
    assert not only_steps.parts.spikes_and_dips.any()
    assert only_steps.parts.step_changes.any()


def test_seasons_can_be_named_or_forbidden():
    values = with_parts()
    none = fit_series(DAYS, values, Settings(horizon=10, seasonalities=()))
    assert none.seasonal_periods == ["NO_SEASONALITY"]
    yearly = fit_series(DAYS, values, Settings(horizon=10, seasonalities=("YEARLY",)))
    assert yearly.seasonal_periods == ["YEARLY"]


def test_the_trend_is_fitted_to_the_end_of_the_series_only():
    settings = Settings(horizon=5, length_fraction=0.1, min_length=20)
    assert settings.trend_length(800) == 80
    assert settings.trend_length(100) == 20
    assert settings.trend_length(10) == 10
    assert Settings(max_length=30).trend_length(800) == 30
    turned = np.concatenate([np.arange(400.0), 400 - np.arange(100.0)]) + NOISE[:500] * 0.1
    drift = Search(fixed=Order(0, 1, 0, has_drift=True))
    whole = fit_series(DAYS[:500], turned, Settings(horizon=50, search=drift))
    recent = fit_series(DAYS[:500], turned, Settings(horizon=50, search=drift, max_length=60))
    assert recent.future.trend[-1] < turned[-1] - 40 < turned[-1] + 20 < whole.future.trend[-1]
    assert len(recent.trend) == 500


def test_the_trend_is_smoothed_by_a_centred_mean_before_it_is_modelled():
    values = NOISE[:60]
    window = Settings(horizon=3, smoothing_window=5, seasonalities=(), search=Search(0))
    plain = fit_series(DAYS[:60], values, Settings(horizon=3, seasonalities=(), search=Search(0)))
    smooth = fit_series(DAYS[:60], values, window)
    assert smooth.arima.arma.variance < plain.arima.arma.variance / 3


def test_a_future_begins_one_step_after_the_history():
    future = fit_series(DAYS[:50], NOISE[:50], SETTINGS).future
    assert future.times[0] - DAYS[49] == np.timedelta64(DAY, "us")
    assert len(future.times) == 30
    assert (np.diff(future.errors) >= 0).all()


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_holidays(region):
    assert len(public_holidays([region], dt.date(2021, 1, 1), dt.date(2021, 12, 31))) >= 2


def test_an_own_holiday_replaces_the_public_one_of_its_name():
    public = [Holiday("US", "Christmas Day", dt.date(2022, 12, 25))]
    own = [Holiday("US", "CHRISTMAS DAY", dt.date(2022, 12, 25), 3, 0)]
    assert without_replaced(public, own) == tuple(own)


def test_a_weekly_series_has_the_effect_in_the_week_of_the_holiday():
    weeks = np.datetime64("2019-12-30", "us") + np.arange(150) * np.timedelta64(7 * DAY, "us")
    holidays = [Holiday("X", "Fair", dt.date(year, 5, 6), 0, 0) for year in (2020, 2021, 2022)]
    values = NOISE[:150] * 0.1
    for each in holidays:
        values[((weeks <= np.datetime64(each.date)).sum()) - 1] += 9
    found = holiday_effects(values, weeks, Frequency(7 * DAY), holidays)
    assert found.sizes[("Fair", 0)] == pytest.approx(9, abs=0.5)


def test_a_short_or_hourly_series_has_no_holiday_effects():
    short = fit_series(DAYS[:200], with_parts()[:200], Settings(horizon=5, holidays=HOLIDAYS))
    assert short.parts.holidays == {}


def test_values_beyond_a_limit_are_moved_within_it():
    limits = Limits(0.0, 10.0)
    scaled = limits.to_scale(np.array([-1.0, 0.0, 2.0, 5.0, 10.0]))
    assert np.isfinite(scaled).all()
    assert scaled[3] == 0
    assert scaled[0] == scaled[1] < scaled[2]
    assert not Limits()
