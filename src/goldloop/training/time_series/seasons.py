"""The seasonal periods of BigQuery ML, as calendars: which cycle and slot a timestamp is in.

Months, quarters and years are of different lengths; slots of the calendar keep
their phases together where a rounded period would drift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.frequency import DAY, HOUR, Frequency, Indexes, Times


@dataclass(frozen=True)
class Season:
    """A period: `length` microseconds, or `months`; at most `longest` microseconds long."""

    name: str
    length: int = 0
    months: int = 0
    longest: int = 0

    def slots(self, frequency: Frequency) -> int:
        """Return the number of slots of a cycle, 0 where the frequency does not divide it."""
        if frequency.months:
            whole = self.months > frequency.months and self.months % frequency.months == 0
            return self.months // frequency.months if whole else 0
        step = frequency.step
        if self.length:
            return self.length // step if step < self.length and self.length % step == 0 else 0
        is_even = DAY % step == 0 or step == 7 * DAY
        slots = -(-self.longest // step)
        return slots if is_even and slots > 2 else 0

    def locate(self, times: Times, frequency: Frequency) -> tuple[Indexes, Indexes]:
        """Return the cycle and the slot of each timestamp."""
        if self.months:
            month = times.astype("datetime64[M]").astype(np.int64)
            cycle = month // self.months
            if frequency.months:
                return cycle, month % self.months // frequency.months
            start = (cycle * self.months).astype("datetime64[M]").astype("datetime64[us]")
            return cycle, (times - start).astype(np.int64) // frequency.step
        since = times.astype(np.int64) - (_MONDAY if self.length == 7 * DAY else 0)
        return since // self.length, since % self.length // frequency.step


_MONDAY = -3 * DAY  # 29 December 1969
YEARLY = Season("YEARLY", months=12, longest=366 * DAY)
# Shortest first: the order in which they are taken out.
SEASONS = (
    Season("DAILY", length=24 * HOUR),
    Season("WEEKLY", length=7 * DAY),
    Season("MONTHLY", months=1, longest=31 * DAY),
    Season("QUARTERLY", months=3, longest=92 * DAY),
    YEARLY,
)
