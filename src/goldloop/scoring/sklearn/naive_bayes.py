"""Gaussian naive Bayes."""

from __future__ import annotations

import numpy as np
from sklearn.naive_bayes import GaussianNB

from goldloop.scoring.expressions import balanced_sum, double, multiply
from goldloop.scoring.prediction import Classification, Link
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.labels import labels
from goldloop.scoring.sklearn.registry import predicts, refuse_oversized


@predicts(GaussianNB)
def gaussian_naive_bayes(classifier: GaussianNB, frame: Frame) -> Classification:
    """The softmax of log prior - sum(log(2 pi var)) / 2 - sum((x - theta)^2 / var) / 2."""
    numbers = frame.numbers
    refuse_oversized(classifier, 2 * numbers.terms.sum() * len(classifier.classes_))
    with np.errstate(divide="ignore"):
        constants = np.log(classifier.class_prior_) - 0.5 * np.log(2 * np.pi * classifier.var_).sum(
            axis=1
        )
    scores = []
    for constant, means, variances in zip(
        constants, classifier.theta_, classifier.var_, strict=True
    ):
        gaps = numbers.shifted(means).scaled(1 / np.sqrt(2 * variances)).expressions()
        squares = [multiply(gap, gap.copy()) for gap in gaps]
        distance = multiply(double(-1.0), balanced_sum(squares))
        scores.append(balanced_sum([double(constant), distance]))
    return Classification(labels(classifier), tuple(scores), Link.SOFTMAX)
