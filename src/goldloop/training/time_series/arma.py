"""ARMA by exact Gaussian maximum likelihood.

The likelihood is that of Ansley's transformed series (Biometrika 66, 1979):
w_t = x_t for t < m = max(p, q), else x_t - sum phi_i x_(t-i), whose covariance
is banded, so a banded Cholesky factor gives innovations and determinant in
O(n m²). The parameters are partial autocorrelations, for which stationarity and
invertibility are bounds (Monahan, Biometrika 71, 1984).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpbtrf, dtbtrs
from scipy.optimize import OptimizeResult, minimize
from scipy.signal import lfilter

from goldloop.training.time_series.loess import Floats

_LARGE = 1e10
_LARGEST_PARTIAL = 0.9999


@dataclass(frozen=True)
class Arma:
    """A fitted ARMA: x_t - mean_t = sum ar (x - mean)_(t-i) + e_t + sum ma e_(t-j)."""

    ar: Floats
    ma: Floats
    mean: float
    variance: float
    log_likelihood: float


def fit_arma(values: Floats, p: int, q: int, has_mean: bool) -> Arma:
    """Fit by maximum likelihood; the variance is concentrated out, the mean is by GLS.

    Raises:
        ValueError: there are too few points, or no maximum was found.
    """
    if len(values) <= p + q + has_mean + 1:
        raise ValueError(f"{len(values)} points are too few for {p + q + has_mean + 1} parameters")
    if p + q == 0:
        return _assemble(values, np.empty(0), p, has_mean)

    def negative(partial: Floats) -> float:
        found = _concentrated(values, *_coefficients(partial, p), has_mean)
        return _LARGE if found is None else -found[0] / len(values)

    best = min((_minimum(negative, start) for start in _starts(values, p, q, has_mean)), key=_fun)
    if not math.isfinite(best.fun) or best.fun >= _LARGE:
        raise ValueError("the likelihood has no maximum that was found")
    return _assemble(values, best.x, p, has_mean)


def innovations(values: Floats, ar: Floats, ma: Floats) -> tuple[Floats, Floats]:
    """Return the one-step errors of a zero-mean series and their standard deviation over sigma.

    Raises:
        ValueError: the coefficients are not those of a stationary process.
    """
    factor = _factor(len(values), ar, ma)
    if factor is None:
        raise ValueError("the coefficients are not those of a stationary process")
    scaled = _solve(factor, _transformed(values, ar, ma)[:, None])[:, 0]
    return scaled * factor[0], factor[0]


def whitened(columns: Floats, ar: Floats, ma: Floats) -> Floats:
    """Return the columns as generalised least squares weighs them: errors of variance 1 each.

    Raises:
        ValueError: the coefficients are not those of a stationary process.
    """
    factor = _factor(len(columns), ar, ma)
    if factor is None:
        raise ValueError("the coefficients are not those of a stationary process")
    transformed = [_transformed(column, ar, ma) for column in columns.T]
    return _solve(factor, np.column_stack(transformed))


def carried_over(values: Floats, ar: Floats, ma: Floats) -> tuple[Floats, Floats]:
    """Return what a zero-mean series tells of the MA part of the q points after it.

    Returns:
        Its expectation at those points, and the covariance that their MA part has
        beyond that of shocks to come: 0 in the limit of a long invertible series.
    """
    n, q = len(values), len(ma)
    factor = _factor(n + q, ar, ma)
    if not q or factor is None:
        return np.zeros(q), np.zeros((q, q))
    scaled = _solve(factor[:, :n].copy(), _transformed(values, ar, ma)[:, None])[:, 0]
    expected, ahead = np.zeros(q), np.zeros((q, q))
    for h in range(q):
        for k in range(1, min(len(factor), n + h + 1)):
            before = n + h - k
            if before < n:
                expected[h] += factor[k, before] * scaled[before]
        for g in range(h + 1):
            ahead[h, g] = factor[h - g, n + g]
    theta = np.concatenate([[1.0], ma])
    to_come = np.array([[theta[h - g] if h >= g else 0.0 for g in range(q)] for h in range(q)])
    return expected, ahead @ ahead.T - to_come @ to_come.T


def psi_weights(ar: Floats, ma: Floats, count: int) -> Floats:
    """Return the first `count` weights of the MA(infinity) form; psi_0 is 1."""
    impulse = np.zeros(count)
    impulse[0] = 1.0
    return lfilter(np.concatenate([[1.0], ma]), np.concatenate([[1.0], -ar]), impulse)


def autocovariances(ar: Floats, ma: Floats, count: int) -> Floats:
    """Return gamma_0 to gamma_(count - 1) for innovations of variance 1 (Brockwell & Davis §3.3).

    Raises:
        ValueError: the process is not stationary, or too close to a unit root.
    """
    p, q = len(ar), len(ma)
    m = max(p, q) + 1
    psi = _first_psi(ar, ma)
    theta = np.concatenate([[1.0], ma])
    right = np.zeros(m)
    for k in range(q + 1):
        right[k] = float(theta[k:] @ psi[: q + 1 - k])
    left = np.eye(m)
    for k in range(m):
        for i in range(p):
            left[k, abs(k - i - 1)] -= ar[i]
    try:
        gamma = np.linalg.solve(left, right)
    except np.linalg.LinAlgError as error:
        raise ValueError("the process is not stationary") from error
    out = np.zeros(max(count, m))
    out[:m] = gamma
    for k in range(m, count):
        out[k] = float(ar @ out[k - 1 : k - p - 1 : -1]) if p else 0.0
    return out[:count]


def _concentrated(
    values: Floats, ar: Floats, ma: Floats, has_mean: bool
) -> tuple[float, float, float] | None:
    """Return log-likelihood, mean and variance, or None where there is no likelihood."""
    n = len(values)
    factor = _factor(n, ar, ma)
    if factor is None:
        return None
    columns = [values, np.ones(n)] if has_mean else [values]
    right = np.column_stack([_transformed(column, ar, ma) for column in columns])
    solved = _solve(factor, right)
    scaled, mean = solved[:, 0], 0.0
    if has_mean:
        ones = solved[:, 1]
        weight = float(ones @ ones)
        mean = float(ones @ scaled) / weight if weight else 0.0
        scaled = scaled - mean * ones
    variance = float(scaled @ scaled) / n
    if not (variance > 0 and math.isfinite(variance)):
        return None
    determinant = 2.0 * float(np.log(factor[0]).sum())
    likelihood = -0.5 * (n * math.log(2 * math.pi * variance) + determinant + n)
    return likelihood, mean, variance


def _assemble(values: Floats, partial: Floats, p: int, has_mean: bool) -> Arma:
    ar, ma = _coefficients(partial, p)
    found = _concentrated(values, ar, ma, has_mean)
    if found is None:
        raise ValueError("the series has no variance that a model could explain")
    likelihood, mean, variance = found
    return Arma(ar, ma, mean, variance, likelihood)


def _factor(n: int, ar: Floats, ma: Floats) -> Floats | None:
    """Return the lower banded Cholesky factor of the covariance of Ansley's series."""
    p, q = len(ar), len(ma)
    m = max(p, q)
    bands = np.zeros((m + 1, n))
    if m == 0:
        bands[0] = 1.0
        return bands
    theta = np.concatenate([[1.0], ma])
    for k in range(q + 1):
        bands[k, : n - k] = float(theta[: q + 1 - k] @ theta[k:])
    try:
        gamma = autocovariances(ar, ma, m + 1)
    except ValueError:
        return None
    head = min(m, n)
    # cov(w_t, x_s) for t >= m > s, the error being sigma² = 1: sum of theta_j psi_(j - (t - s)).
    psi = _first_psi(ar, ma)
    for s in range(head):
        for t in range(s, min(s + m + 1, n)):
            k = t - s
            if t < m:
                bands[k, s] = gamma[k]
            else:
                bands[k, s] = float(theta[k:] @ psi[: q + 1 - k]) if k <= q else 0.0
    factor, failed = dpbtrf(bands, lower=1)
    return None if failed else factor


