"""How good ten recommendations are: recall, average precision, NDCG, coverage, with intervals."""

from __future__ import annotations

import numpy as np

PLACES = 10
DISCOUNTS = 1 / np.log2(np.arange(PLACES) + 2)


def top_places(scores: np.ndarray, owned: np.ndarray) -> np.ndarray:
    """Each customer's ten products of the highest scores, none of them owned."""
    return np.argsort(-np.where(owned > 0, -np.inf, scores), axis=1, kind="stable")[:, :PLACES]


def per_customer(top: np.ndarray, bought: np.ndarray) -> dict[str, np.ndarray]:
    """Measures of each customer, who must have bought at least one product (rows of 0 and 1)."""
    hits = np.take_along_axis(bought, top, axis=1)
    possible = np.minimum(bought.sum(axis=1), PLACES)
    precision = np.cumsum(hits, axis=1) / np.arange(1, PLACES + 1)
    best = np.cumsum(DISCOUNTS)[possible.astype(int) - 1]
    return {
        "recall": hits.sum(axis=1) / possible,
        "average_precision": (precision * hits).sum(axis=1) / possible,
        "ndcg": hits @ DISCOUNTS / best,
    }


def coverage(top: np.ndarray, n_products: int) -> float:
    """The share of products that anyone is recommended."""
    return len(np.unique(top)) / n_products


def interval(values: np.ndarray, customers: np.ndarray, draws: int = 500) -> tuple[float, float]:
    """A 95 % bootstrap interval of the mean; a customer is drawn with all of their rows."""
    _, code = np.unique(customers, return_inverse=True)
    sums, counts = np.bincount(code, values), np.bincount(code)
    weights = np.random.default_rng(0).poisson(1.0, (draws, len(sums)))
    means = (weights @ sums) / np.maximum(weights @ counts, 1)
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))
