"""The weights of external regressors: a regression whose errors are the rest of the pipeline.

Least squares first; then, of the series without seasons, holidays, spikes and
steps, generalised least squares under the ARIMA of what is left (Hyndman &
Athanasopoulos, Forecasting, 3rd ed., ch. 10). Otherwise a regressor would be
given a trend that it only happens to resemble.
"""

from __future__ import annotations

import numpy as np

from goldloop.training.time_series.arima import Order, fit_arima
from goldloop.training.time_series.arma import whitened
from goldloop.training.time_series.decompose import decompose
from goldloop.training.time_series.frequency import Times
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.order_search import differences
from goldloop.training.time_series.regular import Regular, regular
from goldloop.training.time_series.settings import Settings

_ROUNDS = 2


def regression_weights(
    times: Times, values: Floats, design: Floats, settings: Settings, penalty: float
) -> Floats:
    """Return a weight a column of `design`, penalised by `penalty` times its square.

    Args:
        times: of the rows, in any order.
        values: what is regressed.
        design: standardised numbers and one-hot categories; an intercept is not penalised.
        settings: what the rest of the series is modelled with.
        penalty: L2_REG.
    """
    weights = _ridge(np.column_stack([np.ones(len(values)), design]), values, penalty)
    for _ in range(_ROUNDS):
        try:
            weights = _generalised(times, values, design, settings, penalty, weights)
        except ValueError:  # too short a series for an ARIMA: least squares must do
            break
    return weights


def _generalised(
    times: Times,
    values: Floats,
    design: Floats,
    settings: Settings,
    penalty: float,
    weights: Floats,
) -> Floats:
    rest = regular(times, values - design @ weights, settings.frequency)
    level = decompose(rest, settings).level
    d = differences(level)
    arma = fit_arima(level, Order(1, d, 1), is_rough=True).arma
    columns = _on_grid(rest, times, design)
    target = np.diff(level + columns @ weights, d)
    moving = np.diff(columns, d, axis=0)
    together = np.column_stack([np.ones(len(target)), moving, target])
    white = whitened(together, arma.ar, arma.ma)
    return _ridge(white[:, :-1], white[:, -1], penalty)


def _on_grid(series: Regular, times: Times, design: Floats) -> Floats:
    """Return the columns at the points of the series: averaged and interpolated as the values."""
    index = series.grid.index_of(times)
    positions, where = np.unique(index, return_inverse=True)
    counts, points = np.bincount(where), np.arange(len(series.values))
    return np.column_stack(
        [
            np.interp(points, positions, np.bincount(where, weights=column) / counts)
            for column in design.T
        ]
    )


def _ridge(design: Floats, values: Floats, penalty: float) -> Floats:
    """Return the weights of all columns but the first, the intercept's, of least norm."""
    first = design[:, 0]
    size = float(first @ first)
    share = first @ design[:, 1:] / size
    centred = design[:, 1:] - np.outer(first, share)
    target = values - first * (float(first @ values) / size)
    if penalty:
        width = centred.shape[1]
        centred = np.vstack([centred, np.sqrt(penalty) * np.eye(width)])
        target = np.concatenate([target, np.zeros(width)])
    return np.asarray(np.linalg.lstsq(centred, target, rcond=None)[0], dtype=np.float64)
