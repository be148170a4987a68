"""What judges the models of AutoML: metrics of their SQL on the rows that judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from goldloop.errors import TrainingDataError
from goldloop.options.automl import (
    CLASSIFICATION_OBJECTIVES,
    REGRESSION_OBJECTIVES,
    AutomlObjective,
    automl_objective,
)
from goldloop.scoring.expressions import ROW, feature
from goldloop.scoring.function import function_body
from goldloop.training.dataset import HASH, HELD_OUT
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted

Array = NDArray[Any]


@dataclass(frozen=True)
class Objective:
    """A judge of models: `sign` is 1 where more is better, -1 where less is."""

    name: str
    sign: int
    sample: Sample
    measure: Callable[[Fitted, list[Any], list[Any]], float]

    def judge(self, fitted: Fitted) -> float:
        """Return the objective of a model on the rows that judge.

        Raises:
            ValueError: the model says nothing of some row, or the metric is not defined.
        """
        truths, predictions = _scored(self.sample, fitted)
        if any(prediction is None for prediction in predictions):
            raise ValueError("it predicts NULL for a row that judges")
        judgement = self.measure(fitted, truths, predictions)
        if not np.isfinite(judgement):
            raise ValueError(f"its {self.name} is {judgement}")
        return judgement


def objective_of(sample: Sample) -> Objective:
    """Return the judge that optimization_objective asks for, or the type's default.

    Raises:
        TrainingDataError: the objective is of two classes and the label has more.
    """
    options = sample.options
    given = options["optimization_objective"]
    if options.type.problem == "regression":
        asked = automl_objective(options.model, given, REGRESSION_OBJECTIVES)
        name = (asked or AutomlObjective("minimize_rmse")).name
        return Objective(name, -1, sample, _REGRESSION[name])
    asked = automl_objective(options.model, given, CLASSIFICATION_OBJECTIVES)
    classes = _classes(sample)
    if asked is None:
        asked = AutomlObjective("maximize_au_roc" if classes == 2 else "minimize_log_loss")
    if classes > 2 and asked.name != "minimize_log_loss":
        raise TrainingDataError(
            f"Model {options.model}: optimization_objective '{asked.name}' is of two classes, and "
            f"label '{sample.label.name}' has {classes}; expected minimize_log_loss."
        )
    sign = -1 if asked.name == "minimize_log_loss" else 1
    at = asked.at or 0.0

    def measure(fitted: Fitted, truths: list[Any], predictions: list[Any]) -> float:
        shares = [{each["label"]: each["prob"] for each in row} for row in predictions]
        probabilities = np.array([[row[c] for c in fitted.classes] for row in shares])
        return float(_CLASSIFICATION[asked.name](fitted, truths, probabilities, at))

    return Objective(asked.name, sign, sample, measure)


def _scored(sample: Sample, fitted: Fitted) -> tuple[list[Any], list[Any]]:
    assert fitted.prediction is not None
    label = sample.label
    body = function_body(fitted.prediction, label.name, label_type=label.sql_type)
    field = f"predicted_{label.name}" + ("_probs" if fitted.classes else "")
    quoted = field.replace("'", "''")
    where = f"where {HELD_OUT}" if sample.data.evaluation_rows else ""
    rows = sample.con.execute(
        f"select {feature(label.name).sql('duckdb')}, "
        f"struct_extract({body.sql('duckdb')}, '{quoted}') "
        f"from {sample.data.relation().sql('duckdb')} as {ROW} {where} order by {HASH}"
    ).fetchall()
    return [truth for truth, _ in rows], [prediction for _, prediction in rows]


def _classes(sample: Sample) -> int:
    column = feature(sample.label.name).sql("duckdb")
    return sample.con.execute(
        f"select count(distinct {column}) from {sample.data.relation().sql('duckdb')} as {ROW}"
    ).fetchall()[0][0]


def _numbers(measure: Callable[[Array, Array], float]) -> Callable[..., float]:
    def of(_fitted: Fitted, truths: list[Any], predictions: list[Any]) -> float:
        return float(
            measure(
                np.array([float(truth) for truth in truths]),
                np.array([float(prediction) for prediction in predictions]),
            )
        )

    return of


def _rmsle(truths: Array, predictions: Array) -> float:
    if (truths <= -1).any() or (predictions <= -1).any():
        raise ValueError("a label or a prediction of -1 or less has no logarithm of 1 + x")
    return float(np.sqrt(np.mean((np.log1p(truths) - np.log1p(predictions)) ** 2)))


def _is_larger(fitted: Fitted, truths: list[Any]) -> Array:
    return np.array([truth == fitted.classes[1] for truth in truths])


def _log_loss(fitted: Fitted, truths: list[Any], probabilities: Array, _at: float) -> float:
    place = {value: position for position, value in enumerate(fitted.classes)}
    taken = [
        row[place[truth]] if truth in place else 0.0
        for truth, row in zip(truths, probabilities, strict=True)
    ]
    return float(-np.mean(np.log(np.clip(taken, 1e-15, 1.0))))


def _au_roc(fitted: Fitted, truths: list[Any], probabilities: Array, _at: float) -> float:
    return metrics.roc_auc_score(_is_larger(fitted, truths), probabilities[:, 1])


def _au_prc(fitted: Fitted, truths: list[Any], probabilities: Array, _at: float) -> float:
    return metrics.average_precision_score(_is_larger(fitted, truths), probabilities[:, 1])


def _precision_at(fitted: Fitted, truths: list[Any], probabilities: Array, at: float) -> float:
    precision, recall, _ = metrics.precision_recall_curve(
        _is_larger(fitted, truths), probabilities[:, 1]
    )
    return float(precision[recall >= at].max())


def _recall_at(fitted: Fitted, truths: list[Any], probabilities: Array, at: float) -> float:
    precision, recall, _ = metrics.precision_recall_curve(
        _is_larger(fitted, truths), probabilities[:, 1]
    )
    return float(recall[precision >= at].max())


_REGRESSION: dict[str, Callable[..., float]] = {
    "minimize_rmse": _numbers(metrics.root_mean_squared_error),
    "minimize_mae": _numbers(metrics.mean_absolute_error),
    "minimize_rmsle": _numbers(_rmsle),
}
_CLASSIFICATION: dict[str, Callable[..., float]] = {
    "maximize_au_roc": _au_roc,
    "minimize_log_loss": _log_loss,
    "maximize_au_prc": _au_prc,
    "maximize_precision_at_recall": _precision_at,
    "maximize_recall_at_precision": _recall_at,
}
