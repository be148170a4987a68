"""XGBoost's scikit-learn estimators."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import xgboost
from sqlglot import exp

from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.labels import labels
from goldloop.scoring.sklearn.registry import predicts, refusal, refuse_oversized
from goldloop.scoring.xgboost import boosted_trees

# The inverse links of regression objectives; others predict the margin or are refused.
IDENTITY_OBJECTIVES = frozenset(
    {
        "reg:squarederror",
        "reg:squaredlogerror",
        "reg:pseudohubererror",
        "reg:absoluteerror",
    }
)
LOG_OBJECTIVES = frozenset({"count:poisson", "reg:gamma", "reg:tweedie"})


@predicts(xgboost.XGBRegressor, xgboost.XGBRFRegressor, takes_missing=True)
def xgboost_regressor(regressor: Any, frame: Frame) -> Regression:
    """The margin, or its exponential where the objective has a log link (xgboost.sklearn)."""
    margins = _margins(regressor, frame)
    if len(margins) > 1:
        raise refusal(regressor, f"it predicts {len(margins)} targets, one is supported")
    if regressor.objective in IDENTITY_OBJECTIVES:
        return Regression(margins[0])
    if regressor.objective in LOG_OBJECTIVES:
        return Regression(exp.Exp(this=margins[0]))
    raise refusal(regressor, f"objective={regressor.objective!r} is not supported")


@predicts(xgboost.XGBClassifier, xgboost.XGBRFClassifier, takes_missing=True)
def xgboost_classifier(classifier: Any, frame: Frame) -> Classification:
    """The logistic of the margin, or the softmax over the classes (xgboost.sklearn)."""
    margins = tuple(_margins(classifier, frame))
    match classifier.objective:
        case "binary:logistic":
            return Classification(labels(classifier), margins, Link.LOGISTIC)
        case "multi:softprob" | "multi:softmax":
            return Classification(labels(classifier), margins, Link.SOFTMAX)
    raise refusal(classifier, f"objective={classifier.objective!r} is not supported")


def _margins(estimator: Any, frame: Frame) -> list[exp.Expression]:
    if not math.isnan(estimator.missing):
        raise refusal(estimator, f"missing={estimator.missing} is supported for NaN only")
    booster = estimator.get_booster()
    best = getattr(estimator, "best_iteration", None)
    if best is not None:
        # Early stopping: scikit-learn's predict uses the best rounds, the booster's own all.
        booster = booster[: best + 1]
    numbers = frame.numbers
    names = booster.feature_names or [f"f{i}" for i in range(numbers.width)]
    splits = booster.get_score(importance_type="weight")
    weights = np.array([splits.get(name, 0.0) for name in names])
    refuse_oversized(estimator, float(weights @ numbers.terms))
    return boosted_trees(booster, numbers.expressions())
