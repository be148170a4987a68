"""BOOSTED_TREE_* and RANDOM_FOREST_*: XGBoost on unscaled features."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import xgboost

from goldloop.errors import TrainingDataError
from goldloop.scoring.boosters import BOOSTERS
from goldloop.scoring.expressions import feature, numeric
from goldloop.scoring.prediction import Classification, Label, Link, Prediction, Regression
from goldloop.scoring.tree_functions import tree_explanation, tree_margins
from goldloop.scoring.xgboost import boosted_trees, leaves, tree_sums
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted
from goldloop.training.labels import class_label, held_out_classes, held_out_numbers, numeric_label
from goldloop.training.matrix import Floats, select
from goldloop.training.training_info import training_info
from goldloop.training.tree_details import global_contributions, importance
from goldloop.training.tree_features import TreeFeatures, tree_features
from goldloop.training.tree_rounds import Rounds

_SEED = 0
_WORTH_THREADS = 500_000
# Where trees begin in BigQuery ML's XGBoost, by its version; since 2.0 it is the mean label
# (decision 0017).
_BASE_SCORES = {"0.9": 0.5, "1.1": 0.5}
# DuckDB plans some 5,000 leaves a second: more are scored by the library's own walk of the trees.
_MOST_LEAVES = 10_000
# BigQuery ML's names of XGBoost's parameters.
_PARAMETERS = {
    "booster": "booster_type",
    "num_parallel_tree": "num_parallel_tree",
    "max_depth": "max_tree_depth",
    "eta": "learn_rate",
    "alpha": "l1_reg",
    "lambda": "l2_reg",
    "min_child_weight": "min_tree_child_weight",
    "colsample_bytree": "colsample_bytree",
    "colsample_bylevel": "colsample_bylevel",
    "colsample_bynode": "colsample_bynode",
    "gamma": "min_split_loss",
    "subsample": "subsample",
}
# A forest is one round of many trees, none of which is shrunk.
_OF_A_FOREST = {"booster_type": "gbtree", "learn_rate": 1.0, "max_iterations": 1}


@dataclass(frozen=True)
class _Task:
    """What trees are to predict: the label by code, of rows that train and are held out."""

    objective: dict[str, Any]
    metric: str
    label: Floats
    weights: Floats
    held_out: tuple[Floats, Floats, Any] | None
    classes: tuple[Label, ...] = ()


def fit(sample: Sample) -> Fitted:
    """Train max_iterations rounds of trees, or one of a forest's; NULL numbers are missing.

    XGBoost's own objectives: squared error, logistic, softmax. Every option of
    BigQuery ML's table maps to the parameter of XGBoost it is named after.
    """
    is_classifier = sample.options.type.problem == "classification"
    task = _classes(sample) if is_classifier else _numbers(sample)
    features = tree_features(sample, task.label, task.classes)
    booster, rounds = _train(sample, features, task)
    sums = tree_sums(booster)
    BOOSTERS.put(sample.version_id, sums)
    is_native = leaves(booster) > _MOST_LEAVES
    margins = (
        tree_margins(sample.version_id, features.inputs, len(sums.base))
        if is_native
        else tuple(boosted_trees(booster, features.inputs))
    )
    prediction: Prediction = Regression(margins[0])
    problem = "regression"
    if is_classifier:
        is_binary = len(task.classes) == 2
        prediction = Classification(
            task.classes, margins, Link.LOGISTIC if is_binary else Link.SOFTMAX
        )
        problem = f"{'binary' if is_binary else 'multiclass'}_classification"
    explain, approximate = (
        tree_explanation(sample.version_id, features.inputs, features.features, is_approximate)
        for is_approximate in (False, True)
    )
    raw = pa.table({"booster": pa.array([bytes(booster.save_raw("ubj"))], pa.binary())})
    return Fitted(
        prediction,
        problem,
        task.classes,
        (
            *training_info(rounds.iterations),
            *importance(booster, features.names),
            *global_contributions(sample, sums, features, task.classes),
        ),
        functions={"explain": explain, "explain_approx": approximate},
        tables={"booster": raw},
        scoring="native" if is_native else "sql",
    )


def _numbers(sample: Sample) -> _Task:
    label = numeric_label(sample)
    known = held_out_numbers(sample)
    held_out = None if known is None else (known, np.ones(len(known)), slice(None))
    objective = {"objective": "reg:squarederror"}
    return _Task(objective, "rmse", label, np.ones(len(label)), held_out)


def _classes(sample: Sample) -> _Task:
    classes = class_label(sample)
    objective: dict[str, Any] = {"objective": "binary:logistic"}
    metric = "logloss"
    if len(classes.values) > 2:
        objective = {"objective": "multi:softprob", "num_class": len(classes.values)}
        metric = "mlogloss"
    held_out = None
    if (found := held_out_classes(sample, classes)) is not None:
        rows, known = found
        held_out = (known.codes.astype(np.float64), known.weights, rows)
    label = classes.codes.astype(np.float64)
    return _Task(objective, metric, label, classes.weights, held_out, classes.values)


def _train(sample: Sample, features: TreeFeatures, task: _Task) -> tuple[xgboost.Booster, Rounds]:
    fixed = _OF_A_FOREST if sample.options.type.name.startswith("random_forest") else {}

    def option(name: str) -> Any:
        return fixed[name] if name in fixed else sample.options[name]

    parameters = {xgb: option(ours) for xgb, ours in _PARAMETERS.items()} | task.objective
    parameters |= {"seed": _SEED, "nthread": _threads(features.matrix), "eval_metric": task.metric}
    parameters["tree_method"] = "hist" if option("tree_method") == "auto" else option("tree_method")
    if option("booster_type") == "dart":
        parameters |= {
            "rate_drop": option("dropout"),
            "normalize_type": option("dart_normalize_type"),
        }
    parameters["base_score"] = _BASE_SCORES[option("xgboost_version")]
    _require_float32(sample, features.matrix, features.names, task.label)
    least = option("min_rel_progress") if option("early_stop") else None
    rounds = Rounds(option("max_iterations"), option("learn_rate"), least, sample.progress)
    try:
        weights = task.weights * _row_weights(sample)
        train = xgboost.DMatrix(features.matrix, task.label, weight=weights)
        booster = xgboost.train(
            parameters,
            train,
            option("max_iterations"),
            evals=[(train, "train"), *_held_out(sample, features, task)],
            verbose_eval=False,
            callbacks=[rounds],
        )
    except xgboost.core.XGBoostError as error:
        raise TrainingDataError(
            f"Model {sample.options.model}: XGBoost refuses: "
            f"{str(error).splitlines()[0].split('Check failed: ')[-1]}"
        ) from error
    return booster, rounds


def _held_out(
    sample: Sample, features: TreeFeatures, task: _Task
) -> list[tuple[xgboost.DMatrix, str]]:
    matrix = features.held_out(sample)
    if matrix is None or task.held_out is None:
        return []
    label, weights, rows = task.held_out
    largest = np.finfo(np.float32).max
    clipped = np.clip(matrix[rows], -largest, largest)
    return [(xgboost.DMatrix(clipped, label, weight=weights), "held_out")]


def _require_float32(sample: Sample, matrix: Floats, names: Sequence[str], label: Floats) -> None:
    largest = np.finfo(np.float32).max
    for name, values in [*zip(names, matrix.T, strict=True), (sample.label.name, label)]:
        if (np.abs(values) > largest).any():
            raise TrainingDataError(
                f"Model {sample.options.model}: column '{name}' holds numbers beyond "
                f"{largest:.2g}, which XGBoost's single precision cannot; scale them in the query."
            )


def _row_weights(sample: Sample) -> Floats:
    name = sample.options["instance_weight_col"]
    if name is None:
        return np.ones(sample.data.training_rows)
    column = select(sample.con, sample.data, [numeric(feature(name))]).column(0)
    weights = column.to_numpy()
    if not np.isfinite(weights).all() or (weights < 0).any() or not weights.any():
        raise TrainingDataError(
            f"Model {sample.options.model}: instance_weight_col '{name}' holds NULL, NaN, a "
            "negative number or nothing but 0; expected weights of 0 or more, one above 0."
        )
    return weights


def _threads(matrix: Floats) -> int:
    # Threads that wait for each other take longer than a small training set does.
    if matrix.size < _WORTH_THREADS:
        return 1
    return int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
