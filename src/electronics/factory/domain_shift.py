"""What a detector is worth by what it learned from: the factory's holdout is the judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from electronics.factory.alignment import aligned
from electronics.factory.detector import Photographs, defect_measures, fit_detector

FACTORY_LABELS = (50, 200, 1_000)
Make = Callable[[Photographs, Photographs, int], Photographs]
KEPT_SHARE = 0.9
"""Each seed sees so much of the customers' photographs, so that their luck shows in the error."""


@dataclass(frozen=True)
class Recipe:
    """What is learned from: customers as `customers` makes them, and so many factory labels."""

    name: str
    customers: Callable[[Photographs, NDArray[np.float64]], Photographs] | None
    n_factory: int = 0
    has_synthetic: bool = False


@dataclass(frozen=True)
class Drawn:
    """What a recipe learns from with one seed."""

    customers: Photographs | None
    factory: Photographs | None
    made: Photographs | None

    def fitted(self) -> Pipeline:
        """The detector; made photographs count as the factory's."""
        factory = self.factory
        if factory is not None and self.made is not None:
            factory = factory + self.made
        return fit_detector(self.customers, factory)


def domain_shift(
    customers: Photographs,
    factory: Photographs,
    unlabelled: NDArray[np.float64],
    holdout: Photographs,
    n_seeds: int,
    synthetic: Make | None = None,
) -> pd.DataFrame:
    """Measure every recipe with every seed.

    Args:
        customers: what technicians confirmed.
        factory: what inspectors labelled.
        unlabelled: embeddings of the factory's photographs, which the alignment looks at.
        holdout: the factory's, labelled by a panel.
        n_seeds: how often each is drawn anew.
        synthetic: makes photographs of the factory's from customers' photographs that are
            aligned to it, the labels that a recipe has, and a seed: what is made knows no more
            labels than the recipe. Recipes with them are left out without.

    Returns:
        A row a recipe: recipe, n_customers, n_factory, n_synthetic, n_seeds, n_holdout, then mean
        and standard deviation over the seeds of accuracy and defect_auc, and a 95 % interval
        (Wilson) of the accuracy for the holdout's own size.
    """
    rows = []
    for recipe in _recipes(synthetic is not None):
        drawn = [
            _trained(recipe, customers, factory, unlabelled, synthetic, seed)
            for seed in range(n_seeds)
        ]
        measured = pd.DataFrame([defect_measures(each.fitted(), holdout) for each in drawn])
        low, high = wilson(measured["accuracy"].mean(), len(holdout))
        rows.append(
            {
                "recipe": recipe.name,
                "n_customers": len(drawn[0].customers or ()),
                "n_factory": len(drawn[0].factory or ()),
                "n_synthetic": len(drawn[0].made or ()),
                "n_seeds": n_seeds,
                "n_holdout": len(holdout),
                "accuracy": measured["accuracy"].mean(),
                "accuracy_sd": measured["accuracy"].std(ddof=0),
                "accuracy_low": low,
                "accuracy_high": high,
                "defect_auc": measured["defect_auc"].mean(),
                "defect_auc_sd": measured["defect_auc"].std(ddof=0),
            }
        )
    return pd.DataFrame(rows).round(4)


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's score interval of a share of n (1927)."""
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return centre - half, centre + half


def _as_they_are(customers: Photographs, unlabelled: NDArray[np.float64]) -> Photographs:
    return customers


def _aligned(customers: Photographs, unlabelled: NDArray[np.float64]) -> Photographs:
    return customers.moved(aligned(customers.embeddings, unlabelled))


def _recipes(has_synthetic: bool) -> Iterator[Recipe]:
    for name, made in (("customers", _as_they_are), ("customers aligned", _aligned)):
        yield Recipe(name, made)
        for n in FACTORY_LABELS:
            yield Recipe(f"{name} + {n} factory labels", made, n)
    for n in FACTORY_LABELS:
        yield Recipe(f"{n} factory labels only", None, n)
        # With a thousand labels nothing is scarce.
        if has_synthetic and n < max(FACTORY_LABELS):
            yield Recipe(f"customers + {n} factory labels + synthetic", _as_they_are, n, True)


def _trained(
    recipe: Recipe,
    customers: Photographs,
    factory: Photographs,
    unlabelled: NDArray[np.float64],
    synthetic: Make | None,
    seed: int,
) -> Drawn:
    rng = np.random.default_rng(seed)
    kept = customers.drawn(rng, round(KEPT_SHARE * len(customers)))
    of_customers = recipe.customers and recipe.customers(kept, unlabelled)
    # A smaller number of labels is part of a larger: the curve is of one growing pile.
    of_factory = factory.drawn(rng, recipe.n_factory) if recipe.n_factory else None
    made = None
    if recipe.has_synthetic and synthetic is not None and of_factory is not None:
        made = synthetic(_aligned(kept, unlabelled), of_factory, seed)
    return Drawn(of_customers, of_factory, made)
