"""The model of one series: its parts, the ARIMA of its level, and both carried forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.arima import Arima, Path, forecast, one_step
from goldloop.training.time_series.decompose import Parts, decompose
from goldloop.training.time_series.frequency import Times
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.order_search import Candidate, search
from goldloop.training.time_series.regular import Regular, regular
from goldloop.training.time_series.settings import Settings


@dataclass(frozen=True)
class Future:
    """The points after the history: value = trend + seasons + holidays."""

    times: Times
    trend: Floats
    errors: Floats
    seasons: dict[str, Floats]
    holidays: dict[str, Floats]

    @property
    def values(self) -> Floats:
        """Return the forecast."""
        parts = [*self.seasons.values(), *self.holidays.values()]
        return self.trend + sum(parts, np.zeros_like(self.trend))


@dataclass(frozen=True)
class SeriesModel:
    """A fitted series; `candidates` has the chosen order first.

    `level` is what ARIMA was fitted to, smoothed where that is asked for; `trend` its
    one-step prediction.
    """

    series: Regular
    parts: Parts
    candidates: Sequence[Candidate]
    arima: Arima
    level: Floats
    trend: Floats
    future: Future

    @property
    def adjusted(self) -> Floats:
        """Return the history without spikes, dips and steps."""
        return self.series.values - self.parts.spikes_and_dips - self.parts.step_changes

    @property
    def residual(self) -> Floats:
        """Return the history's errors: adjusted - trend - seasons - holidays."""
        return self.parts.level - self.trend

    @property
    def seasonal_periods(self) -> list[str]:
        """Return the names of the seasons, or that there are none, as BigQuery ML does."""
        return [part.calendar.name for part in self.parts.seasons] or ["NO_SEASONALITY"]


class NoModelError(Exception):
    """No candidate could be fitted; the message says why of each."""


def fit_series(times: Times, values: Floats, settings: Settings) -> SeriesModel:
    """Fit one series given in any order.

    Raises:
        ValueError: the series has no point, or no frequency.
        NoModelError: no order could be fitted.
    """
    series = regular(times, values, settings.frequency)
    parts = decompose(series, settings)
    level = _smoothed(parts.level, settings.smoothing_window)
    recent = level[len(level) - settings.trend_length(len(level)) :]
    candidates = search(recent, settings.search)
    arima = candidates[0].model
    if arima is None:
        reasons = dict.fromkeys(each.error for each in candidates)
        raise NoModelError("; ".join(reasons))
    path = forecast(arima, recent, settings.horizon)
    future = _future(series, parts, path, settings)
    return SeriesModel(series, parts, candidates, arima, level, one_step(arima, level), future)


def _smoothed(level: Floats, window: int | None) -> Floats:
    """Return the centred moving average, ends padded with the first and the last value."""
    if window is None or window == 1:
        return level
    before = window // 2
    padded = np.pad(level, (before, window - 1 - before), mode="edge")
    return np.convolve(padded, np.full(window, 1.0 / window), mode="valid")


def _future(series: Regular, parts: Parts, path: Path, settings: Settings) -> Future:
    length = len(series.values)
    times = series.grid.at(np.arange(length, length + settings.horizon))
    seasons = {
        part.calendar.name: part.ahead(series.grid, settings.horizon) for part in parts.seasons
    }
    holidays = parts.holiday_effects.at(times, series.grid.frequency, settings.holidays)
    return Future(times, path.values, path.errors, seasons, holidays)
