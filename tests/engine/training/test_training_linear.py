import itertools

import numpy as np
import pytest
from palmerpenguins import load_penguins
from rich_rows import standardised
from sklearn.linear_model import Lasso, LinearRegression, Ridge

NORMAL = {"optimize_strategy": "normal_equation"}


def least_norm(x, y):
    centred = x - x.mean(axis=0)
    weights = np.linalg.pinv(centred) @ (y - y.mean())
    return weights, y.mean() - x.mean(axis=0) @ weights


def ridge(l2):
    def solve(x, y):
        model = Ridge(alpha=len(x) * l2).fit(x, y)
        return model.coef_, model.intercept_

    return solve


def without_intercept(x, y):
    return np.linalg.pinv(x) @ y, 0.0


CASES = {
    "least squares of least norm": ({}, least_norm, {}),
    "l2": ({"l2_reg": 0.05}, ridge(0.05), {}),
    "dummy encoding": (
        {"category_encoding_method": "dummy_encoding"},
        least_norm,
        {"drop_most_frequent": True},
    ),
    "no intercept": ({"fit_intercept": False}, without_intercept, {}),
}


@pytest.mark.parametrize(("options", "solve", "encoding"), CASES.values(), ids=CASES)
def test_predictions_are_those_of_the_solution_on_the_standardised_matrix(
    trained, scores, signal, training_rows, scored_rows, options, solve, encoding
):
    trained("linear_reg", **NORMAL, **options)
    weights, intercept = solve(standardised(training_rows, training_rows, **encoding), signal)
    expected = standardised(training_rows, scored_rows, **encoding) @ weights + intercept
    (found,) = scores("predicted_y")
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


def test_a_full_rank_matrix_gives_scikit_learns_linear_regression(warehouse):
    random = np.random.default_rng(4)
    x = random.normal(size=(200, 4)) * [1, 1e6, 1e-6, 1] + [0, 1e9, 0, 5]
    y = x @ [1, 1e-6, 1e6, -2] + random.normal(size=200)
    warehouse.con.register("points", {f"x{i}": column for i, column in enumerate([*x.T, y])})
    warehouse.build("m", "select * from points", model_type="linear_reg", input_label_cols="x4")
    found = warehouse.rows("select m(points).predicted_x4 from points")
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    expected = LinearRegression().fit(z, y).predict(z)
    np.testing.assert_allclose(np.ravel(found), expected, rtol=1e-9)


def test_l1_descends_to_the_lasso(trained, scores, signal, training_rows, scored_rows):
    trained("linear_reg", l1_reg=0.05, max_iterations=6_000, early_stop=False)
    x = standardised(training_rows, training_rows)
    lasso = Lasso(alpha=0.05, tol=1e-12, max_iter=200_000).fit(x, signal)
    expected = lasso.predict(standardised(training_rows, scored_rows))
    np.testing.assert_allclose(scores("predicted_y")[0], expected, atol=1e-6)


def test_descent_nears_least_squares_with_more_iterations(trained, scores, warehouse):
    trained("linear_reg", **NORMAL)
    (exact,) = scores("predicted_y")
    gaps = []
    for iterations in (5, 50, 500):
        trained("linear_reg", max_iterations=iterations, early_stop=False)
        gaps.append(np.abs(np.subtract(scores("predicted_y")[0], exact)).mean())
    assert gaps[0] > gaps[1] > gaps[2]
    losses = [value for _, value, _ in warehouse.details("m", "training_info")]
    assert len(losses) == 500
    assert losses == sorted(losses, reverse=True)


def test_a_constant_learn_rate_takes_equal_steps(trained, warehouse):
    trained(
        "linear_reg",
        learn_rate_strategy="constant",
        learn_rate=0.001,
        max_iterations=3,
        early_stop=False,
    )
    rates = warehouse.rows(
        "select distinct json ->> 'learning_rate' from goldloop.metrics "
        "where section = 'training_info'"
    )
    assert rates == [("0.001",)]


def test_early_stop_ends_at_the_first_iteration_of_little_progress(trained, warehouse):
    trained("linear_reg", max_iterations=5_000, min_rel_progress=0.05)
    losses = [value for _, value, _ in warehouse.details("m", "training_info")]
    progress = [(a - b) / a for a, b in itertools.pairwise(losses)]
    assert all(each >= 0.05 for each in progress[:-1])
    assert progress[-1] < 0.05


def test_weights_are_recorded_with_null_filler_and_the_dropped_category(trained, warehouse):
    trained("linear_reg", **NORMAL, category_encoding_method="dummy_encoding")
    found = {
        (feature, category): weight
        for feature, category, weight in warehouse.rows(
            "select json ->> 'feature', json ->> 'category', value from goldloop.metrics "
            "where section = 'weights'"
        )
    }
    assert {category for feature, category in found if feature == "is_new"} == {
        "True",
        "False",
        "_null_filler",
    }
    assert found["is_new", "False"] == 0.0
    assert found["is_new", "True"] != 0.0
    assert ("__INTERCEPT__", None) in found
    assert {("_TS_WOY_seen_at", "0"), ("_TS_DOW_seen_at", "7"), ("seen_at", None)} <= set(found)


def test_penguins_get_the_metrics_that_bigquery_publishes(warehouse):
    warehouse.con.register("penguins", load_penguins())
    # BigQuery's public table has "." for the sex of this one bird, the package NULL.
    report = warehouse.build(
        "m",
        """
        select * exclude (year, sex),
            if(bill_length_mm = 44.5 and body_mass_g = 4875, '.', upper(sex)) as sex
        from penguins
        where body_mass_g is not null
        """,
        model_type="linear_reg",
        input_label_cols=["body_mass_g"],
    )
    published = {
        "mean_absolute_error": 227.01223667447218,
        "mean_squared_error": 81838.15989216768,
        "mean_squared_log_error": 0.0050704473735013,
        "median_absolute_error": 173.08081641661738,
        "r2_score": 0.8723772534253441,
        "explained_variance": 0.8723772534253442,
    }
    assert report.metrics == pytest.approx(published, rel=1e-9)
