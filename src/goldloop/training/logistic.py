"""LOGISTIC_REG: binary and multinomial, by L-BFGS or by batch gradient descent."""

from __future__ import annotations

import warnings

import numpy as np
from scipy.special import logsumexp, softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from goldloop.options.glm import DESCENT_OPTIONS
from goldloop.scoring.prediction import Classification, Link
from goldloop.training.descent import descend
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.labels import Classes, class_label
from goldloop.training.linear import descent_details, weight_details
from goldloop.training.matrix import Floats
from goldloop.training.terms import design_matrix, linear_score, terms

_MOST_LBFGS_ITERATIONS = 2_000


def fit(sample: Sample) -> Fitted:
    """Fit the mean cross-entropy + l1 |w| + l2 / 2 |w|² over standardised features.

    Binary models have one row of weights, the log-odds of the larger label;
    multinomial ones a row a class, through softmax.
    """
    options = sample.options
    classes = class_label(sample)
    found = terms(sample.columns(), options["category_encoding_method"] == "dummy_encoding")
    matrix = design_matrix(found)
    chosen = options["optimize_strategy"]
    descends = chosen == "batch_gradient_descent" or (
        chosen == "auto_strategy" and (options["l1_reg"] or options.given & DESCENT_OPTIONS)
    )
    solve = _descent if descends else _lbfgs
    weights, intercepts, details = solve(sample, matrix, classes)
    is_binary = len(classes.values) == 2
    scores = tuple(
        linear_score(found, row, float(intercept))
        for row, intercept in zip(weights, intercepts, strict=True)
    )
    labels = classes.values[1:] if is_binary else classes.values
    return Fitted(
        Classification(classes.values, scores, Link.LOGISTIC if is_binary else Link.SOFTMAX),
        classes.problem_type,
        classes.values,
        (
            *(
                detail
                for row, intercept, label in zip(weights, intercepts, labels, strict=True)
                for detail in weight_details(found, row, float(intercept), str(label))
            ),
            *details,
        ),
    )


def _lbfgs(
    sample: Sample, matrix: Floats, classes: Classes
) -> tuple[Floats, Floats, tuple[Detail, ...]]:
    penalty = sample.options["l2_reg"]
    # scikit-learn sums the losses: C = 1 / (n * l2) weighs them as a mean does.
    strength = 1 / (float(classes.weights.sum()) * penalty) if penalty else np.inf
    model = LogisticRegression(
        C=strength,
        fit_intercept=sample.options["fit_intercept"],
        tol=1e-8,
        max_iter=_MOST_LBFGS_ITERATIONS,
    )
    with warnings.catch_warnings():
        # Separable classes without a penalty have no finite optimum; the details say so.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(matrix, classes.codes, sample_weight=classes.weights)
    iterations = int(np.max(model.n_iter_))
    details = (
        Detail("training", "optimize_strategy", json={"value": "lbfgs"}),
        Detail("training", "iterations", float(iterations)),
        Detail("training", "has_converged", float(iterations < _MOST_LBFGS_ITERATIONS)),
    )
    intercepts = np.broadcast_to(model.intercept_, (model.coef_.shape[0],))
    return model.coef_, intercepts, details


def _descent(
    sample: Sample, matrix: Floats, classes: Classes
) -> tuple[Floats, Floats, tuple[Detail, ...]]:
    rows, width = matrix.shape
    has_intercept = sample.options["fit_intercept"]
    design = np.hstack([matrix, np.ones((rows, 1))]) if has_intercept else matrix
    is_binary = len(classes.values) == 2
    total = float(classes.weights.sum())
    target = np.eye(len(classes.values))[classes.codes]

    def objective(weights: Floats) -> tuple[float, Floats]:
        scores = design @ weights.T
        if is_binary:
            scores = np.hstack([np.zeros_like(scores), scores])
        loss = logsumexp(scores, axis=1) - (scores * target).sum(axis=1)
        gap = (softmax(scores, axis=1) - target) * classes.weights[:, None]
        gradient = gap[:, 1:] if is_binary else gap
        return float(loss @ classes.weights) / total, gradient.T @ design / total

    start = np.zeros((1 if is_binary else len(classes.values), design.shape[1]))
    penalised = np.ones_like(start)
    penalised[:, width:] = 0.0
    end = descend(objective, start, penalised, sample.options)
    intercepts = end.weights[:, width] if has_intercept else np.zeros(len(start))
    return end.weights[:, :width], intercepts, descent_details(end)
