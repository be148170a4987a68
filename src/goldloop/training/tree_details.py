"""What there is to know of fitted trees: how features split, and what they contribute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xgboost

from goldloop.scoring.boosters import TreeSums
from goldloop.scoring.prediction import Label
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail
from goldloop.training.global_explain import global_details
from goldloop.training.tree_features import TreeFeatures


def importance(booster: xgboost.Booster, names: Sequence[str]) -> list[Detail]:
    """Return XGBoost's weight, gain and cover of each column, for ML.FEATURE_IMPORTANCE."""
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


def global_contributions(
    sample: Sample,
    sums: TreeSums,
    features: TreeFeatures,
    classes: Sequence[Label],
) -> tuple[Detail, ...]:
    """Return the mean absolute contributions over the rows that evaluate, if asked for.

    Here rather than in SQL, as the function that explains trees may not be
    registered on the connection that trains.
    """
    options = sample.options
    if not options["enable_global_explain"]:
        return ()
    matrix = features.held_out(sample)
    matrix = features.matrix if matrix is None else matrix
    found = sums.contributions(matrix, options["approx_global_feature_contrib"])
    chosen = found.sum(axis=2).argmax(axis=1)
    places: dict[str, list[int]] = {}
    for place, feature in enumerate(features.features):
        places.setdefault(feature, []).append(place)
    of_chosen, of_scores = [], []
    for feature, own in places.items():
        sizes = np.abs(found[:, :, own].sum(axis=2))
        predicted = float(sizes[np.arange(len(sizes)), chosen].mean())
        of_chosen.append((feature, None, predicted))
        of_scores += [(feature, k, float(mean)) for k, mean in enumerate(sizes.mean(axis=0))]
    return global_details([*of_chosen, *of_scores], classes)
