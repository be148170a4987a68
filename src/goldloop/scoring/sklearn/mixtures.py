"""Mixtures of regressions, weighed by a classifier."""

from __future__ import annotations

from sqlglot import exp

from goldloop.mixture import MixtureRegressor
from goldloop.scoring.expressions import call
from goldloop.scoring.function import probabilities
from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import predict, predicts, refusal, step


@predicts(MixtureRegressor)
def mixture(regressor: MixtureRegressor, frame: Frame) -> Regression:
    """The dot product of the classes' probabilities and regressions (goldloop.mixture)."""
    with step("classifier"):
        classification = predict(regressor.classifier_, frame)
    if not isinstance(classification, Classification) or classification.link is Link.LOGISTIC:
        raise refusal(regressor, "its classifier must have a score for each class, three or more")
    values = []
    for name, expert in zip(regressor.classifier_.classes_, regressor.regressors_, strict=True):
        with step(f"regressor of {name}"):
            expected = predict(expert, frame)
        if not isinstance(expected, Regression):
            raise refusal(regressor, "its regressors must predict a number")
        values.append(expected.value)
    return Regression(call("list_dot_product", probabilities(classification), exp.array(*values)))
