"""What the mean absolute scaled error is scaled by (Hyndman & Koehler, 2006)."""

from __future__ import annotations

import numpy as np

from goldloop.training.time_series.frequency import Times
from goldloop.training.time_series.loess import Floats


def naive_error(times: Times, values: Floats) -> float | None:
    """Return the mean absolute error of forecasting each measurement by the one before it.

    None of a single time point; measurements of one time point are averaged.
    """
    distinct, where = np.unique(times, return_inverse=True)
    if len(distinct) < 2:
        return None
    means = np.bincount(where, weights=values) / np.bincount(where)
    return float(np.abs(np.diff(means)).mean())
