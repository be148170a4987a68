"""Thresholds of libraries that compare in float32, moved to the double that decides alike.

Both functions return t' such that, for every finite double x, `x < t'` on doubles
is true exactly when the library's own comparison is. Rounding to float32 is
monotone, so t' is where x stops rounding to a float32 on the left: the midpoint
between two neighbouring float32, or the next double when the midpoint itself
rounds (half to even) to the left.
"""

from __future__ import annotations

import math

import numpy as np

# Where doubles start to round to infinity lies half a step above the largest float32.
BEYOND_FLOAT32 = 2.0**128


def float32_less_than(threshold: float) -> float:
    """Return t' for XGBoost's `float32(x) < float32(threshold)`; may be -inf (never true)."""
    right = np.float32(threshold)
    if right == -np.inf:
        return -math.inf
    return _boundary(_next(right, -np.inf), right)


def float32_at_most(threshold: float) -> float:
    """Return t' for scikit-learn's `float32(x) <= threshold`; inf is always true."""
    if threshold == math.inf:
        return math.inf
    with np.errstate(over="ignore"):
        left = np.float32(threshold)
    if float(left) > threshold:
        left = _next(left, -np.inf)
    return _boundary(left, _next(left, np.inf))


def double_at_most(threshold: float) -> float:
    """Return t' for a comparison `x <= threshold` that is in doubles already."""
    return math.nextafter(threshold, math.inf)


def _boundary(left: np.float32, right: np.float32) -> float:
    """Return the first double that does not round to `left` or below."""
    midpoint = (_finite(left) + _finite(right)) / 2
    with np.errstate(over="ignore"):
        rounds_left = np.float32(midpoint) == left
    return math.nextafter(midpoint, math.inf) if rounds_left else midpoint


def _next(value: np.float32, towards: float) -> np.float32:
    with np.errstate(over="ignore"):
        return np.nextafter(value, np.float32(towards))


def _finite(value: np.float32) -> float:
    return math.copysign(BEYOND_FLOAT32, value) if np.isinf(value) else float(value)
