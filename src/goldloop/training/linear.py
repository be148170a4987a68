"""LINEAR_REG: least squares by the normal equation, or by batch gradient descent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldloop.options.glm import DESCENT_OPTIONS
from goldloop.scoring.prediction import Regression
from goldloop.training.descent import Descent, descend
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.labels import numeric_label
from goldloop.training.matrix import Categories, Column, Floats
from goldloop.training.terms import Term, design_matrix, level_name, linear_score, terms

_MOST_CATEGORIES, _ROWS_A_CATEGORY = 10_000, 10


def fit(sample: Sample) -> Fitted:
    """Fit mean((y - Xw - b)²) / 2 + l1 |w| + l2 / 2 |w|² (Hastie et al., ESL 2009, §3.4).

    X is standardised (one-hot columns as they are); without penalties the normal
    equation gives the least-squares solution of least norm.
    """
    options = sample.options
    label = numeric_label(sample)
    columns = sample.columns()
    found = terms(columns, options["category_encoding_method"] == "dummy_encoding")
    matrix = design_matrix(found)
    if _descends(sample, columns):
        weights, intercept, details = _descent(sample, matrix, label)
    else:
        weights, intercept, details = _normal_equation(sample, matrix, label)
    return Fitted(
        Regression(linear_score(found, weights, intercept)),
        "regression",
        details=(*weight_details(found, weights, intercept), *details),
    )


def _descends(sample: Sample, columns: Sequence[Column]) -> bool:
    strategy = sample.options["optimize_strategy"]
    if strategy != "auto_strategy":
        return strategy == "batch_gradient_descent"
    if sample.options["l1_reg"] or sample.options.given & DESCENT_OPTIONS:
        return True
    cardinality = max((len(c.values) for c in columns if isinstance(c, Categories)), default=0)
    few = sample.data.training_rows < _ROWS_A_CATEGORY * cardinality
    return cardinality > _MOST_CATEGORIES or few


def _normal_equation(
    sample: Sample, matrix: Floats, label: Floats
) -> tuple[Floats, float, tuple[Detail, ...]]:
    rows, width = matrix.shape
    has_intercept = sample.options["fit_intercept"]
    # Centring takes the intercept out of the penalty and of the least norm.
    means = matrix.mean(axis=0) if has_intercept else np.zeros(width)
    offset = float(label.mean()) if has_intercept else 0.0
    centred, target = matrix - means, label - offset
    if penalty := sample.options["l2_reg"]:
        centred = np.vstack([centred, np.sqrt(rows * penalty) * np.eye(width)])
        target = np.concatenate([target, np.zeros(width)])
    weights = np.asarray(np.linalg.lstsq(centred, target, rcond=None)[0], dtype=np.float64)
    details = (Detail("training", "optimize_strategy", json={"value": "normal_equation"}),)
    return weights, offset - float(means @ weights), details


def _descent(
    sample: Sample, matrix: Floats, label: Floats
) -> tuple[Floats, float, tuple[Detail, ...]]:
    rows, width = matrix.shape
    has_intercept = sample.options["fit_intercept"]
    design = np.hstack([matrix, np.ones((rows, 1))]) if has_intercept else matrix

    def objective(weights: Floats) -> tuple[float, Floats]:
        residual = design @ weights - label
        return float(residual @ residual) / (2 * rows), design.T @ residual / rows

    penalised = np.ones(design.shape[1])
    penalised[width:] = 0.0
    end = descend(objective, np.zeros(design.shape[1]), penalised, sample.options)
    intercept = float(end.weights[width]) if has_intercept else 0.0
    return end.weights[:width], intercept, descent_details(end)


def descent_details(end: Descent) -> tuple[Detail, ...]:
    """Return the training_info rows of a descent: iteration, loss, learning rate."""
    return (
        Detail("training", "optimize_strategy", json={"value": "batch_gradient_descent"}),
        *(
            Detail(
                "training_info", str(i), loss, {"iteration": i, "loss": loss, "learning_rate": s}
            )
            for i, (loss, s) in enumerate(zip(end.losses[1:], end.steps, strict=True))
        ),
    )


def weight_details(
    found: Sequence[Term], weights: Floats, intercept: float, class_label: object = None
) -> list[Detail]:
    """Return a row a weight, on the standardised scale, the intercept as `__INTERCEPT__`."""
    rows = []
    start = 0
    for term in found:
        values = [float(weight) for weight in weights[start : start + term.width]]
        levels = [*(term.levels or (None,)), *term.dropped]
        # A dropped category is shown, with weight 0, as in BigQuery ML.
        for level, value in zip(levels, values + [0.0] * len(term.dropped), strict=True):
            known = {"feature": term.name, "class_label": class_label}
            if term.levels is not None:
                known["category"] = level_name(level)
            rows.append(Detail("weights", term.name, value, known))
        start += term.width
    rows.append(
        Detail(
            "weights",
            "__INTERCEPT__",
            intercept,
            {"feature": "__INTERCEPT__", "class_label": class_label},
        )
    )
    return rows
