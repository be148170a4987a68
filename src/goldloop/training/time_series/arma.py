"""ARMA by exact Gaussian maximum likelihood."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from goldloop.training.time_series.arma_maximum import coefficients, largest, starts
from goldloop.training.time_series.banded import cholesky_factor, solve, transformed
from goldloop.training.time_series.loess import Floats


@dataclass(frozen=True)
class Arma:
    """A fitted ARMA: x_t - mean_t = sum ar (x - mean)_(t-i) + e_t + sum ma e_(t-j)."""

    ar: Floats
    ma: Floats
    mean: float
    variance: float
    log_likelihood: float


def fit_arma(values: Floats, p: int, q: int, has_mean: bool, is_rough: bool = False) -> Arma:
    """Fit by maximum likelihood; the variance is concentrated out, the mean is by GLS.

    A rough fit is near the maximum, or at one of several: enough to filter by.

    Raises:
        ValueError: there are too few points, or no maximum was found.
    """
    parameters = p + q + has_mean + 1
    if len(values) < parameters + (p + q > 0):
        raise ValueError(f"{len(values)} points are too few for {parameters} parameters")
    if p + q == 0:
        return _assemble(values, np.empty(0), p, has_mean)

    columns = _columns(values, has_mean)

    def likelihood(partial: Floats) -> float:
        found = _concentrated(columns, *coefficients(partial, p))
        return -math.inf if found is None else found[0] / len(values)

    best = largest(likelihood, starts(values, p, q, has_mean), is_rough)
    if best is None:
        raise ValueError("the likelihood has no maximum that was found")
    return _assemble(values, best, p, has_mean)


def innovations(values: Floats, ar: Floats, ma: Floats) -> tuple[Floats, Floats]:
    """Return the one-step errors of a zero-mean series and their standard deviation over sigma.

    Raises:
        ValueError: the coefficients are not those of a stationary process.
    """
    factor = cholesky_factor(len(values), ar, ma)
    if factor is None:
        raise ValueError("the coefficients are not those of a stationary process")
    scaled = solve(factor, transformed(values, ar, ma)[:, None])[:, 0]
    return scaled * factor[0], factor[0]


def whitened(columns: Floats, ar: Floats, ma: Floats) -> Floats:
    """Return the columns as generalised least squares weighs them: errors of variance 1 each.

    Raises:
        ValueError: the coefficients are not those of a stationary process.
    """
    factor = cholesky_factor(len(columns), ar, ma)
    if factor is None:
        raise ValueError("the coefficients are not those of a stationary process")
    moved = [transformed(column, ar, ma) for column in columns.T]
    return solve(factor, np.column_stack(moved))


def carried_over(values: Floats, ar: Floats, ma: Floats) -> tuple[Floats, Floats]:
    """Return what a zero-mean series tells of the MA part of the q points after it.

    Returns:
        Its expectation at those points, and the covariance that their MA part has
        beyond that of shocks to come: 0 in the limit of a long invertible series.
    """
    n, q = len(values), len(ma)
    factor = cholesky_factor(n + q, ar, ma)
    if not q or factor is None:
        return np.zeros(q), np.zeros((q, q))
    scaled = solve(factor[:, :n].copy(), transformed(values, ar, ma)[:, None])[:, 0]
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


def _columns(values: Floats, has_mean: bool) -> list[Floats]:
    return [values, np.ones(len(values))] if has_mean else [values]


def _concentrated(
    columns: list[Floats], ar: Floats, ma: Floats
) -> tuple[float, float, float] | None:
    """Return log-likelihood, mean and variance, or None where there is no likelihood."""
    n = len(columns[0])
    factor = cholesky_factor(n, ar, ma)
    if factor is None:
        return None
    right = np.empty((n, len(columns)), order="F")
    for place, column in enumerate(columns):
        right[:, place] = transformed(column, ar, ma)
    solved = solve(factor, right)
    scaled, mean = solved[:, 0], 0.0
    if len(columns) > 1:
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
    ar, ma = coefficients(partial, p)
    found = _concentrated(_columns(values, has_mean), ar, ma)
    if found is None:
        raise ValueError("the series has no variance that a model could explain")
    likelihood, mean, variance = found
    return Arma(ar, ma, mean, variance, likelihood)
