"""How like real rows the made ones are: what they teach, whether they are told apart, distances."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from threadpoolctl import threadpool_limits

from electronics.synthesis.feeds import Feed

Array = NDArray[np.float64]
REAL = "real rows"
"""Real rows that were not learned from, measured as if they were made: the best there is."""
COMPARED = 200
"""So many rows of each kind are told apart, to keep the study short."""


@threadpool_limits.wrap(limits=1)
def fidelity(feed: Feed[Any], n_seeds: int) -> pd.DataFrame:
    """Measure what each generator of a feed makes of two thirds against the other third.

    Returns:
        A row a generator, and one for real rows: feed, generator, is_neural, n_seeds, task, then
        means over seeds of trained_on_real and trained_on_synthetic (the task's score on the
        third), score_share (the latter of the former), detection_auc (trees telling made rows from
        the third's: 0.5 is perfect), marginal_distance (Kolmogorov-Smirnov's of numbers, total
        variation of categories; mean over columns), worst_marginal_distance and
        correlation_distance (mean absolute difference of correlations).
    """
    measured = []
    for seed in range(n_seeds):
        train, test = feed.split(seed)
        on_real = feed.score(train, test)
        for generator in (*feed.generators, REAL):
            made = train if generator == REAL else feed.make(train, generator, seed)
            _, made_numbers, test_numbers = feed.numbers(train, made, test)
            distances = marginal_distances(feed.table(test), feed.table(made))
            measured.append(
                {
                    "generator": generator,
                    "trained_on_real": on_real,
                    "trained_on_synthetic": on_real
                    if generator == REAL
                    else feed.score(made, test),
                    "detection_auc": detection_auc(test_numbers, made_numbers, seed),
                    "marginal_distance": distances.mean(),
                    "worst_marginal_distance": distances.max(),
                    "correlation_distance": correlation_distance(test_numbers, made_numbers),
                }
            )
    means = pd.DataFrame(measured).groupby("generator", sort=False).mean().reset_index()
    means.insert(0, "feed", feed.name)
    means.insert(2, "is_neural", means["generator"] == feed.neural)
    means.insert(3, "n_seeds", n_seeds)
    means.insert(4, "task", feed.task)
    share = means["trained_on_synthetic"] / means["trained_on_real"]
    means.insert(7, "score_share", share)
    return means.round(4)


def detection_auc(real: Array, made: Array, seed: int) -> float:
    """AUC of trees that tell made rows from real ones, each judged by trees that did not see it."""
    rng = np.random.default_rng(seed)
    n = min(len(real), len(made), COMPARED)
    rows = np.vstack([each[rng.permutation(len(each))[:n]] for each in (real, made)])
    is_made = np.repeat([0, 1], n)
    trees = ExtraTreesClassifier(40, min_samples_leaf=2, random_state=0)
    folds = StratifiedKFold(3, shuffle=True, random_state=seed)
    told = cross_val_predict(trees, rows, is_made, cv=folds, method="predict_proba")[:, 1]
    return float(roc_auc_score(is_made, told))


def marginal_distances(real: pd.DataFrame, made: pd.DataFrame) -> pd.Series:
    """By column, from 0 (the same distribution) to 1; an unknown value counts as a category."""
    return pd.Series({name: _distance(real[name], made[name]) for name in real.columns})


def correlation_distance(real: Array, made: Array) -> float:
    """Mean absolute difference of the correlations of two columns; constant ones have none."""
    both = [np.nan_to_num(_correlation(each)) for each in (real, made)]
    above = np.triu_indices(real.shape[1], 1)
    return float(np.abs(both[0] - both[1])[above].mean())


def _correlation(rows: Array) -> Array:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.corrcoef(rows, rowvar=False))


def _distance(real: pd.Series, made: pd.Series) -> float:
    if pd.api.types.is_numeric_dtype(real) and not pd.api.types.is_bool_dtype(real):
        known = [each.dropna().to_numpy(np.float64) for each in (real, made)]
        nulls = abs(real.isna().mean() - made.isna().mean())
        return max(_kolmogorov_smirnov(*known), float(nulls)) if len(known[1]) else 1.0
    shares = [each.value_counts(normalize=True) for each in (real, made)]
    return float(shares[0].sub(shares[1], fill_value=0).abs().sum() / 2)


def _kolmogorov_smirnov(one: Array, other: Array) -> float:
    """The largest difference of two samples' distribution functions."""
    at = np.concatenate([one, other])
    shares = [np.searchsorted(np.sort(each), at, side="right") / len(each) for each in (one, other)]
    return float(np.abs(shares[0] - shares[1]).max())
