"""BOOSTED_TREE_CLASSIFIER and BOOSTED_TREE_REGRESSOR: XGBoost on unscaled features."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import xgboost

from goldloop.errors import TrainingDataError
from goldloop.scoring.expressions import feature, numeric
from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.scoring.trees import Numbered, TreeInput
from goldloop.scoring.xgboost import boosted_trees
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.inputs import InputKind
from goldloop.training.labels import class_label, numeric_label
from goldloop.training.matrix import Column, Floats, Numbers, select
from goldloop.training.terms import level_name

_SEED = 0
_WORTH_THREADS = 500_000
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


def fit(sample: Sample) -> Fitted:
    """Train max_iterations rounds of trees; numbers raw, NULL missing, categories numbered.

    XGBoost's own objectives: squared error, logistic, softmax. Every option of
    BigQuery ML's table maps to the parameter of XGBoost it is named after.
    """
    return (
        _classifier(sample)
        if sample.options.type.problem == "classification"
        else _regressor(sample)
    )


def _regressor(sample: Sample) -> Fitted:
    label = numeric_label(sample)
    booster, sources, details = _train(
        sample, label, np.ones(len(label)), {"objective": "reg:squarederror"}, "rmse"
    )
    (value,) = boosted_trees(booster, sources)
    return Fitted(Regression(value), "regression", details=details)


def _classifier(sample: Sample) -> Fitted:
    classes = class_label(sample)
    objective: dict[str, Any] = {"objective": "binary:logistic"}
    metric, link = "logloss", Link.LOGISTIC
    if len(classes.values) > 2:
        objective = {"objective": "multi:softprob", "num_class": len(classes.values)}
        metric, link = "mlogloss", Link.SOFTMAX
    booster, sources, details = _train(
        sample, classes.codes.astype(np.float64), classes.weights, objective, metric
    )
    scores = tuple(boosted_trees(booster, sources))
    return Fitted(
        Classification(classes.values, scores, link), classes.problem_type, classes.values, details
    )


def _train(
    sample: Sample, label: Floats, weights: Floats, objective: dict[str, Any], metric: str
) -> tuple[xgboost.Booster, list[TreeInput], tuple[Detail, ...]]:
    options = sample.options
    is_one_hot = options["category_encoding_method"] == "one_hot_encoding"
    encoded = [_encode(column, is_one_hot) for column in sample.columns()]
    matrix = np.hstack([values for values, _, _ in encoded])
    sources = [source for _, found, _ in encoded for source in found]
    names = [name for _, _, found in encoded for name in found]
    parameters = {xgb: options[ours] for xgb, ours in _PARAMETERS.items()} | objective
    parameters |= {"seed": _SEED, "nthread": _threads(matrix), "eval_metric": metric}
    parameters["tree_method"] = (
        "hist" if options["tree_method"] == "auto" else options["tree_method"]
    )
    if options["booster_type"] == "dart":
        parameters |= {
            "rate_drop": options["dropout"],
            "normalize_type": options["dart_normalize_type"],
        }
    _require_float32(sample, matrix, names, label)
    history: dict[str, dict[str, list[float]]] = {}
    try:
        train = xgboost.DMatrix(matrix, label, weight=weights * _row_weights(sample))
        booster = xgboost.train(
            parameters,
            train,
            options["max_iterations"],
            evals=[(train, "train")],
            evals_result=history,
            verbose_eval=False,
            callbacks=[_RelativeProgress(options["min_rel_progress"])]
            if options["early_stop"]
            else [],
        )
    except xgboost.core.XGBoostError as error:
        raise TrainingDataError(
            f"Model {options.model}: XGBoost refuses: "
            f"{str(error).splitlines()[0].split('Check failed: ')[-1]}"
        ) from error
    losses = history["train"][metric]
    return (
        booster,
        sources,
        (
            *(
                Detail("training_info", str(i), loss, {"iteration": i, "loss": loss})
                for i, loss in enumerate(losses)
            ),
            *_importance(booster, names),
        ),
    )


class _RelativeProgress(xgboost.callback.TrainingCallback):
    """Stops after a round that improved the training loss by less than a fraction."""

    def __init__(self, least: float) -> None:
        super().__init__()
        self._least = least

    def after_iteration(self, model: xgboost.Booster, epoch: int, evals_log: Any) -> bool:
        """Return whether to stop."""
        (losses,) = evals_log["train"].values()
        if len(losses) < 2 or not losses[-2]:
            return False
        return (losses[-2] - losses[-1]) / abs(losses[-2]) < self._least


def _require_float32(sample: Sample, matrix: Floats, names: list[str], label: Floats) -> None:
    largest = np.finfo(np.float32).max
    for name, values in [*zip(names, matrix.T, strict=True), (sample.label.name, label)]:
        if (np.abs(values) > largest).any():
            raise TrainingDataError(
                f"Model {sample.options.model}: column '{name}' holds numbers beyond "
                f"{largest:.2g}, which XGBoost's single precision cannot; scale them in the query."
            )


def _encode(column: Column, is_one_hot: bool) -> tuple[Floats, list[TreeInput], list[str]]:
    name = column.input.name
    source = column.input.expression
    if isinstance(column, Numbers):
        return column.values[:, None], [source], [name]
    if is_one_hot:
        levels = column.levels()
        flags: list[TreeInput] = [Numbered(source, (level,)) for level in levels]
        return column.one_hot(), flags, [f"{name}_{level_name(level)}" for level in levels]
    if column.input.kind is InputKind.PART:
        # Numbers already, in their own order.
        parts = np.array([*column.values, np.nan], dtype=np.float64)
        return parts[column.codes][:, None], [numeric(source)], [name]
    # LABEL_ENCODING: alphabetical from 1; NULL and what training never saw are 0.
    codes = (column.codes + 1).astype(np.float64)
    return codes[:, None], [Numbered(source, column.values)], [name]


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


def _importance(booster: xgboost.Booster, names: list[str]) -> list[Detail]:
    # A scalar each: only linear boosters have a list, one a class.
    kinds: dict[str, dict[str, Any]] = {
        kind: booster.get_score(importance_type=kind) for kind in ("weight", "gain", "cover")
    }
    return [
        Detail(
            "feature_importance",
            name,
            kinds["gain"].get(f"f{position}", 0.0),
            {kind: scores.get(f"f{position}", 0.0) for kind, scores in kinds.items()},
        )
        for position, name in enumerate(names)
    ]


def _threads(matrix: Floats) -> int:
    # Threads that wait for each other take longer than a small training set does.
    if matrix.size < _WORTH_THREADS:
        return 1
    return int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)
