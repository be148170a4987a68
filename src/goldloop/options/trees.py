"""BOOSTED_TREE_* and RANDOM_FOREST_*: XGBoost, with BigQuery ML's names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option, Range
from goldloop.options.shared import (
    CLASS_WEIGHTS,
    GLOBAL_EXPLAIN,
    ITERATIONS,
    LABEL,
    REFUSED,
    SPLIT,
    check_class_weights,
)

_UNIT = Range(0, 1, low_open=True)

_TREES = (
    Option("num_parallel_tree", Kind.INTEGER, 1, "Trees a round.", range=Range(1)),
    Option("max_tree_depth", Kind.INTEGER, 6, "Deepest tree.", range=Range(1, 20)),
    Option("l1_reg", Kind.NUMBER, 0.0, "L1 penalty of leaf weights.", range=Range(0)),
    Option("l2_reg", Kind.NUMBER, 1.0, "L2 penalty of leaf weights.", range=Range(0)),
    Option(
        "tree_method",
        Kind.CHOICE,
        "auto",
        "How splits are found; AUTO is HIST.",
        choices=("auto", "hist", "exact", "approx"),
    ),
    Option("min_tree_child_weight", Kind.NUMBER, 1.0, "Least weight of a leaf.", range=Range(0)),
    Option("colsample_bytree", Kind.NUMBER, 1.0, "Share of columns a tree.", range=_UNIT),
    Option("colsample_bylevel", Kind.NUMBER, 1.0, "Share of columns a level.", range=_UNIT),
    Option("colsample_bynode", Kind.NUMBER, 1.0, "Share of columns a split.", range=_UNIT),
    Option("min_split_loss", Kind.NUMBER, 0.0, "Least gain of a split.", range=Range(0)),
    Option("subsample", Kind.NUMBER, 1.0, "Share of rows a tree.", range=_UNIT),
    Option("instance_weight_col", Kind.COLUMN, None, "Column of row weights; never a feature."),
    Option(
        "category_encoding_method",
        Kind.CHOICE,
        "label_encoding",
        "LABEL_ENCODING numbers categories alphabetically from 1, NULL and unseen 0. "
        "TARGET_ENCODING takes a category's mean label, drawn to that of all rows where it has few "
        "(scikit-learn's TargetEncoder); unseen: that of all rows.",
        choices=("label_encoding", "one_hot_encoding", "target_encoding"),
    ),
    GLOBAL_EXPLAIN,
    Option(
        "approx_global_feature_contrib",
        Kind.BOOLEAN,
        False,
        "Explain by Saabas' approximation instead of Tree SHAP; needs ENABLE_GLOBAL_EXPLAIN.",
    ),
    Option(
        "xgboost_version",
        Kind.CHOICE,
        "0.9",
        "The XGBoost whose defaults hold where no option says otherwise: 0.9 and 1.1 begin at a "
        "base score of 0.5. The installed one trains.",
        choices=("0.9", "1.1"),
    ),
)

_BOOSTING = (
    Option("booster_type", Kind.CHOICE, "gbtree", "Kind of booster.", choices=("gbtree", "dart")),
    Option(
        "dart_normalize_type",
        Kind.CHOICE,
        "tree",
        "Weight of new trees under DART.",
        choices=("tree", "forest"),
    ),
    Option("dropout", Kind.NUMBER, 0.0, "Share of trees DART drops.", range=Range(0, 1)),
    Option("learn_rate", Kind.NUMBER, 0.3, "Shrinkage of each tree.", range=_UNIT),
    *ITERATIONS,
)

# What differs of a forest: its trees are as many, as deep and as different as BigQuery ML's.
_OF_A_FOREST = {
    "num_parallel_tree": (100, "Trees of the forest.", Range(2)),
    "max_tree_depth": (15, "Deepest tree.", Range(1, 20)),
    "subsample": (0.8, "Share of rows a tree.", Range(0, 1, low_open=True, high_open=True)),
    "colsample_bynode": (0.8, "Share of columns a split.", _UNIT),
}
_ONE_ROUND = "A forest is one round, after which nothing goes on: either value trains the same."


def _of_a_forest(option: Option) -> Option:
    if option.name not in _OF_A_FOREST:
        return option
    default, meaning, accepted = _OF_A_FOREST[option.name]
    return replace(option, default=default, meaning=meaning, range=accepted)


_FOREST = (
    *(_of_a_forest(option) for option in _TREES),
    *(replace(o, meaning=_ONE_ROUND) for o in ITERATIONS if o.name != "max_iterations"),
)


def _check(model: str, options: dict[str, Any], given: set[str]) -> None:
    dart_only = given & {"dropout", "dart_normalize_type"}
    if dart_only and options["booster_type"] != "dart":
        raise OptionError(
            f"Model {model}: option {min(dart_only)} needs booster_type='dart'; "
            f"it is '{options['booster_type']}'."
        )
    if options["tree_method"] == "exact" and "colsample_bynode" in given:
        raise OptionError(
            f"Model {model}: tree_method 'exact' does not sample columns by node; "
            "drop colsample_bynode or use tree_method 'hist'."
        )
    if options["approx_global_feature_contrib"] and not options["enable_global_explain"]:
        raise OptionError(
            f"Model {model}: option approx_global_feature_contrib says how ENABLE_GLOBAL_EXPLAIN "
            "explains; set enable_global_explain=true as well."
        )
    check_class_weights(model, options, given)


BOOSTED_TREE_REGRESSOR = ModelType(
    "boosted_tree_regressor",
    "regression",
    "Gradient-boosted trees for a number.",
    (LABEL, *_BOOSTING, *_TREES, *SPLIT, *REFUSED),
    _check,
)

BOOSTED_TREE_CLASSIFIER = ModelType(
    "boosted_tree_classifier",
    "classification",
    "Gradient-boosted trees for a class.",
    (LABEL, *_BOOSTING, *_TREES, *CLASS_WEIGHTS, *SPLIT, *REFUSED),
    _check,
)

RANDOM_FOREST_REGRESSOR = ModelType(
    "random_forest_regressor",
    "regression",
    "A random forest for a number.",
    (LABEL, *_FOREST, *SPLIT, *REFUSED),
    _check,
)

RANDOM_FOREST_CLASSIFIER = ModelType(
    "random_forest_classifier",
    "classification",
    "A random forest for a class.",
    (LABEL, *_FOREST, *CLASS_WEIGHTS, *SPLIT, *REFUSED),
    _check,
)
