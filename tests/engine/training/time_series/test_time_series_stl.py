"""Loess and STL against statsmodels, whose STL derives from the authors' Fortran."""

import math

import numpy as np
import pytest
from statsmodels.tsa.seasonal import STL

from goldloop.training.time_series.stl import stl


def odd(number):
    return number if number % 2 else number + 1


def noisy(length, period, seed=0):
    random = np.random.default_rng(seed)
    t = np.arange(length)
    values = 0.05 * t + 3 * np.sin(2 * np.pi * t / period) + random.normal(size=length)
    values[length // 2] += 20
    return values


def theirs(values, period, window, degree, robust):
    trend, low_pass = odd(math.ceil(1.5 * period / (1 - 1.5 / window))), odd(period + 1)
    return STL(
        values,
        period=period,
        seasonal=window,
        trend=trend,
        low_pass=low_pass,
        seasonal_deg=degree,
        robust=robust,
        seasonal_jump=math.ceil(window / 10),
        trend_jump=math.ceil(trend / 10),
        low_pass_jump=math.ceil(low_pass / 10),
    ).fit(inner_iter=1 if robust else 2, outer_iter=5 if robust else 0)


@pytest.mark.parametrize("robust", [False, True], ids=["plain", "robust"])
@pytest.mark.parametrize(
    ("length", "period", "window", "degree"),
    [
        (100, 7, 11, 0),
        (27, 12, 13, 0),
        (60, 12, 15, 1),
        (100, 7, 11, 1),
        (800, 365, 11, 0),
        (14, 7, 11, 0),
        (41, 2, 7, 0),
    ],
)
def test_a_decomposition_is_that_of_statsmodels(length, period, window, degree, robust):
    values = noisy(length, period)
    found = stl(values, period, window, degree, robust)
    expected = theirs(values, period, window, degree, robust)
    np.testing.assert_allclose(found.seasonal, expected.seasonal, atol=1e-9)
    np.testing.assert_allclose(found.trend, expected.trend, atol=1e-9)


def test_an_outlier_has_no_weight_in_a_robust_decomposition():
    values = noisy(100, 7)
    weights = stl(values, 7, 11, robust=True).robustness
    assert weights[50] == 0
    assert np.median(weights) > 0.8


def test_a_constant_series_has_neither_season_nor_remainder():
    found = stl(np.full(40, 3.0), 7, 11, robust=True)
    np.testing.assert_allclose(found.seasonal, 0, atol=1e-12)
    np.testing.assert_allclose(found.trend, 3)
