"""The weights of external regressors."""

import numpy as np
import pytest
from statsmodels.tsa.statespace.sarimax import SARIMAX

from goldloop.training.time_series.regression import regression_weights
from goldloop.training.time_series.settings import Settings

RANDOM = np.random.default_rng(8)
DAYS = np.datetime64("2024-01-01", "us") + np.arange(300) * np.timedelta64(86_400_000_000, "us")
PLAIN = Settings(seasonalities=(), clean_spikes_and_dips=False, adjust_step_changes=False)


@pytest.mark.parametrize(
    "rest",
    [0.5 * np.arange(300), np.cumsum(RANDOM.normal(size=300)), 5.0 * (np.arange(300) % 7 == 1)],
    ids=["line", "walk", "weekly"],
)
def test_a_regressor_keeps_its_weight_whatever_else_moves_the_series(rest):
    design = RANDOM.normal(size=(300, 2))
    values = 3 * design[:, 0] - 2 * design[:, 1] + rest + 0.1 * RANDOM.normal(size=300)
    weights = regression_weights(DAYS, values, design, Settings(), 0.0)
    np.testing.assert_allclose(weights, [3, -2], atol=0.2)


def test_weights_are_those_of_a_regression_with_arima_errors():
    design = RANDOM.normal(size=(300, 1))
    values = 2 * design[:, 0] + np.cumsum(RANDOM.normal(size=300))
    theirs = SARIMAX(values, exog=design, order=(1, 1, 1), trend="c").fit(disp=False)
    found = regression_weights(DAYS, values, design, PLAIN, 0.0)
    assert found[0] == pytest.approx(theirs.params[1], abs=0.02)


def test_the_penalty_shrinks_weights():
    design = RANDOM.normal(size=(300, 1))
    values = 2 * design[:, 0] + RANDOM.normal(size=300)
    free, held = (regression_weights(DAYS, values, design, PLAIN, p)[0] for p in (0.0, 300.0))
    assert 0 < held < 0.7 * free


def test_a_few_rows_are_regressed_by_least_squares():
    design = np.array([[1.0], [2.0], [4.0]])
    weights = regression_weights(DAYS[:3], 3 * design[:, 0] + 1, design, Settings(), 0.0)
    assert weights == pytest.approx([3.0])
