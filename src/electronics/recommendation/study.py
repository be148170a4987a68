"""Candidates side by side: trained on what was known at a day, measured on what came after it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sklearn.pipeline import Pipeline

from electronics.recommendation.candidates import CANDIDATES
from electronics.recommendation.history import History, Snapshot
from electronics.recommendation.measures import coverage, interval, per_customer, top_places
from electronics.recommendation.pairs import CONDITION, FEATURES, pair_features
from electronics.recommendation.ranker import (
    WINDOW_DAYS,
    fitted_ranker,
    ranker_scores,
    training_rows,
)

CUTS = 3
RANKERS = {
    "ranker without condition": tuple(name for name in FEATURES if name not in CONDITION),
    "ranker": FEATURES,
}


@dataclass(frozen=True)
class Case:
    """Customers of a group at a cut of time, and what they bought in the weeks after it.

    Attributes:
        group: what is known of them.
        snapshot: what a recommender is told.
        members: their positions.
        bought: what they bought in the weeks after, a row a member.
        excluded: what they own in truth, of all customers.
    """

    group: str
    snapshot: Snapshot
    members: np.ndarray
    bought: np.ndarray
    excluded: np.ndarray


def compared(history: History, as_of: float, cuts: int = CUTS) -> pd.DataFrame:
    """One row a candidate and group of customers, pooled over cuts eight weeks apart.

    A cut's candidates know what was known at it; its rankers learned from windows that had ended.
    """
    found = defaultdict(list)
    for cut in (as_of - WINDOW_DAYS * (i + 1) for i in range(cuts)):
        rows = training_rows(history, cut)
        rankers = {name: fitted_ranker(rows, features) for name, features in RANKERS.items()}
        for case in cases_at(history, cut):
            scores = {
                name: score(case.snapshot, history.catalogue) for name, score in CANDIDATES.items()
            }
            features = pair_features(case.snapshot, history.catalogue)
            for name, ranker in rankers.items():
                scores[name] = ranker_scores(ranker, features, RANKERS[name])
            for name, of_pairs in scores.items():
                top = top_places(of_pairs, case.excluded)[case.members]
                found[case.group, name].append((top, case))
    n_products = len(history.catalogue.products)
    return pd.DataFrame([_row(*key, tops, n_products) for key, tops in found.items()])


def cases_at(history: History, cut: float) -> list[Case]:
    """Those who bought something new within eight weeks of the cut, by what is known of them."""
    snapshot = history.snapshot(cut)
    bought = history.bought_between(cut, cut + WINDOW_DAYS)
    has_bought = snapshot.bought.sum(axis=1) > 0
    is_known = snapshot.owned.sum(axis=1) > 0
    has_damage = (snapshot.severity > 0).any(axis=1)
    brought = snapshot.brought.sum(axis=1) > 0
    groups = {
        "bought before": has_bought,
        "has a damaged device": has_damage,
        "known by a repair only": is_known & ~has_bought,
        "not known": ~is_known,
    }
    found = [_case(name, snapshot, members, bought) for name, members in groups.items()]
    # Few are known by a repair only; of those who bought too, the purchases can be hidden.
    forgetful = replace(
        snapshot,
        owned=np.where(brought[:, None], snapshot.brought, snapshot.owned),
        kind_bought_at=np.where(brought[:, None], -np.inf, snapshot.kind_bought_at),
    )
    hidden = "a repair known, purchases hidden"
    found.append(_case(hidden, forgetful, brought, bought, excluded=snapshot.owned))
    return [case for case in found if case.members.any()]


def _case(
    group: str,
    snapshot: Snapshot,
    members: np.ndarray,
    bought: np.ndarray,
    excluded: np.ndarray | None = None,
) -> Case:
    excluded = snapshot.owned if excluded is None else excluded
    new = bought * (excluded == 0)
    buys = members & (new.sum(axis=1) > 0)
    return Case(group, snapshot, np.flatnonzero(buys), new[buys], excluded)


def _row(group: str, candidate: str, tops: list, n_products: int) -> dict:
    top = np.concatenate([places for places, _ in tops])
    bought = np.concatenate([case.bought for _, case in tops])
    customers = np.concatenate([case.members for _, case in tops])
    row = {"customers": group, "candidate": candidate, "n_customers": len(customers)}
    for name, values in per_customer(top, bought).items():
        low, high = interval(values, customers)
        row |= {f"{name}_at_10": values.mean(), f"{name}_low": low, f"{name}_high": high}
    return row | {"coverage": coverage(top, n_products)}


def ranker_metrics(history: History, ranker: Pipeline, cut: float) -> dict[str, float]:
    """Measures at ten of a ranker fitted by the cut, on those who bought before and after it."""
    case = next(case for case in cases_at(history, cut) if case.group == "bought before")
    features = pair_features(case.snapshot, history.catalogue)
    scores = {
        "": ranker_scores(ranker, features),
        "popularity_": CANDIDATES["popularity"](case.snapshot, history.catalogue),
    }
    found = {"n_test_customers": float(len(case.members))}
    for prefix, of_pairs in scores.items():
        top = top_places(of_pairs, case.excluded)[case.members]
        for name, values in per_customer(top, case.bought).items():
            found[f"{prefix}{name}_at_10"] = float(values.mean())
    return found
