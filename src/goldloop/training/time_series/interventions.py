"""Spikes, dips and level shifts, found one after the other in the residuals of an ARIMA.

Chen & Liu, "Joint estimation of model parameters and outlier effects" (JASA 88,
1993), with additive outliers and level shifts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.signal import correlate, lfilter

from goldloop.training.time_series.arima import Order, fit_arima
from goldloop.training.time_series.arma import innovations
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.order_search import differences

Kind = Literal["spike", "step"]
_CRITICAL, _CRITICAL_OF_LONG = 4.0, 4.5  # standard errors
_LONG = 450  # points: the more there are, the further the largest of them is off by chance
_LEAST_LENGTH = 12
_LEAST_LEVEL = 5  # points a level must last on both sides of a step
_NEAR, _LEAST_DIFFERENCE = 20, 3.0  # points whose means a step must tell apart, and how far
_REFITS = 4


@dataclass(frozen=True)
class Intervention:
    """An additive outlier at the point `at`, or a level shift that begins there."""

    kind: Kind
    at: int
    size: float


def interventions(values: Floats) -> list[Intervention]:
    """Return what disturbs a series that has neither seasonality nor holidays."""
    found: list[Intervention] = []
    if len(values) < _LEAST_LENGTH or _mostly_stands_still(values):
        return found
    for _ in range(_REFITS):
        new = _round(values - effect(found, len(values)), len(values) // 10 + 1 - len(found))
        if not new:
            break
        found += new
    return found


def effect(found: Sequence[Intervention], length: int) -> Floats:
    """Return the sum of the effects on a series of `length` points."""
    total = np.zeros(length)
    for each in found:
        if each.kind == "step":
            total[each.at :] += each.size
        else:
            total[each.at] += each.size
    return total


def _differences_of_means(values: Floats) -> Floats:
    """Return, at each point, how far the means of the points before and from it on are apart.

    In standard errors of values with variance 1.
    """
    n, sums = len(values), np.concatenate([[0.0], np.cumsum(values - values.mean())])
    at = np.arange(n)
    first, last = np.maximum(at - _NEAR, 0), np.minimum(at + _NEAR, n)
    before, after = np.maximum(at - first, 1), last - at
    gap = (sums[last] - sums[at]) / after - (sums[at] - sums[first]) / before
    return np.abs(gap) / np.sqrt(1.0 / before + 1.0 / after)


def _mostly_stands_still(values: Floats) -> bool:
    """Return whether most points equal the one before: of such a series, changes are the nature."""
    return float(np.median(np.abs(np.diff(values)))) == 0.0


def _round(values: Floats, most: int) -> list[Intervention]:
    """Return the interventions found with the parameters fitted to `values` as they are."""
    d = differences(values)
    try:
        arma = fit_arima(values, Order(1, d, 1), is_rough=True).arma
        errors, _ = innovations(np.diff(values, d) - arma.mean, arma.ar, arma.ma)
    except ValueError:
        return []
    impulse = np.zeros(len(errors))
    impulse[0] = 1.0
    polynomial = np.concatenate([[1.0], -arma.ar])
    for _ in range(d):
        polynomial = np.convolve(polynomial, [1.0, -1.0])
    weights = lfilter(polynomial, np.concatenate([[1.0], arma.ma]), impulse)
    patterns: dict[Kind, Floats] = {"spike": weights, "step": np.cumsum(weights)}
    found: list[Intervention] = []
    while len(found) < most:
        each = _largest(values, errors, patterns, d)
        if each is None:
            break
        found.append(each)
        values = values - effect([each], len(values))
        start = each.at - d
        errors = errors.copy()
        errors[start:] -= each.size * patterns[each.kind][: len(errors) - start]
    return found


def _largest(
    values: Floats, errors: Floats, patterns: dict[Kind, Floats], d: int
) -> Intervention | None:
    scale = 1.483 * float(np.median(np.abs(errors - np.median(errors))))
    if scale == 0.0:
        return None
    n, best = len(errors), None
    largest = _CRITICAL_OF_LONG if n > _LONG else _CRITICAL
    for kind, pattern in patterns.items():
        # The regression of the errors from each point on, on the pattern that begins there.
        products = correlate(errors, pattern, mode="full")[n - 1 :]
        squares = np.cumsum(pattern**2)[::-1]
        ratio = np.abs(products) / (np.sqrt(squares) * scale)
        if kind == "step":
            ratio[: max(0, _LEAST_LEVEL - d)] = 0.0
            ratio[max(0, n - _LEAST_LEVEL + 1) :] = 0.0
            # Near the start the pattern knows the level before better than those few points tell.
            ratio[_differences_of_means(values)[d:] < _LEAST_DIFFERENCE * scale] = 0.0
        at = int(ratio.argmax())
        if ratio[at] > largest:
            largest = float(ratio[at])
            best = Intervention(kind, at + d, float(products[at] / squares[at]))
    return best
