"""Change points: where the level or the slope of a series shifts and stays.

Pruned exact linear time segmentation (Killick, Fearnhead & Eckley, JASA 107, 2012)
of the series without seasons and spikes into straight lines, by squared error in
units of the noise's long-run variance, so that mere autocorrelation is no change.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldloop.training.time_series.decompose import decompose
from goldloop.training.time_series.frequency import Times
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.regular import regular
from goldloop.training.time_series.settings import Settings

_PENALTY = 4.0  # times the logarithm of the length: level, slope and place of a segment
_LEAST = 5  # points of a segment
_MOST_CORRELATED = 0.9


@dataclass(frozen=True)
class Segment:
    """The points from `begin` to before `end`, along one line."""

    begin: int
    end: int


def change_points(times: Times, values: Floats) -> tuple[Times, Floats, list[Segment]]:
    """Return the regular series, and its segments after the first: each begins with a change.

    Raises:
        ValueError: see `regular`.
    """
    series = regular(times, values)
    parts = decompose(series, Settings(adjust_step_changes=False))
    found = segments(parts.level)
    return series.times, series.values, found[1:]


def segments(level: Floats) -> list[Segment]:
    """Return the segments of a series that has nothing but lines and noise."""
    n, scale = len(level), _long_run_variance(level)
    if n < 2 * _LEAST or scale == 0.0:
        return [Segment(0, n)]
    sums = _Sums(level)
    penalty = _PENALTY * math.log(n)
    best, last = np.full(n + 1, np.inf), np.zeros(n + 1, dtype=np.int64)
    best[0] = -penalty
    starts = np.array([0])
    for end in range(_LEAST, n + 1):
        cost = sums.squared_error(starts, end) / scale
        through = best[starts] + cost + penalty
        chosen = int(through.argmin())
        best[end], last[end] = through[chosen], starts[chosen]
        # A start that is worse already by more than a change costs never becomes the best.
        starts = starts[best[starts] + cost <= best[end] + 1e-9]
        following = end + 1 - _LEAST
        if following >= _LEAST:
            starts = np.append(starts, following)
    found = []
    end = n
    while end:
        found.append(Segment(int(last[end]), end))
        end = int(last[end])
    return found[::-1]


class _Sums:
    """The squared error of the straight line through any stretch of a series, in O(1)."""

    def __init__(self, values: Floats) -> None:
        t = np.arange(len(values), dtype=np.float64)
        values = values - values.mean()
        columns = (values, values**2, t * values)
        self._y, self._yy, self._ty = (np.concatenate([[0.0], np.cumsum(c)]) for c in columns)

    def squared_error(self, starts: NDArray[np.int64], end: int) -> Floats:
        """Return it of the stretches from each of `starts` to before `end`."""
        n = (end - starts).astype(np.float64)
        y, yy = self._y[end] - self._y[starts], self._yy[end] - self._yy[starts]
        centre = (starts + end - 1) / 2.0
        ty = self._ty[end] - self._ty[starts] - centre * y
        spread = n * (n**2 - 1.0) / 12.0
        return np.maximum(yy - y**2 / n - ty**2 / np.maximum(spread, 1.0), 0.0)


def _long_run_variance(level: Floats) -> float:
    """Return the variance that means have, times their length, of noise like an AR(1)'s.

    From the differences, in which a shift of the level is a single outlier: their
    correlation at lag 1 is (phi - 1) / 2.
    """
    steps = np.diff(level)
    if len(steps) < 3:
        return 0.0
    variance = (1.4826 * float(np.median(np.abs(steps - np.median(steps))))) ** 2
    if variance == 0.0:
        variance = float(np.var(steps))
    size = np.clip(steps, -3 * math.sqrt(variance), 3 * math.sqrt(variance))
    square = float(size @ size)
    correlation = float(size[1:] @ size[:-1]) / square if square else 0.0
    phi = min(max(1.0 + 2.0 * correlation, 0.0), _MOST_CORRELATED)
    return variance / (2.0 * (1.0 - phi)) * (1.0 + phi) / (1.0 - phi)
