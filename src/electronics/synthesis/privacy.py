"""How much made rows give away of those that were learned from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from electronics.synthesis.closeness import are_copies
from electronics.synthesis.feeds import Feed
from electronics.synthesis.fidelity import REAL

Array = NDArray[np.float64]
CLOSE = 5
"""A made row is too close where fewer real rows than this percentage of a holdout are as close."""


@threadpool_limits.wrap(limits=1)
def privacy(feed: Feed[Any], n_seeds: int) -> pd.DataFrame:
    """Measure how close made rows come to those learned from, against a third held out.

    Returns:
        A row a generator, and one for the held-out rows themselves: feed, generator, is_neural,
        n_seeds, and means over seeds of median_distance and holdout_median_distance (to the closest
        row learned from), close_share (of rows closer than the 5th percentile of the holdout's;
        0.05 is what unseen rows have) and copied_share (of rows that equal one learned from).
    """
    measured = []
    for seed in range(n_seeds):
        train, test = feed.split(seed)
        known = set(feed.keys(train))
        for generator in (*feed.generators, REAL):
            made = test if generator == REAL else feed.make(train, generator, seed)
            numbers = feed.numbers(train, made, test)
            closest, of_holdout = closest_distances(*numbers)
            measured.append(
                {
                    "generator": generator,
                    "median_distance": np.median(closest),
                    "holdout_median_distance": np.median(of_holdout),
                    "close_share": (closest < np.percentile(of_holdout, CLOSE)).mean(),
                    "copied_share": are_copies(feed.keys(made), known).mean(),
                }
            )
    means = pd.DataFrame(measured).groupby("generator", sort=False).mean().reset_index()
    means.insert(0, "feed", feed.name)
    means.insert(2, "is_neural", means["generator"] == feed.neural)
    means.insert(3, "n_seeds", n_seeds)
    return means.round(4)


def closest_distances(train: Array, *others: Array) -> list[Array]:
    """Of each row of the others, the distance to the closest row learned from."""
    index = NearestNeighbors(n_neighbors=1).fit(train)
    return [index.kneighbors(each)[0][:, 0] for each in others]
