"""auto.ARIMA: d by unit root tests, then p, q and drift by the least AIC.

Hyndman & Khandakar, "Automatic time series forecasting" (JSS 27, 2008), with
every p + q within the bounds tried, as BigQuery ML does, instead of a stepwise walk.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.arima import Arima, Order, fit_arima
from goldloop.training.time_series.loess import Floats

_KPSS_5_PERCENT = 0.463
_MOST_DIFFERENCES = 2
_LEAST_ROOT = 1.01  # R's auto.arima refuses what is nearer


@dataclass(frozen=True)
class Candidate:
    """One order tried: its model, or the reason why there is none."""

    order: Order
    model: Arima | None
    error: str = ""


@dataclass(frozen=True)
class Search:
    """What orders to try: all with min_order <= p + q <= max_order, or `fixed` alone."""

    max_order: int = 2
    min_order: int = 0
    fixed: Order | None = None


def search(values: Floats, wanted: Search) -> list[Candidate]:
    """Return every candidate tried, the best first: least AIC, then fewest coefficients."""
    tried = [wanted.fixed] if wanted.fixed else orders(values, wanted)
    found = [_tried(values, order, is_search=wanted.fixed is None) for order in tried]
    return sorted(found, key=_rank)


def differences(values: Floats) -> int:
    """Return how often the series must be differenced until KPSS no longer objects at 5 %."""
    for d in range(_MOST_DIFFERENCES):
        if len(values) < 5 or np.ptp(values) <= 1e-12 * float(np.abs(values).max()):
            return d
        if kpss(values) <= _KPSS_5_PERCENT:
            return d
        values = np.diff(values)
    return _MOST_DIFFERENCES


def kpss(values: Floats) -> float:
    """Return the statistic of Kwiatkowski et al. (1992) of a level-stationary null.

    The Bartlett window reaches 3 sqrt(n) / 13 lags, as in R's ndiffs.
    """
    n = len(values)
    residual = values - values.mean()
    lags = int(3 * np.sqrt(n) / 13)
    variance = float(residual @ residual)
    for lag in range(1, lags + 1):
        variance += 2 * (1 - lag / (lags + 1)) * float(residual[lag:] @ residual[:-lag])
    return float((np.cumsum(residual) ** 2).sum()) / (n * variance)


def orders(values: Floats, wanted: Search) -> list[Order]:
    """Return the orders to try: d by the tests, drift with and without where d = 1."""
    d = differences(values)
    drifts = (False, True) if d == 1 else (False,)
    return [
        Order(p, d, total - p, drift)
        for total in range(wanted.min_order, wanted.max_order + 1)
        for p in range(total + 1)
        for drift in drifts
    ]


def _tried(values: Floats, order: Order, is_search: bool) -> Candidate:
    try:
        model = fit_arima(values, order)
    except ValueError as error:
        return Candidate(order, None, f"{error}")
    if is_search and _nearest_root(model) < _LEAST_ROOT:
        return Candidate(order, None, "an AR root is too near the unit circle to forecast from")
    return Candidate(order, model)


def _nearest_root(model: Arima) -> float:
    """Return the least absolute root of the AR polynomial, infinity without one.

    Roots of the MA polynomial on the unit circle do no harm: a series around a
    line has one once it is differenced.
    """
    if not len(model.arma.ar):
        return np.inf
    # The inverse roots of 1 - phi_1 z - … are the roots of z^k - phi_1 z^(k-1) - …
    largest = float(np.abs(np.roots(np.concatenate([[1.0], -model.arma.ar]))).max())
    return 1.0 / largest if largest else np.inf


def _rank(candidate: Candidate) -> tuple[bool, float, int]:
    aic = candidate.model.aic if candidate.model else 0.0
    return candidate.model is None, aic, candidate.order.p + candidate.order.q
