"""The data-centric report: the algorithm stays, the data change, the holdout judges."""

from __future__ import annotations

import numpy as np
import pandas as pd

from electronics.factory import fit_damage_model
from electronics.intervals import named_interval
from electronics.learning.changes import (
    Change,
    feedback_added,
    looked_at_at_random,
    mirrored_added,
    square_root,
    suspects_left_out,
    suspects_looked_at,
    synthetic_added,
)
from electronics.learning.data import Data, Sources, drawn


def data_centric_experiments(sources: Sources, n_seeds: int) -> pd.DataFrame:
    """Change the data in one way at a time, then in all; train and measure each with every seed.

    Args:
        sources: what is drawn from.
        n_seeds: how often the devices had, and the wrong labels among them, are drawn anew.

    Returns:
        A row a recipe: recipe, n_seeds, n_holdout, n_photographs and wrong_label_share (means over
        seeds), looked_at_share, detection_precision, detection_recall (of the recipes that clean,
        else empty), accuracy and accuracy_gain over the same seed's baseline, each with a 95 %
        interval over seeds (Student's t).
    """
    measured = []
    for seed in range(n_seeds):
        begin_with = {has_all: drawn(sources, seed, has_all) for has_all in (False, True)}
        for name, (has_all, changes) in _recipes(sources).items():
            data = begin_with[has_all]
            for change in changes:
                data = change(data, sources, seed)
            measured.append({"recipe": name, "seed": seed} | _measured(data))
    table = pd.DataFrame(measured)
    accuracies = table.pivot(index="seed", columns="recipe", values="accuracy")
    means = table.drop(columns=["seed", "accuracy"]).groupby("recipe", sort=False).mean()
    rows = []
    for name, of_recipe in means.iterrows():
        gain = accuracies[name] - accuracies["baseline"]
        rows.append(
            {"recipe": name, "n_seeds": n_seeds, "n_holdout": len(sources.holdout)}
            | of_recipe.to_dict()
            | named_interval(accuracies[name], "accuracy")
            | named_interval(gain, "accuracy_gain", "gain")
        )
    return pd.DataFrame(rows).round(4).astype({"n_photographs": int})


def _recipes(sources: Sources) -> dict[str, tuple[bool, tuple[Change, ...]]]:
    """Whether each has all devices or the few of the baseline, and what is changed then."""
    recipes: dict[str, tuple[bool, tuple[Change, ...]]] = {
        "baseline": (False, ()),
        "more data": (True, ()),
        "labels cleaned: suspects left out": (False, (suspects_left_out,)),
        "labels cleaned: suspects looked at again": (False, (suspects_looked_at,)),
        "as many looked at again at random": (False, (looked_at_at_random,)),
        "synthetic added": (False, (synthetic_added,)),
        "feedback added": (False, (feedback_added,)),
        "new transformation: signed square root": (False, (square_root,)),
        "all but synthetic": (True, (suspects_looked_at, feedback_added, square_root)),
        "all": (True, (suspects_looked_at, synthetic_added, feedback_added, square_root)),
    }
    if sources.mirrored is not None:
        recipes["new transformation: mirrored too"] = (False, (mirrored_added,))
    return recipes


def _measured(data: Data) -> dict[str, float]:
    learned_from = data.photographs if data.added is None else data.photographs + data.added
    predicted = fit_damage_model(learned_from).predict(data.holdout.embeddings)
    return {
        "n_photographs": len(learned_from),
        "wrong_label_share": float(data.is_wrong.mean()),
        "accuracy": float((predicted == data.holdout.damage_types).mean()),
    } | _detection(data)


def _detection(data: Data) -> dict[str, float]:
    looked = data.looked
    if looked is None:
        return dict.fromkeys(("looked_at_share", "detection_precision", "detection_recall"), np.nan)
    return {
        "looked_at_share": float(looked.at.mean()),
        "detection_precision": float(looked.was_wrong[looked.at].mean()),
        "detection_recall": float(looked.at[looked.was_wrong].mean()),
    }
