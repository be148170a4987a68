"""The search for the largest likelihood of an ARMA.

The parameters are partial autocorrelations, for which stationarity and
invertibility are bounds (Monahan, Biometrika 71, 1984).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize

from goldloop.training.time_series.loess import Floats

_LARGEST_PARTIAL = 0.9999
_STEP = 1e-7  # of the finite differences: the square root of a double's precision, and a bit
_EXACT = {"ftol": 1e-9, "gtol": 1e-5, "maxiter": 100}
_ROUGH = {"ftol": 1e-6, "gtol": 1e-3, "maxiter": 20}


def coefficients(partial: Floats, p: int) -> tuple[Floats, Floats]:
    """Return (ar, ma) of the partial autocorrelations of both sides, the first p being AR's."""
    values = partial.tolist()
    ar, ma = _from_partial(values[:p]), _from_partial(values[p:])
    return np.array(ar), -np.array(ma)


def largest(
    likelihood: Callable[[Floats], float], starts: list[Floats], is_rough: bool
) -> Floats | None:
    """Return the partial autocorrelations of the largest likelihood, None where there is none.

    Args:
        likelihood: -inf where there is none.
        starts: where to begin.
        is_rough: whether one start and few digits will do.
    """

    def descent(partial: Floats) -> tuple[float, Floats]:
        here = -likelihood(partial)
        slope = np.zeros_like(partial)
        for place in range(len(partial)):
            step = -_STEP if partial[place] > 0 else _STEP  # away from the bound
            beside = partial.copy()
            beside[place] += step
            slope[place] = (-likelihood(beside) - here) / step
        return (here, slope) if math.isfinite(here) else (1e10, np.zeros_like(partial))

    best, found = math.inf, None
    for start in starts[:1] if is_rough else starts:
        bounds = [(-_LARGEST_PARTIAL, _LARGEST_PARTIAL)] * len(start)
        options = _ROUGH if is_rough else _EXACT
        result = minimize(
            descent, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options
        )
        if result.fun < min(best, 1e10):
            best, found = float(result.fun), result.x
    return found


def starts(values: Floats, p: int, q: int, has_mean: bool) -> list[Floats]:
    """Return where to begin: of mixed models, which have several maxima, near a unit root too."""
    found = [_regressed(values, p, q, has_mean)]
    if p and q:
        persistent = np.zeros(p + q)
        persistent[0], persistent[p] = 0.96, 0.76
        found.append(persistent)
    return found


def _from_partial(partial: list[float]) -> list[float]:
    """Return the AR coefficients of partial autocorrelations, by Durbin and Levinson."""
    phi: list[float] = []
    for each in partial:
        phi = [*(a - each * b for a, b in zip(phi, reversed(phi), strict=True)), each]
    return phi


def _regressed(values: Floats, p: int, q: int, has_mean: bool) -> Floats:
    """Return starting values by Hannan & Rissanen's two regressions; zeros where they fail."""
    x = values - values.mean() if has_mean else values
    n, long = len(x), min(max(p, q) + 8, len(x) // 4)
    zeros = np.zeros(p + q)
    if n < 3 * (p + q) + long + 5 or not x.any():
        return zeros
    first = np.column_stack([x[long - i - 1 : n - i - 1] for i in range(long)])
    errors = np.zeros(n)
    errors[long:] = x[long:] - first @ np.linalg.lstsq(first, x[long:], rcond=None)[0]
    begin = long + max(p, q)
    lags = [x[begin - i - 1 : n - i - 1] for i in range(p)]
    lags += [errors[begin - j - 1 : n - j - 1] for j in range(q)]
    found = np.linalg.lstsq(np.column_stack(lags), x[begin:], rcond=None)[0]
    ar, ma = _to_partial(found[:p]), _to_partial(-found[p:])
    return zeros if ar is None or ma is None else np.concatenate([ar, ma])


def _to_partial(coefficients: Floats) -> Floats | None:
    """Return the partial autocorrelations of AR coefficients, None outside the region."""
    phi, partial = coefficients.copy(), []
    while len(phi):
        last = float(phi[-1])
        if abs(last) >= 0.99:
            return None
        partial.append(last)
        phi = (phi[:-1] + last * phi[:-1][::-1]) / (1 - last**2)
    return np.array(partial[::-1])
