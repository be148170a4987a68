import numpy as np
import pytest
from rich_rows import standardised
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax

from goldloop.errors import OptionError, TrainingDataError
from goldloop.training import logistic


def two_classes(signal):
    return np.where(signal > np.median(signal), "yes", "no")


def three_classes(signal):
    return np.digitize(signal, np.quantile(signal, [0.3, 0.7])) * 10


@pytest.fixture
def solvers(monkeypatch):
    """The scikit-learn models that training fits, in order."""
    made = []

    class Remembered(logistic.LogisticRegression):
        def fit(self, *arguments, **named):
            made.append(self)
            return super().fit(*arguments, **named)

    monkeypatch.setattr(logistic, "LogisticRegression", Remembered)
    return made


BINARY = {
    "l2": {"l2_reg": 0.01},
    "auto class weights": {"l2_reg": 0.01, "auto_class_weights": True},
    "class weights": {"l2_reg": 0.01, "class_weights": [("no", 0.5), ("yes", 3)]},
    "dummy encoding": {"l2_reg": 0.01, "category_encoding_method": "dummy_encoding"},
    "no intercept": {"l2_reg": 0.01, "fit_intercept": False},
}


@pytest.mark.parametrize("options", BINARY.values(), ids=BINARY)
def test_binary_probabilities_are_those_of_the_fitted_model(
    trained, scores, solvers, training_rows, scored_rows, options
):
    trained("logistic_reg", two_classes, "varchar", **options)
    dummy = "category_encoding_method" in options
    fresh = standardised(training_rows, scored_rows, drop_most_frequent=dummy)
    expected = solvers[-1].predict_proba(fresh)
    predicted, larger, p_larger, p_smaller = scores(
        "predicted_y, predicted_y_probs[1].label, predicted_y_probs[1].prob, "
        "predicted_y_probs[2].prob"
    )
    assert set(larger) == {"yes"}
    np.testing.assert_allclose(p_larger, expected[:, 1], rtol=1e-9)
    np.testing.assert_allclose(p_smaller, expected[:, 0], rtol=1e-9, atol=1e-15)
    assert predicted == ["yes" if p >= 0.5 else "no" for p in p_larger]


@pytest.mark.parametrize("weighted", [False, True])
def test_the_fitted_model_minimises_mean_cross_entropy_and_half_the_squares(
    trained, scores, signal, training_rows, scored_rows, weighted
):
    weights = {"class_weights": [("no", 1), ("yes", 4)]} if weighted else {}
    trained("logistic_reg", two_classes, "varchar", l2_reg=0.05, **weights)
    x = standardised(training_rows, training_rows)
    y = two_classes(signal) == "yes"
    w = np.where(y, 4.0, 1.0) if weighted else np.ones(len(y))

    def loss(b):
        z = x @ b[:-1] + b[-1]
        rows = np.logaddexp(0, z) - y * z
        gap = w * (expit(z) - y) / w.sum()
        value = w @ rows / w.sum() + 0.025 * b[:-1] @ b[:-1]
        return value, np.append(x.T @ gap + 0.05 * b[:-1], gap.sum())

    best = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, tol=1e-14, method="L-BFGS-B").x
    expected = expit(standardised(training_rows, scored_rows) @ best[:-1] + best[-1])
    np.testing.assert_allclose(scores("predicted_y_probs[1].prob")[0], expected, atol=1e-5)


def test_multinomial_probabilities_are_those_of_the_fitted_model_and_sum_to_one(
    trained, scores, solvers, training_rows, scored_rows
):
    trained("logistic_reg", three_classes, "integer", l2_reg=0.01)
    expected = solvers[-1].predict_proba(standardised(training_rows, scored_rows))
    predicted, labels, probs = scores(
        "predicted_y, list_transform(predicted_y_probs, lambda p: p.label), "
        "list_transform(predicted_y_probs, lambda p: p.prob)"
    )
    assert labels == [[20, 10, 0]] * len(labels)
    np.testing.assert_allclose(np.array(probs)[:, ::-1], expected, rtol=1e-9)
    np.testing.assert_allclose(np.sum(probs, axis=1), 1, rtol=1e-12)
    assert predicted == [int(np.argmax(row) * 10) for row in expected]


