"""Whom to ask next: strategies that choose photographs to be labelled, at a given budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA

CANDIDATES = 4
"""Diversity is sought among so many times the budget, the most uncertain."""
DIRECTIONS = 32
"""Distances between embeddings are taken in so many principal components."""

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Unlabelled:
    """Photographs that may be asked for, a row each.

    Attributes:
        probabilities: what the model says of them, a column a damage type.
        embeddings: what the network makes of them.
        devices: of which device each is.
    """

    probabilities: Floats
    embeddings: Floats
    devices: NDArray[np.str_]


Strategy = Callable[[Unlabelled, int, np.random.Generator], Rows]
"""From those that may be asked for, the budget and chance: the rows to ask for, in order."""


def margin_uncertainty(probabilities: Floats) -> Floats:
    """One less the two largest probabilities' difference (Scheffer et al. 2001), 0 to 1."""
    largest = np.sort(probabilities, axis=1)[:, -2:]
    return 1 - (largest[:, 1] - largest[:, 0])


def entropy(probabilities: Floats) -> Floats:
    """Shannon's, in nats."""
    return -(probabilities * np.log(np.maximum(probabilities, 1e-12))).sum(axis=1)


def random(pool: Unlabelled, budget: int, rng: np.random.Generator) -> Rows:
    """Any."""
    return rng.permutation(len(pool.probabilities))[:budget]


def least_margin(pool: Unlabelled, budget: int, rng: np.random.Generator) -> Rows:
    """Those whose two likeliest damage types are the closest."""
    return _largest(margin_uncertainty(pool.probabilities))[:budget]


def most_entropy(pool: Unlabelled, budget: int, rng: np.random.Generator) -> Rows:
    """Those whose probabilities are the most even."""
    return _largest(entropy(pool.probabilities))[:budget]


def least_margin_of_devices(pool: Unlabelled, budget: int, rng: np.random.Generator) -> Rows:
    """Those of the devices that are the most uncertain on average, the last cut short."""
    _, number = np.unique(pool.devices, return_inverse=True)
    sums = np.bincount(number, margin_uncertainty(pool.probabilities))
    by_device = _largest(sums / np.bincount(number))
    place = np.empty(len(by_device), dtype=np.intp)
    place[by_device] = np.arange(len(by_device))
    return np.argsort(place[number], kind="stable")[:budget]


def least_margin_spread_out(pool: Unlabelled, budget: int, rng: np.random.Generator) -> Rows:
    """Of the most uncertain, one of each of as many clusters (after Zhdanov 2019).

    The candidates are clustered by k-means, weighed by their uncertainty; of each cluster the most
    uncertain is asked for.
    """
    uncertainty = margin_uncertainty(pool.probabilities)
    candidates = _largest(uncertainty)[: CANDIDATES * budget]
    if len(candidates) <= budget:
        return candidates
    n_directions = min(DIRECTIONS, len(candidates), pool.embeddings.shape[1])
    points = PCA(n_directions, random_state=0).fit_transform(pool.embeddings[candidates])
    weights = np.maximum(uncertainty[candidates], 1e-9)
    means = KMeans(budget, n_init=1, random_state=int(rng.integers(2**31)))
    cluster = means.fit(points, sample_weight=weights).labels_
    _, first = np.unique(cluster, return_index=True)
    chosen = np.sort(first)
    rest = np.setdiff1d(np.arange(len(candidates)), chosen)
    return candidates[np.concatenate([chosen, rest])[:budget]]


STRATEGIES: dict[str, Strategy] = {
    "random": random,
    "margin": least_margin,
    "entropy": most_entropy,
    "margin of devices": least_margin_of_devices,
    "margin x diversity": least_margin_spread_out,
}


def _largest(values: Floats) -> Rows:
    return np.argsort(-values, kind="stable")
