"""Alternating least squares: factors and intercepts of users and items, in NumPy.

Explicit ratings: Σ (r - m - b_u - b_i - p·q)² over the ratings, m their mean (Zhou et al.,
Netflix Prize, 2008, with intercepts). Implicit ones: Σ c (x - b_u - b_i - p·q)² over all pairs, x
being 1 where there is a rating and c = 1 + alpha r (Hu, Koren and Volinsky, Collaborative
Filtering for Implicit Feedback Datasets, 2008). Both add l2 times the squares of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldloop.training.matrix import Floats

Codes = NDArray[np.int64]
# Numbers of the products of factors that are held at once.
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Ratings:
    """Ratings by the codes of user and item; `weights` of them beyond the 1 of all pairs."""

    users: Codes
    items: Codes
    targets: Floats
    weights: Floats
    is_implicit: bool

    def turned(self) -> Ratings:
        """Return the ratings with users and items in each other's place."""
        return Ratings(self.items, self.users, self.targets, self.weights, self.is_implicit)


@dataclass(frozen=True)
class Side:
    """Factors (a row a user or item) and intercepts."""

    factors: Floats
    intercepts: Floats

    @property
    def augmented(self) -> Floats:
        """Return the factors with a last column of ones, whose weight is the other's intercept."""
        return np.hstack([self.factors, np.ones((len(self.factors), 1))])

    def squares(self) -> float:
        """Return the sum of all squares, which l2 penalises."""
        return float((self.factors**2).sum() + (self.intercepts**2).sum())


def solved(ratings: Ratings, others: Side, count: int, l2: float) -> Side:
    """Return the `count` users' factors and intercepts that are best for those of the items."""
    order = np.argsort(ratings.users, kind="stable")
    users, items = ratings.users[order], ratings.items[order]
    design = others.augmented
    width = design.shape[1]
    matrix, right = l2 * np.eye(width), np.zeros(width)
    targets = ratings.targets[order] - others.intercepts[items]
    weights = ratings.weights[order]
    if ratings.is_implicit:
        # Pairs without a rating: target -b_i of weight 1; those with one then differ from it.
        matrix = matrix + design.T @ design
        right = -design.T @ others.intercepts
        products = (1 + weights) * targets + others.intercepts[items]
    else:
        products = weights * targets
    solution = np.zeros((count, width))
    for low, high, starts in _chunks(users, max(1, _AT_ONCE // width**2)):
        rows = design[items[low:high]]
        outer = (weights[low:high, None] * rows)[:, :, None] * rows[:, None, :]
        left = np.add.reduceat(outer, starts, axis=0) + matrix
        sums = np.add.reduceat(products[low:high, None] * rows, starts, axis=0) + right
        found = np.linalg.lstsq if l2 == 0 else None
        solution[users[low:high][starts]] = (
            np.linalg.solve(left, sums[:, :, None])[:, :, 0]
            if found is None
            else np.array([found(a, b, rcond=None)[0] for a, b in zip(left, sums, strict=True)])
        )
    return Side(solution[:, :-1], solution[:, -1])


def loss(ratings: Ratings, users: Side, items: Side, l2: float) -> float:
    """Return what is minimised, over the number of ratings."""
    scores = users.intercepts[ratings.users] + items.intercepts[ratings.items]
    scores = scores + np.einsum(
        "ij,ij->i", users.factors[ratings.users], items.factors[ratings.items]
    )
    gaps = ratings.targets - scores
    total = float(ratings.weights @ gaps**2) + l2 * (users.squares() + items.squares())
    if ratings.is_implicit:
        # Over all pairs as if none had a rating, then corrected for those that have one.
        total += _all_squares(users, items) + float((gaps**2 - scores**2).sum())
    return total / len(ratings.targets)


def _all_squares(users: Side, items: Side) -> float:
    """Return Σ (b_u + b_i + p·q)² over all pairs: a product of Gram matrices."""
    left = np.hstack([users.augmented, users.intercepts[:, None]])
    right = np.hstack([items.factors, items.intercepts[:, None], np.ones((len(items.factors), 1))])
    return float(((left.T @ left) * (right.T @ right)).sum())


def _chunks(users: Codes, most: int) -> Iterator[tuple[int, int, Codes]]:
    """Yield (low, high, starts of each user within) of parts that split no user."""
    starts = np.flatnonzero(np.r_[True, users[1:] != users[:-1]])
    ends = np.r_[starts[1:], len(users)]
    first = 0
    while first < len(starts):
        last = int(np.searchsorted(ends, starts[first] + most, side="right"))
        last = max(last, first + 1)
        low, high = int(starts[first]), int(ends[last - 1])
        yield low, high, starts[first:last] - low
        first = last
