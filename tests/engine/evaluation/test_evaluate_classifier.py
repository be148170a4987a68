"""Classification metrics, binary and multiclass, against scikit-learn."""

import datetime as dt

import numpy as np
import pytest
from sklearn import metrics

RNG = np.random.default_rng(5)


def probs_of(classes, probabilities):
    """Return the `probs` column of a model: an entry a class, larger label first."""
    descending = sorted(range(len(classes)), key=lambda i: classes[i], reverse=True)
    return [
        [{"label": classes[i], "prob": float(row[i])} for i in descending] for row in probabilities
    ]


def softmax_probabilities(rows, classes, decimals=None):
    scores = RNG.normal(size=(rows, classes))
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    if decimals is not None:
        # Ties: few distinct values, the last class takes the rest.
        probabilities = np.floor(probabilities * 10**decimals) / 10**decimals
        probabilities[:, -1] = 1 - probabilities[:, :-1].sum(axis=1)
    return probabilities


def scored_of(classes, label, probabilities, threshold=0.5):
    if len(classes) == 2:
        predicted = [classes[int(row[1] >= threshold)] for row in probabilities]
    else:
        predicted = [classes[int(np.argmax(row))] for row in probabilities]
    probs = probs_of(classes, probabilities)
    return {"label": label, "predicted_label": predicted, "probs": probs}


def expected_of(classes, scored, probabilities):
    label, predicted = scored["label"], scored["predicted_label"]
    is_binary = len(classes) == 2
    choice = (
        {"pos_label": classes[1], "average": "binary"}
        if is_binary
        else {"labels": classes, "average": "macro"}
    )
    choice["zero_division"] = 0
    curve = (
        metrics.roc_auc_score([value == classes[1] for value in label], probabilities[:, 1])
        if is_binary
        else metrics.roc_auc_score(label, probabilities, multi_class="ovr", labels=classes)
    )
    return {
        "precision": metrics.precision_score(label, predicted, **choice),
        "recall": metrics.recall_score(label, predicted, **choice),
        "accuracy": metrics.accuracy_score(label, predicted),
        "f1_score": metrics.f1_score(label, predicted, **choice),
        "log_loss": metrics.log_loss(label, probabilities, labels=classes),
        "roc_auc": curve,
    }


# name: (ascending classes, rows, decimals of the probabilities or None, threshold)
CASES = {
    "binary numbers": ([0, 1], 500, None, 0.5),
    "binary texts, ties": (["no", "yes"], 500, 1, 0.5),
    "binary booleans, high threshold": ([False, True], 300, 2, 0.8),
    "binary, nothing predicted positive": ([0, 1], 200, 2, 1.1),
    "three texts": (["a", "b", "c"], 500, None, 0.5),
    "four numbers, ties": ([1, 2, 3, 10], 400, 1, 0.5),
    "twenty classes, many rows": (list(range(20)), 20_000, None, 0.5),
}


@pytest.mark.parametrize("case", CASES)
def test_metrics_equal_scikit_learns(evaluate, case):
    classes, rows, decimals, threshold = CASES[case]
    probabilities = softmax_probabilities(rows, len(classes), decimals)
    label = [classes[i] for i in RNG.integers(len(classes), size=rows)]
    scored = scored_of(classes, label, probabilities, threshold)
    kind = "binary_classification" if len(classes) == 2 else "multiclass_classification"
    found = evaluate(kind, scored=scored)
    expected = expected_of(classes, scored, probabilities)
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_certain_and_wrong_costs_the_clipped_log_loss(evaluate):
    probabilities = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    scored = scored_of([0, 1], [1, 1, 0], probabilities)
    found = evaluate("binary_classification", scored=scored)
    expected = metrics.log_loss([1, 1, 0], probabilities)
    assert found["log_loss"] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("label", "recall"), [(1, 0.5), (0, 0.0)])
def test_one_class_in_the_evaluation_set_has_no_roc_auc(evaluate, label, recall):
    scored = scored_of([0, 1], [label, label], np.array([[0.8, 0.2], [0.3, 0.7]]))
    found = evaluate("binary_classification", scored=scored)
    assert found["roc_auc"] is None
    assert found["recall"] == recall
    assert found["accuracy"] == 0.5


def test_the_mean_roc_auc_is_of_the_classes_that_have_a_curve(evaluate):
    probabilities = softmax_probabilities(60, 3)
    label = ["a", "b"] * 30
    found = evaluate(
        "multiclass_classification", scored=scored_of(["a", "b", "c"], label, probabilities)
    )
    curves = [
        metrics.roc_auc_score([value == klass for value in label], probabilities[:, i])
        for i, klass in enumerate(["a", "b"])
    ]
    assert found["roc_auc"] == pytest.approx(np.mean(curves), rel=1e-9)


def test_a_class_the_model_knows_but_the_rows_lack_counts_as_zero(evaluate):
    scored = scored_of(["a", "b", "c"], ["a", "b"], np.array([[0.9, 0.1, 0], [0.1, 0.9, 0]]))
    found = evaluate("multiclass_classification", scored=scored)
    assert found["accuracy"] == 1.0
    assert found["recall"] == pytest.approx(2 / 3)


def test_a_label_the_model_never_saw_counts_as_a_class(evaluate):
    scored = scored_of(["a", "b", "c"], ["a", "new"], np.array([[0.9, 0.1, 0], [0.1, 0.9, 0]]))
    found = evaluate("multiclass_classification", scored=scored)
    expected = metrics.f1_score(
        scored["label"],
        scored["predicted_label"],
        labels=["a", "b", "c", "new"],
        average="macro",
        zero_division=0,
    )
    assert found["f1_score"] == pytest.approx(expected, rel=1e-9)


def test_the_positive_class_is_the_models_larger_label_not_the_rows(evaluate):
    scored = scored_of([0, 1], [1, 0, 7], np.array([[0.2, 0.8], [0.6, 0.4], [0.9, 0.1]]))
    found = evaluate("binary_classification", scored=scored)
    assert (found["precision"], found["recall"]) == (1.0, 1.0)
    assert found["accuracy"] == pytest.approx(2 / 3)


def test_dates_are_labels_as_any_other(evaluate):
    classes = [dt.date(2026, 1, 1), dt.date(2026, 1, 2)]
    probabilities = np.array([[0.2, 0.8], [0.6, 0.4]])
    found = evaluate(
        "binary_classification", scored=scored_of(classes, classes[::-1], probabilities)
    )
    assert found["f1_score"] == 1.0


def test_rows_without_a_label_are_ignored(evaluate):
    probabilities = softmax_probabilities(40, 2)
    label = [int(i) for i in RNG.integers(2, size=40)]
    complete = scored_of([0, 1], label, probabilities)
    gapped = {
        "label": [*label, None],
        "predicted_label": [*complete["predicted_label"], 1],
        "probs": [*complete["probs"], complete["probs"][0]],
    }
    assert evaluate("binary_classification", scored=gapped) == pytest.approx(
        evaluate("binary_classification", scored=complete), rel=1e-12
    )


def test_a_hundred_thousand_rows_are_evaluated_exactly(evaluate):
    probabilities = softmax_probabilities(100_000, 2, decimals=3)
    label = [int(i) for i in RNG.integers(2, size=100_000)]
    scored = scored_of([0, 1], label, probabilities)
    found = evaluate("binary_classification", scored=scored)
    assert found == pytest.approx(expected_of([0, 1], scored, probabilities), rel=1e-9)
