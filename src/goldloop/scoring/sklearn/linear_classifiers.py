"""Linear classifiers that have probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV, SGDClassifier

from goldloop.scoring.prediction import Classification, Link
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.labels import labels
from goldloop.scoring.sklearn.registry import predicts, refusal, refuse_oversized


@predicts(LogisticRegression, LogisticRegressionCV)
def logistic_regression(classifier: Any, frame: Frame) -> Classification:
    """The logistic of x @ coef_ + intercept_, or the softmax over three classes and more.

    Until scikit-learn 1.8 `multi_class='ovr'` (always with liblinear) normalised a
    logistic per class instead, and 'multinomial' took a softmax of two classes too.
    """
    mode = getattr(classifier, "multi_class", "auto")
    binary = len(classifier.classes_) == 2
    if mode == "multinomial" and binary:
        raise refusal(classifier, "multi_class='multinomial' of two classes is not supported")
    one_vs_rest = mode == "ovr" or classifier.solver == "liblinear"
    return _linear(classifier, frame, Link.ONE_VS_REST if one_vs_rest else Link.SOFTMAX)


@predicts(SGDClassifier)
def sgd_classifier(classifier: SGDClassifier, frame: Frame) -> Classification:
    """The logistic of x @ coef_ + intercept_, normalised over the classes (loss log_loss)."""
    if classifier.loss != "log_loss":
        raise refusal(classifier, f"loss={classifier.loss!r} has no probabilities; use 'log_loss'")
    return _linear(classifier, frame, Link.ONE_VS_REST)


@predicts(LinearDiscriminantAnalysis)
def linear_discriminant(classifier: LinearDiscriminantAnalysis, frame: Frame) -> Classification:
    """As logistic regression (sklearn.discriminant_analysis, predict_proba)."""
    return _linear(classifier, frame, Link.SOFTMAX)


def _linear(classifier: Any, frame: Frame, many: Link) -> Classification:
    scores = frame.numbers.mapped(classifier.coef_, np.ravel(classifier.intercept_))
    refuse_oversized(classifier, scores.terms.sum())
    link = Link.LOGISTIC if scores.width == 1 else many
    return Classification(labels(classifier), tuple(scores.expressions()), link)
