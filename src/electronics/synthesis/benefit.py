"""Whether made rows help a model, by folds of its training rows: where not, they are not kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import f1_score, mean_absolute_error, r2_score
from sklearn.model_selection import GroupKFold, KFold
from threadpoolctl import threadpool_limits

from electronics.factory import Photographs, fit_damage_model
from electronics.intervals import mean_interval
from electronics.synthesis.embeddings import GENERATORS, NEURAL, synthesise
from electronics.synthesis.feeds import COST, foretold_costs
from electronics.synthesis.table import NEURAL_OF_TABLE, TABLE_GENERATORS, synthesise_table

FOLDS = 5
NOTHING, WEIGHTS = "nothing", "class weights"
Scores = list[dict[str, float]]


def missing_examples(labels: NDArray[np.str_], scarce_share: float) -> dict[str, int]:
    """How many examples scarce classes lack to the median class.

    Args:
        labels: a label a row.
        scarce_share: a class is scarce that has less than this share of the median class.
    """
    names, counts = np.unique(labels, return_counts=True)
    median = float(np.median(counts))
    return {
        str(name): round(median - count)
        for name, count in zip(names, counts, strict=True)
        if count < scarce_share * median
    }


@threadpool_limits.wrap(limits=1)
def photograph_benefit(
    photographs: Photographs,
    requests: NDArray[np.str_],
    others: Photographs | None,
    scarce_share: float,
    n_seeds: int,
    reduced: Mapping[str, int] | None = None,
    n_folds: int = FOLDS,
) -> pd.DataFrame:
    """Measure the damage model with made photographs and without, by folds of requests.

    Args:
        photographs: the customers', of which each is left out once a seed.
        requests: theirs; photographs of one are never parted.
        others: further ones that are learned from, and never tested on.
        scarce_share: see `missing_examples`, which says in each fold what is made.
        n_seeds: how often the folds are drawn.
        reduced: so many examples are left of these classes when learning: scarcity by design.
        n_folds: how many folds, three or more.

    Returns:
        A row a recipe: recipe, is_neural, n_made, n_splits, scarce_recall (of the classes for
        which rows are made), accuracy, measure (macro_f1), score, gain (paired with learning from
        what there is), gain_low, gain_high (95 %) and is_kept.
    """
    scores: dict[str, Scores] = {name: [] for name in (NOTHING, WEIGHTS, *GENERATORS)}
    for seed in range(n_seeds):
        folds = GroupKFold(n_folds, shuffle=True, random_state=seed)
        for kept, left_out in folds.split(photographs.embeddings, groups=requests):
            known = photographs.take(kept)
            known = known if others is None else known + others
            known = _reduced(known, reduced or {}, seed)
            test = photographs.take(left_out)
            missing = missing_examples(known.damage_types, scarce_share)
            if reduced:
                missing = {name: n for name, n in missing.items() if name in reduced}
            for recipe, of_recipe in scores.items():
                made = 0
                learned_from = known
                if recipe in GENERATORS:
                    rows = synthesise(known.embeddings, known.damage_types, missing, seed, recipe)
                    learned_from, made = known + Photographs(*rows), len(rows[1])
                weight = "balanced" if recipe == WEIGHTS else None
                model = fit_damage_model(learned_from, weight)
                measures = _measured(model.predict(test.embeddings), test, missing)
                of_recipe.append(measures | {"n_made": made})
    return judged(scores, "macro_f1", NEURAL, set(GENERATORS), n_folds)


@threadpool_limits.wrap(limits=1)
def repair_benefit(
    repairs: pd.DataFrame,
    is_possible: Callable[[pd.DataFrame], NDArray[np.bool_]],
    n_seeds: int,
) -> pd.DataFrame:
    """Measure the foretelling of costs with made repairs (as many again) and without, by folds.

    Args:
        repairs: a row a repair, with its cost.
        is_possible: which made rows keep the domain's rules; the others are not learned from.
        n_seeds: how often the folds are drawn.

    Returns:
        As `photograph_benefit`, of the measure r2_score; scarce_recall and accuracy are null, and
        mean_absolute_error is in euros.
    """
    scores: dict[str, Scores] = {name: [] for name in (NOTHING, *TABLE_GENERATORS)}
    for seed in range(n_seeds):
        for kept, left_out in KFold(FOLDS, shuffle=True, random_state=seed).split(repairs):
            known, test = repairs.iloc[kept], repairs.iloc[left_out]
            for recipe, of_recipe in scores.items():
                made = known.iloc[:0]
                if recipe in TABLE_GENERATORS:
                    made = synthesise_table(known, len(known), seed, recipe)
                    made = made[is_possible(made)]
                costs = foretold_costs(pd.concat([known, made], ignore_index=True), test)
                of_recipe.append(
                    {
                        "r2_score": float(r2_score(test[COST], costs)),
                        "mean_absolute_error": float(mean_absolute_error(test[COST], costs)),
                        "n_made": len(made),
                    }
                )
    return judged(scores, "r2_score", NEURAL_OF_TABLE, set(TABLE_GENERATORS))


def judged(
    scores: Mapping[str, Scores],
    measure: str,
    neural: str,
    generators: set[str],
    n_folds: int = FOLDS,
) -> pd.DataFrame:
    """A row a recipe, from the scores of each in the same splits.

    A generator's rows are kept if the lower bound of its gain is above zero and its mean score is
    above that of every other recipe that needs no network.
    """
    tables = {recipe: pd.DataFrame(each) for recipe, each in scores.items()}
    means = {recipe: round(float(each[measure].mean()), 4) for recipe, each in tables.items()}
    rows: list[dict[str, Any]] = []
    for recipe, table in tables.items():
        gains = table[measure] - tables[NOTHING][measure]
        # Judged as it is shown: the warehouse's tests look at the same decimals.
        gain, *ends = mean_interval(gains, shared=1 / (n_folds - 1))
        low, high = (round(end, 4) for end in ends)
        rivals = [mean for other, mean in means.items() if other not in (recipe, neural)]
        rows.append(
            {
                "recipe": recipe,
                "is_neural": recipe == neural,
                "n_made": round(table["n_made"].mean()),
                "n_splits": len(table),
                "scarce_recall": _mean(table, "scarce_recall"),
                "accuracy": _mean(table, "accuracy"),
                "mean_absolute_error": _mean(table, "mean_absolute_error"),
                "measure": measure,
                "score": means[recipe],
                "gain": gain,
                "gain_low": low,
                "gain_high": high,
                "is_kept": bool(recipe in generators and low > 0 and means[recipe] > max(rivals)),
            }
        )
    return pd.DataFrame(rows).round(4)


def _measured(
    seen: NDArray[np.str_], test: Photographs, missing: Mapping[str, int]
) -> dict[str, float]:
    is_right = seen == test.damage_types
    is_scarce = np.isin(test.damage_types, list(missing))
    return {
        "scarce_recall": float(is_right[is_scarce].mean()) if is_scarce.any() else np.nan,
        "accuracy": float(is_right.mean()),
        "macro_f1": float(f1_score(test.damage_types, seen, average="macro")),
    }


def _reduced(photographs: Photographs, left: Mapping[str, int], seed: int) -> Photographs:
    rng = np.random.default_rng(seed)
    kept: Iterator[NDArray[np.intp]] = (
        rng.permutation(np.flatnonzero(photographs.damage_types == name))[: left.get(str(name))]
        for name in np.unique(photographs.damage_types)
    )
    return photographs.take(np.sort(np.concatenate(list(kept)))) if left else photographs


def _mean(table: pd.DataFrame, name: str) -> float:
    return float(table[name].mean()) if name in table else np.nan
