"""Seasonal-trend decomposition by loess (Cleveland et al., 1990)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.loess import Floats, loess


@dataclass(frozen=True)
class Decomposition:
    """value = seasonal + trend + remainder; `robustness` weighs the points, 0 for outliers."""

    seasonal: Floats
    trend: Floats
    robustness: Floats | None


def stl(
    values: Floats, period: int, seasonal_window: int, degree: int = 0, robust: bool = False
) -> Decomposition:
    """Decompose a series of at least two periods.

    Seasons are smoothed by local constants, which a few cycles bear, or, of degree 1,
    by local lines. The windows of trend and low-pass filter are those the authors recommend;
    loess is computed at every tenth of its window and interpolated, as R does.
    Robust: five times anew with weights, one inner iteration each; else two inner iterations.
    """
    trend_window = _odd(math.ceil(1.5 * period / (1 - 1.5 / seasonal_window)))
    low_pass_window = _odd(period + 1)
    trend = np.zeros_like(values)
    weights: Floats | None = None
    seasonal = trend
    inner, outer = (1, 6) if robust else (2, 1)
    for _ in range(outer):
        for _ in range(inner):
            seasonal = _seasonal(
                values - trend, period, seasonal_window, degree, low_pass_window, weights
            )
            trend = loess(
                (values - seasonal)[None],
                trend_window,
                jump=math.ceil(trend_window / 10),
                robustness=None if weights is None else weights[None],
            )[0]
        if robust:
            weights = _bisquare(values - seasonal - trend)
    return Decomposition(seasonal, trend, weights)


def _seasonal(
    detrended: Floats,
    period: int,
    window: int,
    degree: int,
    low_pass_window: int,
    weights: Floats | None,
) -> Floats:
    length = len(detrended)
    cycles = np.full(length + 2 * period, np.nan)
    jump = math.ceil(window / 10)
    # Phases have one of two lengths: those of one length are smoothed together.
    whole, rest = divmod(length, period)
    for phases, points in ((range(rest), whole + 1), (range(rest, period), whole)):
        if not len(phases):
            continue
        index = np.asarray(phases)[:, None] + period * np.arange(points)
        smooth = loess(
            detrended[index],
            window,
            degree,
            jump,
            None if weights is None else weights[index],
            margin=1,
        )
        extended = np.asarray(phases)[:, None] + period * np.arange(points + 2)
        cycles[extended] = smooth
    low_pass = _moving_average(_moving_average(_moving_average(cycles, period), period), 3)
    level = loess(low_pass[None], low_pass_window, jump=math.ceil(low_pass_window / 10))[0]
    return cycles[period : period + length] - level


def _moving_average(values: Floats, window: int) -> Floats:
    return np.convolve(values, np.full(window, 1.0 / window), mode="valid")


def _bisquare(remainder: Floats) -> Floats:
    """Return the robustness weights: bisquare of |r| / (6 median |r|)."""
    size = np.abs(remainder)
    scale = 6.0 * float(np.median(size))
    if scale == 0.0:
        return np.ones_like(remainder)
    ratio = size / scale
    weights = (1.0 - np.minimum(ratio, 1.0) ** 2) ** 2
    return np.where(ratio <= 0.001, 1.0, np.where(ratio > 0.999, 0.0, weights))


def _odd(number: int) -> int:
    return number if number % 2 else number + 1
