"""ARIMA against statsmodels' state space models: likelihood, predictions, forecasts."""

import numpy as np
import pytest
from scipy.signal import lfilter
from statsmodels.tsa.statespace.sarimax import SARIMAX
from statsmodels.tsa.stattools import kpss as their_kpss

from goldloop.training.time_series.arima import Order, fit_arima, forecast, one_step
from goldloop.training.time_series.arma import fit_arma, innovations
from goldloop.training.time_series.banded import autocovariances
from goldloop.training.time_series.order_search import (
    Search,
    differences,
    kpss,
    orders,
    search,
)

NOISE = np.random.default_rng(1).normal(size=200)
STATIONARY = lfilter([1, 0.4], [1, -0.6, 0.1], NOISE) + 5
WALK = np.cumsum(NOISE + 0.3)

ORDERS = [
    Order(0, 0, 0),
    Order(1, 0, 0),
    Order(0, 0, 2),
    Order(2, 0, 1),
    Order(1, 1, 1, has_drift=True),
    Order(0, 1, 1, has_drift=True),
    Order(2, 1, 0),
    Order(0, 1, 0),
    Order(1, 2, 1),
]


def theirs(values, model):
    """Return statsmodels' model of that order, exactly diffuse, and our parameters as it has them.

    Its intercept is that of the recursion, ours the mean.
    """
    order, arma = model.order, model.arma
    described = SARIMAX(
        values,
        order=(order.p, order.d, order.q),
        trend="c" if order.has_constant else "n",
        use_exact_diffuse=order.d > 0,
    )
    described.ssm.tolerance = 0  # it would stop short of the steady state
    constant = [arma.mean * (1 - arma.ar.sum())] if order.has_constant else []
    return described, [*constant, *arma.ar, *arma.ma, arma.variance]


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_predictions_and_forecasts_are_those_of_a_state_space_model(order):
    values = STATIONARY if order.d == 0 else WALK
    model = fit_arima(values, order)
    described, parameters = theirs(values, model)
    filtered = described.filter(parameters)
    ahead = filtered.get_forecast(12)
    path = forecast(model, values, 12)
    np.testing.assert_allclose(path.values, ahead.predicted_mean, rtol=1e-6)
    np.testing.assert_allclose(path.errors, ahead.se_mean, rtol=1e-6)
    np.testing.assert_allclose(
        one_step(model, values)[order.d :], filtered.fittedvalues[order.d :], atol=1e-6
    )


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_no_other_optimiser_finds_a_larger_likelihood(order):
    values = STATIONARY if order.d == 0 else WALK
    model = fit_arima(values, order)
    described, parameters = theirs(values, model)
    best = described.fit(parameters, disp=False)
    assert described.loglike(best.params) < described.loglike(parameters) + 1e-3


@pytest.mark.parametrize(("p", "q"), [(1, 0), (0, 1), (2, 1), (1, 3)])
def test_the_likelihood_is_that_of_the_joint_normal_density(p, q):
    values = STATIONARY[:30] - 5
    arma = fit_arma(values, p, q, has_mean=False)
    gamma = arma.variance * np.array(autocovariances(arma.ar, arma.ma, 30))
    covariance = gamma[np.abs(np.subtract.outer(np.arange(30), np.arange(30)))]
    _, determinant = np.linalg.slogdet(covariance)
    exact = -0.5 * (
        30 * np.log(2 * np.pi) + determinant + values @ np.linalg.solve(covariance, values)
    )
    assert arma.log_likelihood == pytest.approx(exact, rel=1e-10)
    errors, scales = innovations(values, arma.ar, arma.ma)
    assert (errors / scales) @ (errors / scales) / 30 == pytest.approx(arma.variance)


def test_the_unit_root_statistic_is_that_of_statsmodels():
    with pytest.warns(match="test statistic is outside"):
        expected = their_kpss(WALK, nlags=int(3 * np.sqrt(200) / 13), result_object=False)[0]
    assert kpss(WALK) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("values", "d"),
    [(STATIONARY, 0), (WALK, 1), (np.cumsum(WALK), 2), (np.ones(50), 0), (np.arange(3.0), 0)],
    ids=["stationary", "walk", "integrated walk", "constant", "three points"],
)
def test_a_series_is_differenced_until_it_is_level(values, d):
    assert differences(values) == d


@pytest.mark.parametrize(("most", "count"), [(1, 6), (2, 12), (3, 20), (4, 30), (5, 42)])
def test_as_many_orders_are_tried_as_bigquery_ml_tries(most, count):
    assert differences(WALK) == 1
    assert len(set(orders(WALK, Search(max_order=most)))) == count


def test_the_best_candidate_comes_first_and_those_without_a_model_last():
    found = search(WALK, Search(2))
    criteria = [candidate.model.aic for candidate in found if candidate.model]
    assert criteria == sorted(criteria)
    assert [candidate.model is None for candidate in found] == sorted(
        candidate.model is None for candidate in found
    )


def test_the_least_order_leaves_simpler_ones_out():
    found = search(WALK, Search(max_order=2, min_order=2))
    assert {candidate.order.p + candidate.order.q for candidate in found} == {2}


def test_a_given_order_is_the_only_one_tried():
    order = Order(1, 1, 0, has_drift=True)
    assert [candidate.order for candidate in search(WALK, Search(fixed=order))] == [order]


def test_a_straight_line_is_continued_without_error():
    line = 2.0 * np.arange(30) + 1
    best = search(line, Search(2))[0]
    path = forecast(best.model, line, 5)
    np.testing.assert_allclose(path.values, 2.0 * np.arange(30, 35) + 1)
    np.testing.assert_array_equal(path.errors, 0)


def test_a_constant_is_continued_without_error():
    best = search(np.full(20, 7.0), Search(2))[0]
    assert forecast(best.model, np.full(20, 7.0), 3).values.tolist() == [7.0] * 3


def test_a_line_with_noise_is_continued_upwards():
    line = 0.1 * np.arange(200) + NOISE
    best = search(line, Search(2))[0]
    expected = 0.1 * np.arange(200, 300)
    assert np.abs(forecast(best.model, line, 100).values - expected).max() < 1.5


def test_too_few_points_are_a_reason_and_no_crash():
    with pytest.raises(ValueError, match="4 points are too few"):
        fit_arma(np.array([1.0, 3, 2, 4]), 2, 1, has_mean=True)
    assert search(np.array([5.0]), Search(2))[0].model is not None


def test_two_points_and_a_parabola_have_a_model():
    two = search(np.array([1.0, 3.0]), Search(2))[0]
    assert forecast(two.model, np.array([1.0, 3.0]), 1).values.tolist() == [2.0]
    parabola = np.arange(40.0) ** 2
    found = search(parabola, Search(2))[0]
    assert found.order.d == 2
    ahead = forecast(found.model, parabola, 1)
    assert ahead.values[0] == pytest.approx(1600, abs=3)