def _first_psi(ar: Floats, ma: Floats) -> Floats:
    """Return psi_0 to psi_q."""
    psi = np.concatenate([[1.0], ma])
    for j in range(1, len(psi)):
        for i in range(min(j, len(ar))):
            psi[j] += ar[i] * psi[j - i - 1]
    return psi


def _transformed(values: Floats, ar: Floats, ma: Floats) -> Floats:
    m, n = max(len(ar), len(ma)), len(values)
    if not len(ar):
        return values
    out = values.copy()
    for i, phi in enumerate(ar, start=1):
        out[m:] -= phi * values[m - i : n - i]
    return out


def _solve(factor: Floats, right: Floats) -> Floats:
    solved, _ = dtbtrs(factor, right, uplo="L")
    return solved


def _coefficients(partial: Floats, p: int) -> tuple[Floats, Floats]:
    """Return (ar, ma) of the partial autocorrelations of both sides, the first p being AR's."""
    return _from_partial(partial[:p]), -_from_partial(partial[p:])


def _from_partial(partial: Floats) -> Floats:
    """Return the AR coefficients of partial autocorrelations, by Durbin and Levinson."""
    phi = np.empty(0)
    for each in partial:
        phi = np.append(phi - each * phi[::-1], each)
    return phi


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


def _minimum(function: Callable[[Floats], float], start: Floats) -> OptimizeResult:
    bounds = [(-_LARGEST_PARTIAL, _LARGEST_PARTIAL)] * len(start)
    options = {"ftol": 1e-9, "gtol": 1e-5, "maxiter": 100}
    return minimize(function, start, method="L-BFGS-B", bounds=bounds, options=options)


def _fun(result: OptimizeResult) -> float:
    return float(result.fun) if math.isfinite(result.fun) else math.inf


def _starts(values: Floats, p: int, q: int, has_mean: bool) -> list[Floats]:
    """Return where to begin: of mixed models, which have several maxima, near a unit root too."""
    starts = [_regressed(values, p, q, has_mean)]
    if p and q:
        persistent = np.zeros(p + q)
        persistent[0], persistent[p] = 0.96, 0.76
        starts.append(persistent)
    return starts


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
