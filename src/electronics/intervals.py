"""A mean over repeated measurements, and how far chance may have moved it."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats


def named_interval(values: ArrayLike, name: str, short: str = "") -> dict[str, float]:
    """As `mean_interval`: the mean by its name, its ends by the short one, `_low` and `_high`."""
    mean, low, high = mean_interval(values)
    return {name: mean, f"{short or name}_low": low, f"{short or name}_high": high}


def mean_interval(values: ArrayLike, shared: float = 0.0) -> tuple[float, float, float]:
    """The mean of measurements, and Student's 95 % interval of it.

    Args:
        values: at least two measurements.
        shared: of splits that share training rows, test rows / training rows: the variance of the
            mean is (1 / measurements + shared) of theirs (Nadeau and Bengio 2003, "Inference for
            the generalization error"); 0 if they are independent.

    Returns:
        The mean, the lower and the upper end.
    """
    measured = np.asarray(values, dtype=np.float64)
    if len(measured) < 2:
        raise ValueError(f"{len(measured)} measurement: an interval needs two seeds or more")
    error = np.sqrt((1 / len(measured) + shared) * measured.var(ddof=1))
    half = float(stats.t.ppf(0.975, len(measured) - 1) * error)
    mean = float(measured.mean())
    return mean, mean - half, mean + half
