"""The customers' damage model, and whether the factory's labelled photographs help it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from electronics.factory.alignment import aligned
from electronics.factory.detector import Photographs, defect_measures
from electronics.factory.domain_shift import KEPT_SHARE, wilson


def fit_damage_model(photographs: Photographs, class_weight: str | None = None) -> Pipeline:
    """Fit the six classes of the repair service's damage model, weighed as scikit-learn says."""
    estimator = make_pipeline(
        StandardScaler(),
        PCA(n_components=min(96, *photographs.embeddings.shape), random_state=0),
        LogisticRegression(C=0.02, max_iter=2000, class_weight=class_weight),
    )
    return estimator.fit(photographs.embeddings, photographs.damage_types)


def learns_from_factory(setting: object) -> bool:
    """Whether the variable `damage_learns_from_factory` says so: dbt hands on true, or its text."""
    return str(setting).lower() == "true"


def with_factory(customers: Photographs, factory: Photographs) -> Photographs:
    """Customers' photographs, and the factory's moved to look like theirs."""
    return customers + factory.moved(aligned(factory.embeddings, customers.embeddings))


def feedback_gain(
    customers: Photographs, factory: Photographs, holdout: Photographs, n_seeds: int
) -> pd.DataFrame:
    """Measure the customers' model without, with and with the aligned factory's photographs.

    Args:
        customers: what technicians confirmed; each seed sees nine tenths of it.
        factory: what inspectors labelled; likewise.
        holdout: the customers', labelled by a panel.
        n_seeds: how often each is drawn anew.

    Returns:
        A row a recipe: recipe, n_customers, n_factory, n_seeds, n_holdout, mean and standard
        deviation over seeds of accuracy and defect_auc, and of the accuracy gained over the same
        seed's customers only.
    """
    recipes = {
        "customers": lambda mine, theirs: mine,
        "customers + factory as they are": lambda mine, theirs: mine + theirs,
        "customers + factory aligned": with_factory,
    }
    rows, base = [], None
    for name, made in recipes.items():
        measured = []
        for seed in range(n_seeds):
            rng = np.random.default_rng(seed)
            mine, theirs = (
                each.drawn(rng, round(KEPT_SHARE * len(each))) for each in (customers, factory)
            )
            measured.append(defect_measures(fit_damage_model(made(mine, theirs)), holdout))
        scores = pd.DataFrame(measured)
        base = scores["accuracy"] if base is None else base
        low, high = wilson(scores["accuracy"].mean(), len(holdout))
        rows.append(
            {
                "recipe": name,
                "n_customers": len(mine),
                "n_factory": 0 if name == "customers" else len(theirs),
                "n_seeds": n_seeds,
                "n_holdout": len(holdout),
                "accuracy": scores["accuracy"].mean(),
                "accuracy_sd": scores["accuracy"].std(ddof=0),
                "accuracy_low": low,
                "accuracy_high": high,
                "accuracy_gain": (scores["accuracy"] - base).mean(),
                "accuracy_gain_sd": (scores["accuracy"] - base).std(ddof=0),
                "defect_auc": scores["defect_auc"].mean(),
            }
        )
    return pd.DataFrame(rows).round(4)
