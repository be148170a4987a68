"""A regular series taken apart: holidays, spikes and dips, steps, seasons, and what is left.

data = seasons + holidays + spikes_and_dips + step_changes + level, where the
level is what ARIMA models. Steps are levelled to where the series ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.frequency import DAY
from goldloop.training.time_series.holiday_effects import (
    HolidayEffects,
    are_applicable,
    holiday_effects,
)
from goldloop.training.time_series.interventions import effect, interventions
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.regular import Regular
from goldloop.training.time_series.seasonality import (
    Calendar,
    Component,
    calendars,
    components,
    significant,
    total,
)
from goldloop.training.time_series.settings import Settings


@dataclass(frozen=True)
class Parts:
    """The components of a history, and what continues them."""

    seasons: tuple[Component, ...]
    holiday_effects: HolidayEffects
    holidays: dict[str, Floats]
    spikes_and_dips: Floats
    step_changes: Floats
    level: Floats


def decompose(series: Regular, settings: Settings) -> Parts:
    """Take a regular series apart."""
    data, length = series.values, len(series.values)
    possible = calendars(series.grid, length, settings.seasonalities)
    seasons = _chosen(data, possible, settings)
    effects = _holidays(data, series, seasons, settings)
    holidays = effects.at(series.times, series.grid.frequency, settings.holidays)
    rest = data - sum(holidays.values(), np.zeros(length))
    spikes, steps = _disturbances(rest, seasons, settings)
    cleaned = rest - spikes - steps
    parts = components(cleaned, _chosen(cleaned, possible, settings))
    level = cleaned - total(parts, length)
    return Parts(tuple(parts), effects, holidays, spikes, steps, level)


def _chosen(values: Floats, possible: Sequence[Calendar], settings: Settings) -> Sequence[Calendar]:
    return significant(values, possible) if settings.seasonalities is None else possible


def _holidays(
    data: Floats, series: Regular, seasons: Sequence[Calendar], settings: Settings
) -> HolidayEffects:
    times, frequency = series.times, series.grid.frequency
    if not settings.holidays or not are_applicable(times, frequency):
        return HolidayEffects({})
    # A yearly season would take most holidays for itself.
    short = [each for each in seasons if each.season.length and each.season.length <= 7 * DAY]
    rest = data - total(components(data, short, robust=True), len(data))
    return holiday_effects(rest, times, frequency, settings.holidays)


def _disturbances(
    values: Floats, seasons: Sequence[Calendar], settings: Settings
) -> tuple[Floats, Floats]:
    """Return the effects of spikes and dips, and of steps."""
    nothing = np.zeros_like(values)
    if not (settings.clean_spikes_and_dips or settings.adjust_step_changes):
        return nothing, nothing
    length = len(values)
    seasonal = total(components(values, seasons, robust=True), length)
    spikes, steps = _found(values - seasonal, settings)
    if spikes.any() or steps.any():
        # Seasons had taken a part of what is now known to be none of theirs.
        seasonal = total(components(values - spikes - steps, seasons), length)
        spikes, steps = _found(values - seasonal, settings)
    return spikes, steps


def _found(rest: Floats, settings: Settings) -> tuple[Floats, Floats]:
    found, length = interventions(rest), len(rest)
    steps = np.zeros(length)
    if settings.adjust_step_changes:
        steps = effect([each for each in found if each.kind == "step"], length)
        steps = steps - steps[-1]
    outliers = [each.at for each in found if each.kind == "spike"]
    if not settings.clean_spikes_and_dips or not outliers:
        return np.zeros(length), steps
    levelled = rest - steps
    kept = np.setdiff1d(np.arange(length), outliers)
    return levelled - np.interp(np.arange(length), kept, levelled[kept]), steps
