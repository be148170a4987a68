"""What holidays do to a daily or weekly series: an effect per holiday and day of its window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import median_filter

from goldloop.training.time_series.frequency import DAY, Frequency, Times
from goldloop.training.time_series.holiday_calendar import Holiday
from goldloop.training.time_series.loess import Floats

_YEAR = 365  # days a history must span at least
_SIGNIFICANT = 2.0  # standard errors of an effect that is kept
_LEVEL = {DAY: 15, 7 * DAY: 7}  # points whose median is the level that effects are measured from


@dataclass(frozen=True)
class HolidayEffects:
    """The effect of a name on a day `offset` days after the holiday (0 for a whole week)."""

    sizes: dict[tuple[str, int], float]

    def at(
        self, times: Times, frequency: Frequency, holidays: Sequence[Holiday]
    ) -> dict[str, Floats]:
        """Return the effect of each name at each of the timestamps."""
        effects = {name: np.zeros(len(times)) for name, _ in self.sizes}
        for (name, offset), column in _columns(times, frequency, holidays).items():
            if size := self.sizes.get((name, offset)):
                effects[name] += size * column
        return effects


def are_applicable(times: Times, frequency: Frequency) -> bool:
    """Return whether the series is daily or weekly and longer than a year, as BigQuery ML asks."""
    if frequency.step not in _LEVEL:
        return False
    return bool((times[-1] - times[0]).astype("timedelta64[D]").astype(int) >= _YEAR)


def holiday_effects(
    values: Floats, times: Times, frequency: Frequency, holidays: Sequence[Holiday]
) -> HolidayEffects:
    """Return the effects, by least squares on the distance of `values` from their local median.

    `values` have no weekly seasonality; effects below two standard errors are left out.
    """
    columns = _columns(times, frequency, holidays)
    seen = {key: column for key, column in columns.items() if column.any()}
    if not seen:
        return HolidayEffects({})
    rest = values - median_filter(values, size=_LEVEL[frequency.step], mode="nearest")
    ordinary = ~np.any(list(seen.values()), axis=0)
    noise = rest[ordinary] if ordinary.any() else rest
    scale = 1.483 * float(np.median(np.abs(noise - np.median(noise))))
    matrix = np.column_stack(list(seen.values()))
    sizes = np.linalg.lstsq(matrix, rest - float(np.median(noise)), rcond=None)[0]
    counts = (matrix**2).sum(axis=0)
    return HolidayEffects(
        {
            key: float(size)
            for key, size, count in zip(seen, sizes, counts, strict=True)
            if abs(size) * np.sqrt(count) > _SIGNIFICANT * scale
        }
    )


def _columns(
    times: Times, frequency: Frequency, holidays: Sequence[Holiday]
) -> dict[tuple[str, int], Floats]:
    """Return a column per name and day of its window: 1 on that day, or its part of the week."""
    days = times.astype("datetime64[D]")
    columns: dict[tuple[str, int], Floats] = {}
    for each in holidays:
        for offset in range(-each.days_before, each.days_after + 1):
            date = np.datetime64(each.date + dt.timedelta(days=offset), "D")
            if frequency.step == DAY:
                where, key, part = days == date, (each.name, offset), 1.0
            else:
                since = (date - days).astype(int)
                where, key = (since >= 0) & (since < 7), (each.name, 0)
                part = 1.0 / (each.days_before + each.days_after + 1)
            column = columns.setdefault(key, np.zeros(len(times)))
            if frequency.step == DAY:
                column[where] = part
            else:
                column[where] += part
    return columns
