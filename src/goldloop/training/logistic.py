"""LOGISTIC_REG: binary and multinomial, by L-BFGS or by batch gradient descent."""

from __future__ import annotations

import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logsumexp, softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from goldloop.errors import TrainingDataError
from goldloop.options.glm import DESCENT_OPTIONS
from goldloop.scoring.prediction import Classification, Label, Link
from goldloop.training.descent import descend
from goldloop.training.explanation import linear_explanation
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.labels import Classes, class_label, held_out_classes
from goldloop.training.linear import strategy, with_ones
from goldloop.training.matrix import Floats, read_held_out
from goldloop.training.p_values import p_value_details, require_few_categories
from goldloop.training.terms import Term, design_matrix, linear_score, terms
from goldloop.training.training_info import Iteration, training_info
from goldloop.training.warm_start import Previous, previous
from goldloop.training.weights import SECTION, start_weights, weight_details

_MOST_LBFGS_ITERATIONS = 2_000


@dataclass(frozen=True)
class _Rows:
    """A design matrix, with a last column of ones where there is an intercept, and the classes."""

    design: Floats
    classes: Classes

    def loss(self, weights: Floats) -> float:
        """Return the weighted mean log loss of `weights`, a row a score."""
        scores = self.scores(weights)
        own = np.take_along_axis(scores, self.classes.codes[:, None], axis=1)[:, 0]
        return float(np.average(logsumexp(scores, axis=1) - own, weights=self.classes.weights))

    def scores(self, weights: Floats) -> Floats:
        """Return a score a class; that of the smaller of two is 0."""
        scores = self.design @ weights.T
        return np.hstack([np.zeros_like(scores), scores]) if len(weights) == 1 else scores


@dataclass(frozen=True)
class _Problem:
    """What is to be solved: the rows that train, those held out, what is continued."""

    sample: Sample
    terms: Sequence[Term]
    train: _Rows
    held_out: _Rows | None
    previous: Previous | None

    @property
    def labels(self) -> tuple[Label, ...]:
        """The classes that have weights: the larger of two, else each."""
        values = self.train.classes.values
        return values[1:] if len(values) == 2 else values

    def losses(self, weights: Floats) -> tuple[float, float | None]:
        held_out = self.held_out.loss(weights) if self.held_out else None
        return self.train.loss(weights), held_out


def fit(sample: Sample) -> Fitted:
    """Fit the mean cross-entropy + l1 |w| + l2 / 2 |w|² over standardised features.

    Binary models have one row of weights, the log-odds of the larger label;
    multinomial ones a row a class, through softmax.
    """
    options = sample.options
    classes = class_label(sample)
    found = terms(sample.columns(), options["category_encoding_method"] == "dummy_encoding")
    if options["calculate_p_values"]:
        require_few_categories(options.model, found)
        _require_two(options.model, classes)
    has_intercept = options["fit_intercept"]
    train = _Rows(with_ones(design_matrix(found), has_intercept), classes)
    problem = _Problem(sample, found, train, _held_out(sample, found, classes), previous(sample))
    chosen = options["optimize_strategy"]
    descends = chosen == "batch_gradient_descent" or (
        chosen == "auto_strategy"
        and (options["l1_reg"] or problem.previous or options.given & DESCENT_OPTIONS)
    )
    solution, details = (_descent if descends else _lbfgs)(problem)
    if options["calculate_p_values"]:
        details = (*details, *_p_values(problem, solution[0]))
    return _fitted(problem, solution, details)


def _fitted(problem: _Problem, solution: Floats, details: tuple[Detail, ...]) -> Fitted:
    found, classes = problem.terms, problem.train.classes
    width = design_matrix(found).shape[1]
    weights = solution[:, :width]
    intercepts = solution[:, width] if solution.shape[1] > width else np.zeros(len(solution))
    scores = tuple(
        linear_score(found, row, float(intercept))
        for row, intercept in zip(weights, intercepts, strict=True)
    )
    recorded = [
        detail
        for row, intercept, label in zip(weights, intercepts, problem.labels, strict=True)
        for detail in weight_details(found, row, float(intercept), str(label))
    ]
    return Fitted(
        Classification(classes.values, scores, Link.LOGISTIC if len(scores) == 1 else Link.SOFTMAX),
        classes.problem_type,
        classes.values,
        (*recorded, *details),
        functions={"explain": linear_explanation(found, weights, intercepts)},
    )


