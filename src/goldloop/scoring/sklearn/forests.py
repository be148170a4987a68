"""Decision trees and forests of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.tree import (
    DecisionTreeClassifier,
    DecisionTreeRegressor,
    ExtraTreeClassifier,
    ExtraTreeRegressor,
)
from sqlglot import exp

from goldloop.scoring.expressions import balanced_sum, divide, double
from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.scoring.sklearn.fitted_trees import fitted_tree, sensible_inputs
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.labels import labels
from goldloop.scoring.sklearn.registry import predicts, refusal
from goldloop.scoring.trees import tree


@predicts(DecisionTreeRegressor, ExtraTreeRegressor, takes_missing=True)
def tree_regressor(regressor: Any, frame: Frame) -> Regression:
    """The mean of the leaf (sklearn.tree)."""
    return Regression(_mean([regressor], regressor, frame, 0))


@predicts(RandomForestRegressor, ExtraTreesRegressor, takes_missing=True)
def forest_regressor(forest: Any, frame: Frame) -> Regression:
    """The mean of the trees (sklearn.ensemble, _forest)."""
    return Regression(_mean(forest.estimators_, forest, frame, 0))


@predicts(DecisionTreeClassifier, ExtraTreeClassifier, takes_missing=True)
def tree_classifier(classifier: Any, frame: Frame) -> Classification:
    """The shares of the classes in the leaf (sklearn.tree)."""
    return _classification([classifier], classifier, frame)


@predicts(RandomForestClassifier, ExtraTreesClassifier, takes_missing=True)
def forest_classifier(forest: Any, frame: Frame) -> Classification:
    """The mean over the trees of the shares of the classes in the leaf (sklearn.ensemble)."""
    return _classification(forest.estimators_, forest, frame)


def _classification(trees: Sequence[Any], estimator: Any, frame: Frame) -> Classification:
    classes = labels(estimator)
    scores = [_mean(trees, estimator, frame, i) for i in range(len(classes))]
    return Classification(classes, tuple(scores), Link.PROBABILITY)


def _mean(trees: Sequence[Any], estimator: Any, frame: Frame, output: int) -> exp.Expression:
    """Return the mean of leaf value `output` over `trees`."""
    if estimator.n_outputs_ > 1:
        raise refusal(estimator, f"it predicts {estimator.n_outputs_} targets, one is supported")
    outputs = len(getattr(estimator, "classes_", [0]))
    inputs = sensible_inputs(estimator, frame, [fitted.tree_ for fitted in trees], outputs)
    # A row of values per node: the mean, or the shares of the classes.
    roots = [fitted_tree(fitted.tree_, fitted.tree_.value[:, 0, output]) for fitted in trees]
    total = balanced_sum([tree(root, inputs) for root in roots])
    return divide(total, double(len(trees))) if len(trees) > 1 else total
