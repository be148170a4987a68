"""When things land: monthly files through the history, daily ones after it."""

import numpy as np
from numpy.typing import NDArray

HISTORY_START = np.datetime64("2025-01-01")
FIRST_AS_OF = np.datetime64("2026-06-28")
LAST_WEEK_OF_REQUESTS_ENDS = np.datetime64("2026-07-26")
# Two weeks beyond the last requests, so that their outcomes and corrections arrive too.
LAST_DAY = np.datetime64("2026-08-09")
N_DAYS = int((LAST_DAY - HISTORY_START).astype(int)) + 1

Times = NDArray[np.datetime64]


def landing_days(times: Times) -> Times:
    """The day on which the file holding each event lands.

    Args:
        times: event (or version) times, any datetime64 unit.

    Returns:
        Days: the end of the event's month, or the first as-of date if that is earlier, through
        the history; the event's own day afterwards.
    """
    days = np.maximum(np.asarray(times).astype("datetime64[D]"), HISTORY_START)
    month_ends = (days.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    return np.where(days <= FIRST_AS_OF, np.minimum(month_ends, FIRST_AS_OF), days)


def at_seconds(days: Times, seconds: NDArray[np.integer] | int) -> Times:
    """Timestamps: each day (midnight) plus its seconds."""
    return days.astype("datetime64[s]") + np.asarray(seconds).astype("timedelta64[s]")


def opening_hours(rng: np.random.Generator, size: int) -> NDArray[np.int64]:
    """Seconds since midnight between 08:00 and 20:00."""
    return rng.integers(8 * 3600, 20 * 3600, size)
