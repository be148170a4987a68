"""LINEAR_REG: least squares by the normal equation, or by batch gradient descent."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldloop.options.glm import DESCENT_OPTIONS
from goldloop.scoring.prediction import Regression
from goldloop.training.descent import descend
from goldloop.training.explanation import linear_explanation
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.labels import held_out_numbers, numeric_label
from goldloop.training.matrix import Categories, Column, Floats, read_held_out
from goldloop.training.p_values import p_value_details, require_few_categories
from goldloop.training.terms import Term, design_matrix, linear_score, terms
from goldloop.training.training_info import Iteration, training_info
from goldloop.training.warm_start import Previous, previous
from goldloop.training.weights import SECTION, start_weights, weight_details

_MOST_CATEGORIES, _ROWS_A_CATEGORY = 10_000, 10


@dataclass(frozen=True)
class _Rows:
    """A design matrix, with a last column of ones where there is an intercept, and the label."""

    design: Floats
    label: Floats

    def squared_error(self, weights: Floats) -> float:
        residual = self.design @ weights - self.label
        return float(residual @ residual) / len(self.label)


@dataclass(frozen=True)
class _Problem:
    """What is to be solved: the rows that train, those held out, what is continued."""

    sample: Sample
    terms: Sequence[Term]
    train: _Rows
    held_out: _Rows | None
    previous: Previous | None

    def losses(self, weights: Floats) -> tuple[float, float | None]:
        held_out = self.held_out.squared_error(weights) if self.held_out else None
        return self.train.squared_error(weights), held_out


def fit(sample: Sample) -> Fitted:
    """Fit mean((y - Xw - b)²) / 2 + l1 |w| + l2 / 2 |w|² (Hastie et al., ESL 2009, §3.4).

    X is standardised (one-hot columns as they are); without penalties the normal
    equation gives the least-squares solution of least norm.
    """
    options = sample.options
    label = numeric_label(sample)
    columns = sample.columns()
    found = terms(columns, options["category_encoding_method"] == "dummy_encoding")
    if options["calculate_p_values"]:
        require_few_categories(options.model, found)
    has_intercept = options["fit_intercept"]
    train = _Rows(with_ones(design_matrix(found), has_intercept), label)
    problem = _Problem(sample, found, train, _held_out(sample, found), previous(sample))
    solve = _descent if _descends(problem, columns) else _normal_equation
    solution, details = solve(problem)
    width = train.design.shape[1] - has_intercept
    weights = solution[:width]
    intercept = float(solution[width]) if has_intercept else 0.0
    if options["calculate_p_values"]:
        details = (*details, *_p_values(problem, solution))
    score = linear_score(found, weights, intercept)
    return Fitted(
        Regression(score),
        "regression",
        details=(*weight_details(found, weights, intercept), *details),
        functions={"explain": linear_explanation(found, weights[None], np.array([intercept]))},
    )


def with_ones(matrix: Floats, has_intercept: bool) -> Floats:
    """Return the matrix with a last column of ones, whose weight is the intercept."""
    return np.hstack([matrix, np.ones((len(matrix), 1))]) if has_intercept else matrix


def _held_out(sample: Sample, found: Sequence[Term]) -> _Rows | None:
    label = held_out_numbers(sample)
    if label is None:
        return None
    columns = read_held_out(sample.con, sample.data, [term.column for term in found])
    encoded = [term.encoded(column) for term, column in zip(found, columns, strict=True)]
    return _Rows(with_ones(np.hstack(encoded), sample.options["fit_intercept"]), label)


def _descends(problem: _Problem, columns: Sequence[Column]) -> bool:
    options = problem.sample.options
    strategy = options["optimize_strategy"]
    if strategy != "auto_strategy":
        return strategy == "batch_gradient_descent"
    if options["l1_reg"] or problem.previous or options.given & DESCENT_OPTIONS:
        return True
    cardinality = max((len(c.values) for c in columns if isinstance(c, Categories)), default=0)
    few = len(problem.train.label) < _ROWS_A_CATEGORY * cardinality
    return cardinality > _MOST_CATEGORIES or few


def _normal_equation(problem: _Problem) -> tuple[Floats, tuple[Detail, ...]]:
    started = time.monotonic()
    options, design, label = problem.sample.options, problem.train.design, problem.train.label
    has_intercept = options["fit_intercept"]
    matrix = design[:, :-1] if has_intercept else design
    rows, width = matrix.shape
    # Centring takes the intercept out of the penalty and of the least norm.
    means = matrix.mean(axis=0) if has_intercept else np.zeros(width)
    offset = float(label.mean()) if has_intercept else 0.0
    centred, target = matrix - means, label - offset
    if penalty := options["l2_reg"]:
        centred = np.vstack([centred, np.sqrt(rows * penalty) * np.eye(width)])
        target = np.concatenate([target, np.zeros(width)])
    weights = np.asarray(np.linalg.lstsq(centred, target, rcond=None)[0], dtype=np.float64)
    intercept = [offset - float(means @ weights)] if has_intercept else []
    solution = np.append(weights, intercept)
    took = round((time.monotonic() - started) * 1000)
    iteration = Iteration(*problem.losses(solution), duration_ms=took)
    return solution, (strategy("normal_equation"), *training_info([iteration]))


def _descent(problem: _Problem) -> tuple[Floats, tuple[Detail, ...]]:
    design, label = problem.train.design, problem.train.label
    rows, width = len(label), design_matrix(problem.terms).shape[1]

    def objective(weights: Floats) -> tuple[float, Floats]:
        residual = design @ weights - label
        return float(residual @ residual) / (2 * rows), design.T @ residual / rows

    start, penalised = np.zeros(design.shape[1]), np.ones(design.shape[1])
    penalised[width:] = 0.0
    if problem.previous:
        weights, intercept = start_weights(problem.terms, problem.previous.details(SECTION))
        start[:width], start[width:] = weights, intercept
    end = descend(objective, start, penalised, problem.sample, problem.losses)
    info = training_info(end.iterations, problem.previous)
    return end.weights, (strategy("batch_gradient_descent"), *info)


def _p_values(problem: _Problem, solution: Floats) -> tuple[Detail, ...]:
    model, train = problem.sample.options.model, problem.train
    rows, width = train.design.shape
    # Without a row to spare the inverse does not exist either, and says so.
    variance = train.squared_error(solution) * rows / max(rows - width, 1)
    return p_value_details(model, problem.terms, train.design, np.ones(rows), variance, solution)


def strategy(name: str) -> Detail:
    """Return the detail of the optimize_strategy that was taken."""
    return Detail("training", "optimize_strategy", json={"value": name})
