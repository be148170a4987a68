"""A mean over seeds, and how far chance may have moved it."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats


def named_interval(values: ArrayLike, name: str, short: str = "") -> dict[str, float]:
    """As `mean_interval`: the mean by its name, its ends by the short one, `_low` and `_high`."""
    mean, low, high = mean_interval(values)
    return {name: mean, f"{short or name}_low": low, f"{short or name}_high": high}


def mean_interval(values: ArrayLike, level: float = 0.95) -> tuple[float, float, float]:
    """The mean of independent measurements, and Student's interval of it.

    Args:
        values: at least two measurements.
        level: the share of intervals that hold the true mean.

    Returns:
        The mean, the lower and the upper end.
    """
    measured = np.asarray(values, dtype=np.float64)
    if len(measured) < 2:
        raise ValueError(f"{len(measured)} measurement: an interval needs two seeds or more")
    error = measured.std(ddof=1) / np.sqrt(len(measured))
    half = float(stats.t.ppf((1 + level) / 2, len(measured) - 1) * error)
    mean = float(measured.mean())
    return mean, mean - half, mean + half
