"""Made rows as they landed, beside the real rows they were made of: is one of them a copy?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Set

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from electronics.synthesis.feeds import RepairFeed

Array = NDArray[np.float64]


def closest_similarities(made: Array, known: Array) -> Array:
    """Of each made embedding the cosine similarity to the most similar one learned from."""
    return (_unit(made) @ _unit(known).T).max(axis=1, initial=-1.0)


def equal_repairs(made: pd.DataFrame, known: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each made repair has the values, decoded, of one learned from."""
    feed = RepairFeed(known)
    return are_copies(feed.keys(made), set(feed.keys(known)))


def are_copies(keys: Iterable[Hashable], known: Set[Hashable]) -> NDArray[np.bool_]:
    """Whether each made row, by its feed's keys, is one learned from."""
    return np.array([key in known for key in keys], dtype=bool)


def _unit(rows: Array) -> Array:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
