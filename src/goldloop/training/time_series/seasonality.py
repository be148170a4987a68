"""Seasonal components: found, taken out one after the other, and carried into the future.

Each is an STL over the slots of its calendar; several are iterated as in MSTL
(Bandara, Hyndman & Bergmeir, 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.frequency import Grid, Indexes
from goldloop.training.time_series.loess import Floats, loess
from goldloop.training.time_series.seasons import SEASONS, YEARLY, Season
from goldloop.training.time_series.smoothing import damped_holt
from goldloop.training.time_series.stl import stl

_ROUNDS = 2
_SMOOTHED_FROM, _SMOOTHING = 60, 15  # many slots share their noise with as many neighbours
_LINEAR_FROM = 5  # years that tell whether a season grows
_WINSOR = 4 * 1.4826  # median absolute deviations; what is beyond is not to decide


@dataclass(frozen=True)
class Calendar:
    """The slots of a season over a history: point i is the `cells[i]`-th slot since `start`.

    `start` is the slot of the first point in the cycle `first_cycle`; a month of
    30 days leaves the cell of its 31st day out.
    """

    season: Season
    slots: int
    first_cycle: int
    start: int
    cells: Indexes

    @property
    def name(self) -> str:
        """Return the season's name."""
        return self.season.name

    @property
    def has_many_slots(self) -> bool:
        """Return whether neighbouring slots are too alike to be told apart by a few cycles."""
        return bool(self.season.months) and self.slots >= _SMOOTHED_FROM

    @property
    def degree(self) -> int:
        """Return 1 where the season may grow: a year's within the decade that a window spans."""
        is_long = self.cells[-1] + 1 >= _LINEAR_FROM * self.slots
        return 1 if self.season.months == YEARLY.months and is_long else 0

    def spread(self, values: Floats) -> Floats:
        """Return the values over all cells, interpolated in those without a point."""
        return np.interp(np.arange(self.cells[-1] + 1), self.cells, values)


@dataclass(frozen=True)
class Component:
    """A seasonal component over all cells of its calendar."""

    calendar: Calendar
    cells: Floats

    @property
    def history(self) -> Floats:
        """Return the component at the points of the history."""
        return self.cells[self.calendar.cells]

    def ahead(self, grid: Grid, horizon: int) -> Floats:
        """Return the component at the `horizon` points after the history.

        Every slot is continued by damped double exponential smoothing over its cycles.
        """
        calendar, length = self.calendar, len(self.calendar.cells)
        last = calendar.start + len(self.cells) - 1
        table = np.full((last // calendar.slots + 1, calendar.slots), np.nan)
        table.flat[calendar.start : last + 1] = self.cells
        future = grid.at(np.arange(length, length + horizon))
        cycle, slot = calendar.season.locate(future, grid.frequency)
        return damped_holt(table).at(slot, cycle - calendar.first_cycle - (len(table) - 1))


def calendars(grid: Grid, length: int, wanted: Sequence[str] | None = None) -> list[Calendar]:
    """Return the seasons whose cycle the history spans at least twice.

    `wanted` names seasons; None means any.
    """
    times = grid.at(np.arange(length))
    found = []
    for season in SEASONS:
        slots = season.slots(grid.frequency)
        if slots < 2 or length < slots or (wanted is not None and season.name not in wanted):
            continue
        cycle, slot = season.locate(times, grid.frequency)
        cells = (cycle - cycle[0]) * slots + slot - slot[0]
        if cells[-1] + 1 >= 2 * slots:
            found.append(Calendar(season, slots, int(cycle[0]), int(slot[0]), cells))
    return found


def significant(values: Floats, found: Sequence[Calendar]) -> list[Calendar]:
    """Return the seasons that repeat themselves: AUTO of the option SEASONALITIES.

    Shortest first and without those accepted, a season is kept when the mean of the
    other cycles predicts a cycle better than nothing does, by a margin that shrinks
    with the number of cycles.
    """
    kept = []
    rest = values
    for each in found:
        cells = _detrended(each.spread(rest), each.slots)
        if each.has_many_slots:
            cells = loess(cells[None], _SMOOTHING)[0]
        if _gain(cells, each.slots) > 0.01 + 0.25 * each.slots / len(cells):
            kept.append(each)
            means = _slot_means(cells, each.slots)
            rest = rest - means[each.cells % each.slots]
    return kept


def components(values: Floats, found: Sequence[Calendar], robust: bool = False) -> list[Component]:
    """Return the component of each season; robust ones give outliers little weight."""
    parts = [Component(each, np.zeros(each.cells[-1] + 1)) for each in found]
    for _ in range(_ROUNDS if len(found) > 1 else 1):
        for i, each in enumerate(found):
            rest = values - total([part for j, part in enumerate(parts) if j != i], len(values))
            seasonal = stl(each.spread(rest), each.slots, 11 + 4 * i, each.degree, robust).seasonal
            if each.has_many_slots:
                seasonal = loess(seasonal[None], _SMOOTHING)[0]
            parts[i] = Component(each, seasonal)
    return parts


def total(parts: Sequence[Component], length: int) -> Floats:
    """Return the sum of the components over a history of `length` points."""
    return sum((part.history for part in parts), np.zeros(length))


def _detrended(cells: Floats, slots: int) -> Floats:
    window = 2 * slots + 1
    detrended = cells - loess(cells[None], window, jump=-(-window // 10))[0]
    centre = float(np.median(detrended))
    reach = _WINSOR * float(np.median(np.abs(detrended - centre)))
    return np.clip(detrended, centre - reach, centre + reach) if reach else detrended


def _gain(cells: Floats, slots: int) -> float:
    """Return 1 - the squared error of predicting cycles from the others over that of zeros."""
    n, slot = len(cells), np.arange(len(cells)) % slots
    counts = np.bincount(slot, minlength=slots)
    sums = np.bincount(slot, weights=cells, minlength=slots)
    known = counts[slot] > 1
    predicted = (sums[slot] - cells) / np.maximum(counts[slot] - 1, 1)
    size = float((cells[known] ** 2).sum())
    return 1.0 - float(((cells - predicted)[known] ** 2).sum()) / size if size and n else 0.0


def _slot_means(cells: Floats, slots: int) -> Floats:
    slot = np.arange(len(cells)) % slots
    return np.bincount(slot, weights=cells, minlength=slots) / np.bincount(slot, minlength=slots)
