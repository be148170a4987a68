"""XGBoost's boosters as sums of trees, read from the booster's own JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import xgboost
from sqlglot import exp

from goldloop.errors import NotExpressibleError
from goldloop.scoring.boosters import TreeSums
from goldloop.scoring.expressions import balanced_sum, double
from goldloop.scoring.thresholds import float32_less_than
from goldloop.scoring.trees import Leaf, Node, Split, TreeInput, tree

NUMERICAL_SPLIT = 0
NO_CHILD = -1


def _logit(probability: float) -> float:
    return math.log(probability) - math.log1p(-probability)


# The base score is stored on the scale of the prediction: the inverse link of the
# objectives that have one (ObjFunction::ProbToMargin in XGBoost's source).
MARGIN_OF_BASE_SCORE: Mapping[str, Callable[[float], float]] = {
    "binary:logistic": _logit,
    "reg:logistic": _logit,
    "count:poisson": math.log,
    "reg:gamma": math.log,
    "reg:tweedie": math.log,
    "survival:cox": math.log,
    "survival:aft": math.log,
}


def boosted_trees(booster: xgboost.Booster, inputs: Sequence[TreeInput]) -> list[exp.Expression]:
    """Return the margin of each output group (classes or targets), base score included.

    `inputs` are numbers (booleans cast to one), or categories with their numbers, in the
    booster's order of features; NULL and NaN are missing. Apply the objective's link to
    get what `predict` returns.

    Raises:
        NotExpressibleError: the booster is linear, splits on categories or has vector leaves.
    """
    learner = json.loads(booster.save_raw("json"))["learner"]
    gradient_booster = learner["gradient_booster"]
    trees, groups, weights = _trees(gradient_booster)
    margins = _base_margins(learner)
    terms: list[list[exp.Expression]] = [[] for _ in margins]
    for fitted, group, weight in zip(trees, groups, weights, strict=True):
        terms[group].append(tree(_root(fitted, weight), inputs))
    return [
        balanced_sum([double(margin), *group_terms])
        for margin, group_terms in zip(margins, terms, strict=True)
    ]


def tree_sums(booster: xgboost.Booster) -> TreeSums:
    """Return the booster with its leaves in doubles, for native scoring."""
    learner = json.loads(booster.save_raw("json"))["learner"]
    trees, groups, weights = _trees(learner["gradient_booster"])
    values = [
        np.array(fitted["split_conditions"], dtype=np.float32).astype(np.float64)
        * float(np.float32(weight))
        for fitted, weight in zip(trees, weights, strict=True)
    ]
    sizes = [len(of_tree) for of_tree in values]
    return TreeSums(
        booster,
        np.concatenate(values),
        np.cumsum([0, *sizes[:-1]]),
        np.array(groups),
        np.array(_base_margins(learner)),
    )


def leaves(booster: xgboost.Booster) -> int:
    """Return the number of leaves of all trees, which is what their SQL costs."""
    model = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]
    return sum(fitted["left_children"].count(NO_CHILD) for fitted in _trees(model)[0])


def _trees(booster: Mapping[str, Any]) -> tuple[list[Any], list[int], list[float]]:
    """Return the trees with the output group and the weight of each."""
    name = booster["name"]
    if name not in ("gbtree", "dart"):
        raise NotExpressibleError(
            f"A booster is {name!r}, expected 'gbtree' or 'dart'; it is scored natively."
        )
    model = (booster["gbtree"] if name == "dart" else booster)["model"]
    weights = booster["weight_drop"] if name == "dart" else [1.0] * len(model["trees"])
    return model["trees"], model["tree_info"], weights


def _base_margins(learner: Mapping[str, Any]) -> list[float]:
    parameters = learner["learner_model_param"]
    scores = [float(np.float32(score)) for score in parameters["base_score"].strip("[]").split(",")]
    to_margin = MARGIN_OF_BASE_SCORE.get(learner["objective"]["name"], float)
    groups = max(1, int(parameters["num_class"]), int(parameters["num_target"]))
    return [to_margin(score) for score in (scores * groups if len(scores) == 1 else scores)]


def _root(fitted: Mapping[str, Any], weight: float) -> Node:
    """Return the tree of XGBoost's arrays, its leaves times `weight`; no recursion."""
    if int(fitted["tree_param"]["size_leaf_vector"]) > 1:
        raise NotExpressibleError("A booster has vector leaves; it is scored natively.")
    if any(kind != NUMERICAL_SPLIT for kind in fitted["split_type"]):
        raise NotExpressibleError(
            "A booster splits on categories; it is scored natively. "
            "Encode categories as numbers or one-hot columns to score it in SQL."
        )
    lefts, rights = fitted["left_children"], fitted["right_children"]
    conditions = [float(np.float32(condition)) for condition in fitted["split_conditions"]]
    nodes: dict[int, Node] = {}
    for index in _children_first(lefts, rights):
        if lefts[index] == NO_CHILD:
            nodes[index] = Leaf(conditions[index] * float(np.float32(weight)))
        else:
            nodes[index] = Split(
                feature=fitted["split_indices"][index],
                threshold=float32_less_than(conditions[index]),
                missing_left=bool(fitted["default_left"][index]),
                left=nodes[lefts[index]],
                right=nodes[rights[index]],
            )
    return nodes[0]


def _children_first(lefts: Sequence[int], rights: Sequence[int]) -> list[int]:
    """Return the reachable nodes, each after its children."""
    order = [0]
    for index in order:
        if lefts[index] != NO_CHILD:
            order += [lefts[index], rights[index]]
    return order[::-1]