def _held_out(sample: Sample, found: Sequence[Term], classes: Classes) -> _Rows | None:
    known = held_out_classes(sample, classes)
    if known is None:
        return None
    rows, labels = known
    columns = read_held_out(sample.con, sample.data, [term.column for term in found])
    encoded = [term.encoded(column) for term, column in zip(found, columns, strict=True)]
    design = with_ones(np.hstack(encoded), sample.options["fit_intercept"])
    return _Rows(design[rows], labels)


def _lbfgs(problem: _Problem) -> tuple[Floats, tuple[Detail, ...]]:
    started = time.monotonic()
    options, classes = problem.sample.options, problem.train.classes
    penalty, has_intercept = options["l2_reg"], options["fit_intercept"]
    design = problem.train.design
    # scikit-learn sums the losses: C = 1 / (n * l2) weighs them as a mean does.
    strength = 1 / (float(classes.weights.sum()) * penalty) if penalty else np.inf
    model = LogisticRegression(
        C=strength,
        fit_intercept=has_intercept,
        tol=1e-8,
        max_iter=_MOST_LBFGS_ITERATIONS,
    )
    with warnings.catch_warnings():
        # Separable classes without a penalty have no finite optimum; the details say so.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(
            design[:, :-1] if has_intercept else design,
            classes.codes,
            sample_weight=classes.weights,
        )
    solution = model.coef_
    if has_intercept:
        solution = np.hstack([solution, np.reshape(model.intercept_, (-1, 1))])
    iterations = int(np.max(model.n_iter_))
    took = round((time.monotonic() - started) * 1000)
    details = (
        strategy("lbfgs"),
        Detail("training", "iterations", float(iterations)),
        Detail("training", "has_converged", float(iterations < _MOST_LBFGS_ITERATIONS)),
        # scikit-learn tells of its last iteration only.
        *training_info([Iteration(*problem.losses(solution), duration_ms=took)]),
    )
    return solution, details


def _descent(problem: _Problem) -> tuple[Floats, tuple[Detail, ...]]:
    train, width = problem.train, design_matrix(problem.terms).shape[1]
    design, classes = train.design, train.classes
    is_binary = len(classes.values) == 2
    total = float(classes.weights.sum())
    target = np.eye(len(classes.values))[classes.codes]

    def objective(weights: Floats) -> tuple[float, Floats]:
        scores = train.scores(weights)
        loss = logsumexp(scores, axis=1) - (scores * target).sum(axis=1)
        gap = (softmax(scores, axis=1) - target) * classes.weights[:, None]
        gradient = gap[:, 1:] if is_binary else gap
        return float(loss @ classes.weights) / total, gradient.T @ design / total

    start = np.zeros((len(problem.labels), design.shape[1]))
    if problem.previous:
        start = _continued(problem, problem.previous, start)
    penalised = np.ones_like(start)
    penalised[:, width:] = 0.0
    end = descend(objective, start, penalised, problem.sample, problem.losses)
    info = training_info(end.iterations, problem.previous)
    return end.weights, (strategy("batch_gradient_descent"), *info)


def _continued(problem: _Problem, before: Previous, start: Floats) -> Floats:
    details, model = before.details(SECTION), problem.sample.options.model
    known = {(detail.json or {}).get("class_label") for detail in details}
    now = {str(label) for label in problem.labels}
    if known != now:
        raise TrainingDataError(
            f"Model {model}: warm_start continues version {before.card.version}, whose classes "
            f"are {', '.join(map(str, before.card.classes))}; the data has "
            f"{', '.join(map(str, problem.train.classes.values))}. Train without warm_start."
        )
    for row, label in zip(start, problem.labels, strict=True):
        weights, intercept = start_weights(problem.terms, details, str(label))
        row[: len(weights)], row[len(weights) :] = weights, intercept
    return start


def _require_two(model: str, classes: Classes) -> None:
    if len(classes.values) > 2:
        raise TrainingDataError(
            f"Model {model}: calculate_p_values serves binary models, and the label has "
            f"{len(classes.values)} classes. Drop calculate_p_values."
        )


def _p_values(problem: _Problem, solution: Floats) -> tuple[Detail, ...]:
    design, classes = problem.train.design, problem.train.classes
    probability = expit(design @ solution)
    information = classes.weights * probability * (1 - probability)
    model = problem.sample.options.model
    return p_value_details(model, problem.terms, design, information, 1.0, solution)
