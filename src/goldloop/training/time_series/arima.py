"""ARIMA(p, d, q) with mean or drift: fitted, run over a history, and forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter, lfiltic

from goldloop.training.time_series.arma import (
    Arma,
    carried_over,
    fit_arma,
    innovations,
    psi_weights,
)
from goldloop.training.time_series.loess import Floats


@dataclass(frozen=True)
class Order:
    """What ARIMA is fitted: p, d, q, and whether a drift goes with d = 1.

    d = 0 always has a mean, d = 2 never a constant.
    """

    p: int
    d: int
    q: int
    has_drift: bool = False

    @property
    def has_constant(self) -> bool:
        """Return whether the differenced series has a mean."""
        return self.d == 0 or (self.d == 1 and self.has_drift)


@dataclass(frozen=True)
class Arima:
    """A fitted ARIMA; `aic` is 2k - 2 log L with k = p + q + 1 (+ 1 with a constant)."""

    order: Order
    arma: Arma

    @property
    def aic(self) -> float:
        """Return Akaike's information criterion, the innovations' variance a parameter."""
        parameters = self.order.p + self.order.q + 1 + self.order.has_constant
        return 2.0 * parameters - 2.0 * self.arma.log_likelihood


@dataclass(frozen=True)
class Path:
    """Values after a history, with the standard error of each."""

    values: Floats
    errors: Floats


def fit_arima(values: Floats, order: Order, is_rough: bool = False) -> Arima:
    """Fit the differenced series by exact maximum likelihood.

    Raises:
        ValueError: see `fit_arma`.
    """
    differenced = np.diff(values, order.d)
    scale = float(np.abs(values).max()) if len(values) else 0.0
    if len(differenced) and np.ptp(differenced) <= 1e-12 * scale:
        if order.p or order.q:
            raise ValueError("the differenced series is constant: it has nothing to fit p and q to")
        if order.has_constant or not differenced.any():
            return _deterministic(order, float(differenced.mean()))
    arma = fit_arma(differenced, order.p, order.q, order.has_constant, is_rough)
    return Arima(order, arma)


def one_step(model: Arima, values: Floats) -> Floats:
    """Return the one-step predictions over a history; the first d, unpredictable, are 0."""
    arma, d = model.arma, model.order.d
    if len(values) <= d:
        return np.zeros_like(values)
    errors, _ = innovations(np.diff(values, d) - arma.mean, arma.ar, arma.ma)
    predicted = np.zeros_like(values)
    predicted[d:] = values[d:] - errors
    return predicted


def forecast(model: Arima, values: Floats, horizon: int) -> Path:
    """Return the minimum mean square error forecast after `values` (Box & Jenkins, ch. 5).

    Exact in samples of any size: the last shocks count as far as they are known.
    """
    arma, d = model.arma, model.order.d
    differenced = np.diff(values, d) - arma.mean
    expected, unknown = carried_over(differenced, arma.ar, arma.ma)
    path = _continued(differenced, expected, arma.ar, horizon) + arma.mean
    for level in range(d - 1, -1, -1):
        path = np.cumsum(path) + np.diff(values, level)[-1]
    variance = np.cumsum(_integrated(psi_weights(arma.ar, arma.ma, horizon), d) ** 2)
    if len(expected):
        lagged = _lagged(_integrated(psi_weights(arma.ar, np.empty(0), horizon), d), len(expected))
        variance += np.einsum("ah,ab,bh->h", lagged, unknown, lagged)
    return Path(path, np.sqrt(arma.variance * variance))


def _integrated(weights: Floats, d: int) -> Floats:
    for _ in range(d):
        weights = np.cumsum(weights)
    return weights


def _lagged(weights: Floats, count: int) -> Floats:
    """Return the weights that each of the first `count` shocks has at every horizon."""
    padded = np.concatenate([np.zeros(count), weights])
    return np.array([padded[count - lag : len(padded) - lag] for lag in range(count)])


def _continued(differenced: Floats, expected: Floats, ar: Floats, horizon: int) -> Floats:
    """Return the recursion of the AR part, driven by the shocks that are known."""
    shocks = np.zeros(horizon)
    known = expected[:horizon]
    shocks[: len(known)] = known
    if not len(ar):
        return shocks
    polynomial = np.concatenate([[1.0], -ar])
    state = lfiltic([1.0], polynomial, differenced[::-1][: len(ar)])
    return lfilter([1.0], polynomial, shocks, zi=state)[0]


def _deterministic(order: Order, mean: float) -> Arima:
    """Return the model of a series whose differences are all equal: no coefficients, no variance.

    Its likelihood is infinite, which no table holds: 0 stands for it, in the only
    candidate that such a series has.
    """
    return Arima(order, Arma(np.empty(0), np.empty(0), mean, 0.0, 0.0))
