"""Regression metrics against scikit-learn."""

import numpy as np
import pytest
from sklearn import metrics

RNG = np.random.default_rng(11)
NOISE = RNG.normal(size=1_000)
CASES = {
    "noisy": (RNG.uniform(10, 90, 1_000), RNG.uniform(10, 90, 1_000)),
    "good fit far from zero": (1e6 + 100 * NOISE, 1e6 + 99 * NOISE),
    "negative above minus one": (np.array([-0.5, 0.25, 3.0]), np.array([0.5, -0.9, 2.0])),
    "constant label": (np.full(5, 3.0), np.array([3.0, 3.5, 2.5, 3.0, 4.0])),
    "constant label, exact": (np.full(5, 3.0), np.full(5, 3.0)),
    "whole numbers": (np.array([1, 2, 3, 4, 7]), np.array([1, 3, 3, 2, 9])),
}


@pytest.mark.parametrize("case", CASES)
def test_metrics_equal_scikit_learns(evaluate, case):
    label, prediction = CASES[case]
    expected = {
        "mean_absolute_error": metrics.mean_absolute_error(label, prediction),
        "mean_squared_error": metrics.mean_squared_error(label, prediction),
        "mean_squared_log_error": metrics.mean_squared_log_error(label, prediction),
        "median_absolute_error": np.quantile(
            np.abs(label - prediction), 0.5, method="inverted_cdf"
        ),
        "r2_score": metrics.r2_score(label, prediction),
        "explained_variance": metrics.explained_variance_score(label, prediction),
    }
    found = evaluate("regression", scored={"label": label, "prediction": prediction})
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_median_of_an_even_number_of_errors_is_the_lower_of_the_middle_two(evaluate):
    scored = {"label": [1.0, 2.0, 3.0, 4.0], "prediction": [1.0, 3.0, 5.0, 14.0]}
    assert evaluate("regression", scored=scored)["median_absolute_error"] == 1.0


@pytest.mark.parametrize(
    "scored",
    [
        {"label": [-1.0, 2.0], "prediction": [1.0, 2.0]},
        {"label": [1.0, 2.0], "prediction": [-3.0, 2.0]},
    ],
)
def test_the_log_error_of_values_without_a_logarithm_is_null(evaluate, scored):
    found = evaluate("regression", scored=scored)
    assert found["mean_squared_log_error"] is None
    assert found["mean_squared_error"] is not None


def test_rows_without_a_label_or_a_prediction_are_ignored(evaluate):
    complete = {"label": [1.0, 2.0, 4.0], "prediction": [1.5, 2.0, 3.0]}
    gapped = {
        "label": [1.0, None, 2.0, 9.0, 4.0],
        "prediction": [1.5, 8.0, 2.0, None, 3.0],
    }
    assert evaluate("regression", scored=gapped) == evaluate("regression", scored=complete)


def test_one_row_has_errors_but_no_r2(evaluate):
    found = evaluate("regression", scored={"label": [2.0], "prediction": [3.0]})
    assert found["mean_absolute_error"] == 1.0
    assert found["r2_score"] is None
