"""ARIMA(p, d, q) with mean or drift: fitted, run over a history, and forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.arma import Arma, fit_arma, innovations, psi_weights
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


def fit_arima(values: Floats, order: Order) -> Arima:
    """Fit the differenced series by exact maximum likelihood.

    Raises:
        ValueError: see `fit_arma`.
    """
    differenced = np.diff(values, order.d)
    scale = float(np.abs(values).max()) if len(values) else 0.0
    if len(differenced) and np.ptp(differenced) <= 1e-12 * scale:
        return _deterministic(order, differenced)
    arma = fit_arma(differenced, order.p, order.q, order.has_constant)
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
    """Return the minimum mean square error forecast after `values` (Box & Jenkins, ch. 5)."""
    arma, d = model.arma, model.order.d
    differenced = np.diff(values, d) - arma.mean
    errors, _ = innovations(differenced, arma.ar, arma.ma)
    path = _continued(differenced, errors, arma, horizon) + arma.mean
    for level in range(d - 1, -1, -1):
        path = np.cumsum(path) + np.diff(values, level)[-1]
    psi = psi_weights(arma.ar, arma.ma, horizon)
    for _ in range(d):
        psi = np.cumsum(psi)
    spread = np.sqrt(arma.variance * np.cumsum(psi**2))
    return Path(path, spread)


def _continued(differenced: Floats, errors: Floats, arma: Arma, horizon: int) -> Floats:
    p, q, n = len(arma.ar), len(arma.ma), len(differenced)
    series = np.concatenate([np.zeros(p), differenced, np.zeros(horizon)])
    shocks = np.concatenate([np.zeros(q), errors, np.zeros(horizon)])
    for h in range(horizon):
        t = n + h
        ahead = arma.ar @ series[t : t + p][::-1] if p else 0.0
        series[p + t] = ahead + (arma.ma @ shocks[t : t + q][::-1] if q else 0.0)
    return series[p + n :]


def _deterministic(order: Order, differenced: Floats) -> Arima:
    """Return the model of a series whose differences are all equal: no coefficients, no variance.

    Its likelihood is infinite, which no table holds: 0 stands for it, in the only
    candidate that such a series has.
    """
    if order.p or order.q:
        raise ValueError("the differenced series is constant: it has nothing to fit p and q to")
    mean = float(differenced.mean())
    if not order.has_constant and abs(mean) > 0:
        raise ValueError("the differenced series is constant, and the model has no constant")
    return Arima(order, Arma(np.empty(0), np.empty(0), mean, 0.0, 0.0))
