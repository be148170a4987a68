"""Gradient boosting, on sorted values and on histograms."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
)
from sqlglot import exp

from goldloop.scoring.expressions import (
    all_of,
    balanced_sum,
    case,
    double,
    infinity,
    multiply,
    null,
)
from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.scoring.sklearn.fitted_trees import fitted_tree, sensible_inputs
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.labels import labels
from goldloop.scoring.sklearn.registry import predicts, refusal, refuse_oversized
from goldloop.scoring.thresholds import double_at_most
from goldloop.scoring.trees import Leaf, Node, Split, tree


@predicts(GradientBoostingRegressor)
def gradient_boosting_regressor(regressor: GradientBoostingRegressor, frame: Frame) -> Regression:
    """The value init_ + learning_rate * sum of trees (sklearn.ensemble, _gb)."""
    return Regression(_boosted(regressor, frame)[0])


@predicts(GradientBoostingClassifier)
def gradient_boosting_classifier(
    classifier: GradientBoostingClassifier, frame: Frame
) -> Classification:
    """Log-odds init_ + learning_rate * sum of trees, twice that for the exponential loss."""
    scores = _boosted(classifier, frame)
    if classifier.loss == "exponential":
        scores = [multiply(double(2.0), score) for score in scores]
    return _classification(classifier, scores)


@predicts(HistGradientBoostingRegressor, takes_missing=True)
def hist_gradient_boosting_regressor(
    regressor: HistGradientBoostingRegressor, frame: Frame
) -> Regression:
    """The inverse link of baseline + sum of trees (sklearn.ensemble)."""
    (raw,) = _histogram_boosted(regressor, frame)
    return Regression(exp.Exp(this=raw) if regressor.loss in ("poisson", "gamma") else raw)


@predicts(HistGradientBoostingClassifier, takes_missing=True)
def hist_gradient_boosting_classifier(
    classifier: HistGradientBoostingClassifier, frame: Frame
) -> Classification:
    """Log-odds baseline + sum of trees, a sum a class (sklearn.ensemble)."""
    return _classification(classifier, _histogram_boosted(classifier, frame))


def _classification(classifier: Any, scores: list[exp.Expression]) -> Classification:
    link = Link.LOGISTIC if len(scores) == 1 else Link.SOFTMAX
    return Classification(labels(classifier), tuple(scores), link)


def _boosted(estimator: Any, frame: Frame) -> list[exp.Expression]:
    """Return a sum of trees per class, NULL where a value they split on is missing."""
    if not (
        isinstance(estimator.init_, (DummyClassifier, DummyRegressor)) or estimator.init_ == "zero"
    ):
        raise refusal(estimator, f"init={type(estimator.init_).__name__} is not a constant")
    stages = estimator.estimators_
    inputs = sensible_inputs(estimator, frame, [fitted.tree_ for fitted in stages.flat])
    start = estimator._raw_predict_init(np.zeros((1, estimator.n_features_in_)))[0]
    used = {int(i) for fitted in stages.flat for i in fitted.tree_.feature if i >= 0}
    sums = []
    for group in range(stages.shape[1]):
        trees = [
            fitted_tree(fitted.tree_, estimator.learning_rate * fitted.tree_.value[:, 0, 0])
            for fitted in stages[:, group]
        ]
        present = [exp.LTE(this=inputs[i].copy(), expression=infinity()) for i in sorted(used)]
        total = balanced_sum([double(start[group]), *(tree(root, inputs) for root in trees)])
        sums.append(case([(all_of(present), total)], null()) if present else total)
    return sums


def _histogram_boosted(estimator: Any, frame: Frame) -> list[exp.Expression]:
    if estimator.is_categorical_ is not None and np.any(estimator.is_categorical_):
        raise refusal(estimator, "it splits on categories; encode them as numbers or one-hot")
    numbers = frame.numbers
    stages = estimator._predictors
    nodes = np.concatenate([fitted.nodes for stage in stages for fitted in stage])
    splits = nodes[nodes["is_leaf"] == 0]
    refuse_oversized(estimator, numbers.terms[splits["feature_idx"]].sum() + len(nodes))
    inputs = numbers.expressions()
    start = np.ravel(estimator._baseline_prediction)
    return [
        balanced_sum([double(start[group]), *(tree(_root(s[group].nodes), inputs) for s in stages)])
        for group in range(len(start))
    ]


def _root(nodes: np.ndarray) -> Node:
    """Return the tree of a TreePredictor, which goes left where x <= num_threshold in doubles."""
    built: dict[int, Node] = {}
    waiting = [0]
    for index in waiting:
        if not nodes[index]["is_leaf"]:
            waiting += [int(nodes[index]["left"]), int(nodes[index]["right"])]
    for index in reversed(waiting):
        node = nodes[index]
        built[index] = (
            Leaf(float(node["value"]))
            if node["is_leaf"]
            else Split(
                feature=int(node["feature_idx"]),
                threshold=double_at_most(float(node["num_threshold"])),
                missing_left=bool(node["missing_go_to_left"]),
                left=built[int(node["left"])],
                right=built[int(node["right"])],
            )
        )
    return built[0]