def test_descent_with_l1_reaches_the_optimality_conditions(
    trained, warehouse, signal, training_rows
):
    trained(
        "logistic_reg",
        three_classes,
        "integer",
        l1_reg=0.02,
        max_iterations=2_000,
        early_stop=False,
    )
    x = standardised(training_rows, training_rows)
    found = warehouse.rows(
        "select (json ->> 'class_label')::int as label, list(value order by rowid) "
        "from goldloop.metrics where section = 'weights' group by label order by label"
    )
    b = np.array([weights for _, weights in found])
    w, intercept = b[:, :-1], b[:, -1]
    gap = softmax(x @ w.T + intercept, axis=1) - np.eye(3)[three_classes(signal) // 10]
    gradient = gap.T @ x / len(x)
    assert np.abs(gap.mean(axis=0)).max() < 1e-4
    assert np.abs(gradient).max() < 0.02 + 1e-4
    np.testing.assert_allclose(gradient[w != 0], -0.02 * np.sign(w[w != 0]), atol=1e-4)
    assert (w == 0).mean() > 0.3
    loss = -log_softmax(x @ w.T + intercept, axis=1)[np.arange(len(x)), three_classes(signal) // 10]
    assert warehouse.details("m", "training_info")[-1][1] == pytest.approx(loss.mean())


def test_binary_descent_nears_the_unpenalised_optimum_of_l_bfgs(trained, scores):
    trained("logistic_reg", two_classes, "varchar", l2_reg=0.1)
    (exact,) = scores("predicted_y_probs[1].prob")
    trained(
        "logistic_reg", two_classes, "varchar", l2_reg=0.1, max_iterations=500, early_stop=False
    )
    np.testing.assert_allclose(scores("predicted_y_probs[1].prob")[0], exact, atol=1e-5)


def test_a_threshold_moves_the_predicted_label_and_not_the_probability(trained, warehouse):
    trained("logistic_reg", two_classes, "varchar", l2_reg=0.01)
    rows = warehouse.rows(
        "select m(src, 0.9).predicted_y, m(src).predicted_y_probs[1].prob, "
        "m(src, 0.9).predicted_y_probs[1].prob from fresh as src"
    )
    assert all((label == "yes") == (p >= 0.9) and p == q for label, p, q in rows)
    assert {label for label, _, _ in rows} == {"yes", "no"}


LABELS = {
    "booleans": ("boolean", "i % 3 = 0", "BOOLEAN", [True, False]),
    "integers": ("integer", "i % 2 + 7", "INTEGER", [8, 7]),
    "tinyints": ("tinyint", "(i % 3)::tinyint", "TINYINT", [2, 1, 0]),
    "doubles": ("double", "(i % 2) / 10", "DOUBLE", [0.1, 0.0]),
    "dates": ("date", "date '2024-01-01' + (i % 2)::int", "DATE", None),
    "texts": ("varchar", "chr(97 + (i % 2)::int) || ''''", "VARCHAR", ["b'", "a'"]),
}


@pytest.mark.parametrize(("label_type", "label", "predicted_type", "order"), LABELS.values())
def test_predicted_labels_have_the_labels_type_and_come_largest_first(
    warehouse, label_type, label, predicted_type, order
):
    query = f"select i as x, ({label})::{label_type} as label from range(60) as r(i)"
    warehouse.build("m", query, model_type="logistic_reg")
    found = warehouse.rows(
        f"select distinct typeof(p), typeof(l) from (select m(src).predicted_label as p, "
        f"m(src).predicted_label_probs[1].label as l from ({query}) as src)"
    )
    assert found == [(predicted_type, predicted_type)]
    if order:
        labels = "list_transform(predicted_label_probs, lambda p: p.label)"
        assert warehouse.predict("m", f"{query} limit 1", labels) == [(order,)]


REFUSED = {
    "one class": ("'a'", "has only the class 'a' in its 30 training rows"),
    "51 classes": ("i", "at most 50"),
    "a list": ("[i % 2]", "a class is a string"),
    "a decimal": ("(i % 2)::decimal(4, 1)", "Cast it in the query"),
    "NaN": ("if(i % 2 = 0, 'nan'::double, 1)", "holds NaN or infinity"),
    "infinite dates": ("if(i % 2 = 0, 'infinity'::date, '2024-01-01')", "a date that is infinite"),
}


@pytest.mark.parametrize(("label", "fault"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("model_type", ["logistic_reg", "boosted_tree_classifier"])
def test_labels_that_are_no_classes_are_refused(warehouse, model_type, label, fault):
    rows = 51 if "51" in fault or "50" in fault else 30
    query = f"select i as x, {label} as y from range({rows}) as r(i)"
    with pytest.raises(TrainingDataError, match=fault) as error:
        warehouse.build("m", query, model_type=model_type, input_label_cols=["y"])
    assert "Model main.m: label 'y'" in str(error.value)


def test_fifty_classes_are_served(warehouse):
    query = "select i % 50 as x, i % 50 as y from range(400) as r(i)"
    warehouse.build("m", query, model_type="logistic_reg", input_label_cols=["y"])
    assert len(warehouse.card("m").classes) == 50


def test_one_class_left_by_the_split_says_so(warehouse):
    query = "select i as x, i % 2 as y, i % 2 = 0 as is_held_out from range(30) as r(i)"
    with pytest.raises(TrainingDataError, match=r"only the class 1.*data split"):
        warehouse.build(
            "m",
            query,
            model_type="logistic_reg",
            input_label_cols=["y"],
            data_split_method="custom",
            data_split_col="is_held_out",
        )


WEIGHTS = {
    "one missing": ([("a", 1)], "lacks the class b; expected a weight for each of a, b"),
    "one unknown": ([("a", 1), ("b", 1), ("c", 1)], "names c, which is no class"),
    "one twice": ([("a", 1), ("b", 1), ("b", 2)], "names a class twice"),
    "all zero": ([("a", 0), ("b", 0)], "is 0 for every class"),
}


@pytest.mark.parametrize(("weights", "fault"), WEIGHTS.values(), ids=WEIGHTS)
def test_class_weights_name_every_class_once(warehouse, weights, fault):
    query = "select i as x, chr(97 + (i % 2)::int) as label from range(30) as r(i)"
    with pytest.raises(OptionError, match=f"Model main.m: option class_weights {fault}"):
        warehouse.build("m", query, model_type="logistic_reg", class_weights=weights)


def test_class_weights_of_numbers_and_booleans_are_found_however_yaml_spells_them(warehouse):
    query = "select i as x, i % 2 = 0 as label from range(30) as r(i)"
    options = {"model_type": "logistic_reg", "class_weights": [["true", 2], [False, 1]]}
    warehouse.build("m", query, **options)
    ((said, *_),) = warehouse.predict("m", "select 14.5 as x")
    assert said is True  # the heavier of two classes that x does not tell apart
    query = "select i as x, (i % 2)::double as label from range(30) as r(i)"
    warehouse.build("n", query, model_type="logistic_reg", class_weights={0: 2, "1": 1})
    ((said, *_),) = warehouse.predict("n", "select 14.5 as x")
    assert said == 0.0
