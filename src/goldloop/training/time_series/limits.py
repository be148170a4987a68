"""FORECAST_LIMIT_LOWER_BOUND and _UPPER_BOUND: the scale on which a series is then modelled.

The logarithm of the distance to the one limit, or the logit between both
(Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., §13.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.loess import Floats


@dataclass(frozen=True)
class Limits:
    """The limits of a forecast, None where there is none."""

    lower: float | None = None
    upper: float | None = None

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return self.lower is not None or self.upper is not None

    def to_scale(self, values: Floats) -> Floats:
        """Return the values on the unlimited scale.

        Those at or beyond a limit count as half as far within it as the nearest one within.
        """
        if not self:
            return values
        if self.lower is not None:
            values = self.lower + _within(values - self.lower)
        if self.upper is not None:
            values = self.upper - _within(self.upper - values)
        scaled = np.zeros_like(values)
        if self.lower is not None:
            scaled += np.log(values - self.lower)
        if self.upper is not None:
            scaled -= np.log(self.upper - values)
        return scaled


def _within(distance: Floats) -> Floats:
    positive = distance[distance > 0]
    least = float(positive.min()) / 2 if len(positive) else 1.0
    return np.maximum(distance, least)
