"""The covariance of an ARMA series, transformed so that it is banded, and its Cholesky factor.

Ansley's transformation (Biometrika 66, 1979): w_t = x_t for t < m = max(p, q),
else x_t - sum phi_i x_(t-i). The factor gives innovations and determinant in O(n m²).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.linalg.lapack import dpbtrf, dtbtrs

from goldloop.training.time_series.loess import Floats


def autocovariances(ar: Floats, ma: Floats, count: int) -> list[float]:
    """Return gamma_0 to gamma_(count - 1) for innovations of variance 1 (Brockwell & Davis §3.3).

    Raises:
        ValueError: the process is not stationary, or too close to a unit root.
    """
    phi, theta = ar.tolist(), [1.0, *ma.tolist()]
    p, m = len(phi), max(len(phi), len(ma)) + 1
    # The right side of the Yule-Walker equations; plain floats are faster than such small arrays.
    right = _lagged_products(theta, _psi(phi, theta))
    right += [0.0] * (m - len(right))
    if not p:
        return [*right, *[0.0] * count][:count]
    left = np.eye(m)
    for k in range(m):
        for i in range(p):
            left[k, abs(k - i - 1)] -= phi[i]
    try:
        gamma = np.linalg.solve(left, right).tolist()
    except np.linalg.LinAlgError as error:
        raise ValueError("the process is not stationary") from error
    for k in range(m, count):
        gamma.append(sum(phi[i] * gamma[k - i - 1] for i in range(p)))
    return gamma[:count]


def cholesky_factor(n: int, ar: Floats, ma: Floats) -> Floats | None:
    """Return the lower banded factor for n points, None where the process is not stationary."""
    m = max(len(ar), len(ma))
    bands = np.zeros((m + 1, n))
    if m == 0:
        bands[0] = 1.0
        return bands
    theta = [1.0, *ma.tolist()]
    for k, product in enumerate(_lagged_products(theta, theta)):
        bands[k, : n - k] = product
    try:
        gamma = autocovariances(ar, ma, m + 1)
    except ValueError:
        return None
    # cov(w_t, x_s) for t >= m > s: the MA part of x_t with what x_s has of the same shocks.
    crossed = _lagged_products(theta, _psi(ar.tolist(), theta)) + [0.0] * (m + 1)
    for s in range(min(m, n)):
        for t in range(s, min(s + m + 1, n)):
            bands[t - s, s] = gamma[t - s] if t < m else crossed[t - s]
    factor, failed = dpbtrf(bands, lower=1)
    return None if failed else factor


def transformed(values: Floats, ar: Floats, ma: Floats) -> Floats:
    """Return Ansley's series."""
    m, n = max(len(ar), len(ma)), len(values)
    if not len(ar):
        return values
    out = values.copy()
    for i, phi in enumerate(ar, start=1):
        out[m:] -= phi * values[m - i : n - i]
    return out


def solve(factor: Floats, right: Floats) -> Floats:
    """Return the columns of `right` multiplied by the inverse of the factor."""
    solved, _ = dtbtrs(factor, right, uplo="L")
    return solved


def _psi(phi: Sequence[float], theta: Sequence[float]) -> list[float]:
    """Return psi_0 to psi_q of the MA(infinity) form."""
    psi = list(theta)
    for j in range(1, len(psi)):
        for i in range(min(j, len(phi))):
            psi[j] += phi[i] * psi[j - i - 1]
    return psi


def _lagged_products(theta: Sequence[float], psi: Sequence[float]) -> list[float]:
    """Return sum theta_j psi_(j - k) over j >= k, for k from 0 to q."""
    count = len(theta)
    return [sum(theta[j] * psi[j - k] for j in range(k, count)) for k in range(count)]
