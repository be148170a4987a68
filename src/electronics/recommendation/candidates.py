"""Ways to score products for customers from who owns what: a matrix in, a matrix of scores out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from electronics.recommendation.history import Catalogue, Snapshot

EASE_PENALTY, FACTORS = 200.0, 8
ALS_CONFIDENCE, ALS_PENALTY, ALS_ROUNDS = 4.0, 8.0, 12


def ease_weights(bought: np.ndarray, penalty: float = EASE_PENALTY) -> np.ndarray:
    """Item-item weights (owned × scored) of EASE (Steck 2019), in closed form.

    B = I - P · diag(1 / diag P), P = (XᵀX + λI)⁻¹: the ridge regression of each product on all the
    others.
    """
    inverse = np.linalg.inv(bought.T @ bought + penalty * np.eye(bought.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return weights


def ease(snapshot: Snapshot, catalogue: Catalogue) -> np.ndarray:
    """Sum of the weights of what is owned."""
    return snapshot.owned @ ease_weights(snapshot.bought)


def truncated_svd(snapshot: Snapshot, catalogue: Catalogue) -> np.ndarray:
    """Projection on the leading right singular vectors (PureSVD)."""
    _, _, right = np.linalg.svd(snapshot.bought, full_matrices=False)
    return snapshot.owned @ right[:FACTORS].T @ right[:FACTORS]


def implicit_als(snapshot: Snapshot, catalogue: Catalogue) -> np.ndarray:
    """Weighted alternating least squares (Hu, Koren and Volinsky 2008)."""
    rng = np.random.default_rng(0)
    of_products = rng.normal(0, 0.1, (snapshot.bought.shape[1], FACTORS))
    of_customers = np.zeros((len(snapshot.bought), FACTORS))
    for _ in range(ALS_ROUNDS):
        of_customers = _solved(snapshot.bought, of_products)
        of_products = _solved(snapshot.bought.T, of_customers)
    return _solved(snapshot.owned, of_products) @ of_products.T


def popularity(snapshot: Snapshot, catalogue: Catalogue) -> np.ndarray:
    """Purchases of the last half year, for everyone alike."""
    return np.broadcast_to(snapshot.recent.sum(axis=0), snapshot.owned.shape)


def popularity_by_segment(snapshot: Snapshot, catalogue: Catalogue) -> np.ndarray:
    """Purchases of the last half year in the customer's segment."""
    return recent_by_segment(snapshot, catalogue)[catalogue.segments]


def at_random(snapshot: Snapshot, catalogue: Catalogue) -> np.ndarray:
    """No order at all."""
    return np.random.default_rng(0).random(snapshot.owned.shape)


CANDIDATES: dict[str, Callable[[Snapshot, Catalogue], np.ndarray]] = {
    "random": at_random,
    "popularity": popularity,
    "popularity by segment": popularity_by_segment,
    "truncated SVD": truncated_svd,
    "implicit ALS": implicit_als,
    "EASE": ease,
}


def recent_by_segment(snapshot: Snapshot, catalogue: Catalogue) -> np.ndarray:
    """Purchases of the last half year, segment × product."""
    segments = catalogue.segments
    return np.stack([snapshot.recent[segments == s].sum(axis=0) for s in range(segments.max() + 1)])


def _solved(matrix: np.ndarray, factors: np.ndarray) -> np.ndarray:
    """The rows' factors, the columns' being given."""
    gram = factors.T @ factors + ALS_PENALTY * np.eye(factors.shape[1])
    of_cells = np.einsum("kf,kg->kfg", factors, factors).reshape(len(factors), -1)
    weighted = (ALS_CONFIDENCE * matrix @ of_cells).reshape(-1, *gram.shape)
    right = (1 + ALS_CONFIDENCE) * matrix @ factors
    return np.linalg.solve(gram + weighted, right[:, :, None])[:, :, 0]
