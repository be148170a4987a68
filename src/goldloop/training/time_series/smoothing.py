"""Double exponential smoothing with a damped trend (Gardner & McKenzie, 1985), of many series.

l_t = l* + a e_t, b_t = phi b_(t-1) + a b e_t, where l* = l_(t-1) + phi b_(t-1) and
e_t = x_t - l*; without a value at t, e_t is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from goldloop.training.time_series.frequency import Indexes
from goldloop.training.time_series.loess import Floats

_LEVEL_RATES = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
_SLOPE_RATES = (0.0, 0.1, 0.3, 0.5)
_DAMPING = 0.9


@dataclass(frozen=True)
class Smoothed:
    """The level and slope of each series after its last row."""

    levels: Floats
    slopes: Floats

    def at(self, series: Indexes, steps: Indexes) -> Floats:
        """Return the forecast of each of `series`, `steps` rows after the last; 0 is the last."""
        factor = _DAMPING * (1.0 - _DAMPING**steps) / (1.0 - _DAMPING)
        return self.levels[series] + self.slopes[series] * factor


def damped_holt(table: Floats) -> Smoothed:
    """Return the smoothing of each column of `table` with the least squared one-step error.

    The rates are shared by all columns, whose values may be missing (NaN).
    """
    rates = np.array(list(product(_LEVEL_RATES, _SLOPE_RATES)))
    level_rate, slope_rate = rates[:, :1], rates[:, 1:]
    first = np.argmax(~np.isnan(table), axis=0)
    start = np.nan_to_num(table[first, np.arange(table.shape[1])])
    # A row of states for each pair of rates.
    level = np.tile(start, (len(rates), 1))
    slope = np.zeros_like(level)
    squares = np.zeros(len(rates))
    for row in table[1:]:
        slope = _DAMPING * slope
        level = level + slope
        error = np.where(np.isnan(row), 0.0, row - level)
        squares += (error**2).sum(axis=1)
        level = level + level_rate * error
        slope = slope + level_rate * slope_rate * error
    best = int(squares.argmin())
    return Smoothed(level[best], slope[best])
