"""BOOSTED_TREE_CLASSIFIER and BOOSTED_TREE_REGRESSOR: XGBoost, with BigQuery ML's names."""

from __future__ import annotations

from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option, Range, exclusive
from goldloop.options.shared import CLASS_WEIGHTS, ITERATIONS, LABEL, REFUSED, SPLIT

_UNIT = Range(0, 1, low_open=True)

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
    Option("num_parallel_tree", Kind.INTEGER, 1, "Trees a round.", range=Range(1)),
    Option("max_tree_depth", Kind.INTEGER, 6, "Deepest tree.", range=Range(1, 20)),
    Option("learn_rate", Kind.NUMBER, 0.3, "Shrinkage of each tree.", range=_UNIT),
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
        "LABEL_ENCODING numbers categories alphabetically from 1, NULL and unseen 0.",
        choices=("label_encoding", "one_hot_encoding", "target_encoding"),
        refused_choices={"target_encoding": "target encoding is not available yet"},
    ),
    *ITERATIONS,
    Option(
        "xgboost_version",
        Kind.CHOICE,
        None,
        "Version of the library.",
        refused="the installed XGBoost trains",
    ),
    Option(
        "approx_global_feature_contrib",
        Kind.BOOLEAN,
        False,
        "Faster explanations.",
        refused="ML.GLOBAL_EXPLAIN is not available yet",
    ),
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
    weights = {"auto_class_weights", "class_weights"} & given
    if len(weights) == 2 and options["auto_class_weights"]:
        exclusive(model, given, "auto_class_weights", "class_weights")


BOOSTED_TREE_REGRESSOR = ModelType(
    "boosted_tree_regressor",
    "regression",
    "Gradient-boosted trees for a number.",
    (LABEL, *_BOOSTING, *SPLIT, *REFUSED),
    _check,
)

BOOSTED_TREE_CLASSIFIER = ModelType(
    "boosted_tree_classifier",
    "classification",
    "Gradient-boosted trees for a class.",
    (LABEL, *_BOOSTING, *CLASS_WEIGHTS, *SPLIT, *REFUSED),
    _check,
)
