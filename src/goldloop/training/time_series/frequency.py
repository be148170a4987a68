"""How often a series was measured, and the grid of its timestamps.

A frequency is a fixed step or a number of months. Timestamps are UTC, as
numpy.datetime64[us].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.datetime64]
Indexes = NDArray[np.int64]

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True)
class Frequency:
    """`step` microseconds, or `months`; one of the two is 0."""

    step: int = 0
    months: int = 0


# The values of DATA_FREQUENCY, and the unit whose start a timestamp is cut to when there are
# several in a unit.
FREQUENCIES: dict[str, Frequency] = {
    "per_minute": Frequency(MINUTE),
    "hourly": Frequency(HOUR),
    "daily": Frequency(DAY),
    "weekly": Frequency(7 * DAY),
    "monthly": Frequency(months=1),
    "quarterly": Frequency(months=3),
    "yearly": Frequency(months=12),
}
_NEAR = 0.2  # a gap this part of a named frequency away from it is that frequency


@dataclass(frozen=True)
class Grid:
    """Equally spaced timestamps: `at(i)` for every integer i; 0 is the first of the history."""

    frequency: Frequency
    start: np.datetime64
    is_month_end: bool = False

    def at(self, index: Indexes) -> Times:
        """Return the timestamps of the indexes."""
        if not self.frequency.months:
            return self.start + (index * self.frequency.step).astype("timedelta64[us]")
        month = self.start.astype("datetime64[M]") + index * self.frequency.months
        first = month.astype("datetime64[us]")
        last = ((month + 1).astype("datetime64[D]") - 1).astype("datetime64[us]")
        time = self.start - self.start.astype("datetime64[D]").astype("datetime64[us]")
        if self.is_month_end:
            return last + time
        day = (self.start.astype("datetime64[D]") - self.start.astype("datetime64[M]")).astype(
            "timedelta64[us]"
        )
        return np.minimum(first + day, last) + time

    def index_of(self, times: Times) -> Indexes:
        """Return the nearest index of each timestamp; of months, that of its own month."""
        if self.frequency.months:
            months = times.astype("datetime64[M]") - self.start.astype("datetime64[M]")
            return months.astype(np.int64) // self.frequency.months
        offset = (times - self.start).astype(np.int64)
        return np.floor_divide(2 * offset + self.frequency.step, 2 * self.frequency.step)


def grid_of(times: Times, name: str = "auto_frequency") -> Grid:
    """Return the grid of ascending distinct timestamps.

    Without a named frequency it is inferred: months when each timestamp falls on
    the same day of its month (or on its last), else the most frequent gap. With
    one that is coarser than the data, timestamps are cut to its unit.

    Raises:
        ValueError: there is a single timestamp, from which no frequency follows.
    """
    if name != "auto_frequency":
        return _named(times, name)
    if len(times) < 2:
        raise ValueError("a single time point, from which no data frequency can be inferred")
    if months := _months(times):
        return Grid(Frequency(months=months), times[0], _are_month_ends(times))
    gaps = np.diff(times).astype(np.int64)
    values, counts = np.unique(gaps, return_counts=True)
    step = int(values[counts.argmax()])
    if counts.max() * 2 < len(gaps):
        step = _settled(int(np.median(gaps)))
    return Grid(Frequency(step), times[0])


def _named(times: Times, name: str) -> Grid:
    frequency = FREQUENCIES[name]
    if frequency.months:
        first = times[0].astype("datetime64[M]")
        if frequency.months == 3:
            first -= first.astype(np.int64) % 3
        if frequency.months == 12:
            first = first.astype("datetime64[Y]").astype("datetime64[M]")
        if len(times) > 1 and _months(times) % frequency.months == 0 and _months(times):
            return Grid(frequency, times[0], _are_month_ends(times))
        return Grid(frequency, first.astype("datetime64[us]"))
    gap = float(np.median(np.diff(times).astype(np.int64))) if len(times) > 1 else frequency.step
    if gap > 0.75 * frequency.step:
        return Grid(frequency, times[0])
    # Many time points in a unit: index_of rounds, so the unit begins half a step earlier.
    unit = int(times[0].astype(np.int64)) // frequency.step * frequency.step
    if frequency.step == 7 * DAY:
        unit = _monday(times[0])
    return _Cut(frequency, np.datetime64(unit, "us"))


class _Cut(Grid):
    """A grid whose timestamps are the starts of units that hold many time points."""

    def index_of(self, times: Times) -> Indexes:
        offset = (times - self.start).astype(np.int64)
        return np.floor_divide(offset, self.frequency.step)


def _monday(time: np.datetime64) -> int:
    days = int(time.astype("datetime64[D]").astype(np.int64))
    return (days - (days + 3) % 7) * DAY


def _months(times: Times) -> int:
    """Return the months between timestamps of one day of the month, 0 when there is no such day."""
    months = np.diff(times.astype("datetime64[M]").astype(np.int64))
    if not len(months) or months.min() < 1:
        return 0
    of_month = times - times.astype("datetime64[M]").astype("datetime64[us]")
    if len(np.unique(of_month)) > 1 and not _are_month_ends(times):
        return 0
    if len(times) == 2 and months[0] == 1 and not _are_firsts(times):
        return 0
    return int(np.gcd.reduce(months))


def _are_firsts(times: Times) -> bool:
    return bool((times.astype("datetime64[D]") == times.astype("datetime64[M]")).all())


def _are_month_ends(times: Times) -> bool:
    following = times.astype("datetime64[D]") + 1
    at = times - times.astype("datetime64[D]").astype("datetime64[us]")
    return bool((following == following.astype("datetime64[M]")).all()) and len(np.unique(at)) == 1


def _settled(gap: int) -> int:
    for frequency in FREQUENCIES.values():
        if frequency.step and abs(gap - frequency.step) <= _NEAR * frequency.step:
            return frequency.step
    return gap
