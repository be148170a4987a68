"""Lloyd's iterations of k-means, by scikit-learn: where they start, and when they stop."""

from __future__ import annotations

import math
import time
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import pairwise_distances_argmin_min

from goldloop.errors import TrainingDataError
from goldloop.scoring.expressions import feature
from goldloop.training.family import Sample
from goldloop.training.matrix import Floats, select

_SEED = 0


@dataclass(frozen=True)
class Clusters:
    """Centroids after an iteration; of each, the root mean square distance and number of members.

    `loss` is the mean squared distance of the rows to the nearest centroid.
    """

    centres: Floats
    radii: Floats
    sizes: Floats
    loss: float
    duration_ms: int


def iterate(sample: Sample, matrix: Floats, champion: Floats | None) -> list[Clusters]:
    """Return the iterations from `champion`'s centroids on, or from where the options say.

    With COSINE the rows are of length 1, and so are the centroids made.

    Raises:
        TrainingDataError: fewer different rows than clusters, or other rows marked than clusters.
    """
    options = sample.options
    is_cosine = options["distance_type"] == "cosine"
    clusters = _clusters(sample, matrix) if champion is None else len(champion)
    start: Any = champion
    if champion is None:
        start = _start(sample, matrix, clusters)
    done: list[Clusters] = []
    for number in range(options["max_iterations"]):
        started = time.monotonic()
        model = KMeans(clusters, init=start, n_init=1, max_iter=1, tol=0.0, random_state=_SEED)
        with warnings.catch_warnings():
            # One iteration a call never converges; the loop decides when it has.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(matrix)
        # Of length 1, the nearest centroid by distance is the nearest by angle.
        start = of_length_one(model.cluster_centers_) if is_cosine else model.cluster_centers_
        done.append(_measured(matrix, start, is_cosine, started))
        sample.progress(f"iteration {number}: mean squared distance {done[-1].loss:.6g}")
        if len(done) > 1:
            before, now = done[-2].loss, done[-1].loss
            progress = (before - now) / before if before else 0.0
            if progress == 0 or (options["early_stop"] and progress < options["min_rel_progress"]):
                break
    return done


def of_length_one(rows: Floats) -> Floats:
    """Return the rows scaled to length 1; a row of length 0 stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)


def _clusters(sample: Sample, matrix: Floats) -> int:
    asked = sample.options["num_clusters"]
    rows = len(matrix)
    clusters = asked or max(2, min(100, round(math.log10(rows))))
    distinct = len(np.unique(matrix, axis=0)) if rows <= 10_000 else rows
    if distinct < clusters:
        raise TrainingDataError(
            f"Model {sample.options.model}: {distinct} different rows cannot make {clusters} "
            "clusters; lower num_clusters or train on more rows."
        )
    return clusters


def _start(sample: Sample, matrix: Floats, clusters: int) -> Any:
    method = sample.options["kmeans_init_method"]
    named = {"kmeans++": "k-means++", "random": "random"}.get(method)
    return named or _custom_start(sample, matrix, clusters)


def _custom_start(sample: Sample, matrix: Floats, clusters: int) -> Floats:
    name = sample.options["kmeans_init_col"]
    marks = select(sample.con, sample.data, [feature(name)]).column(0).to_pylist()
    chosen = np.array([mark is True for mark in marks])
    if chosen.sum() != clusters:
        raise TrainingDataError(
            f"Model {sample.options.model}: kmeans_init_col '{name}' is TRUE in {chosen.sum()} "
            f"rows; expected {clusters}, one a cluster."
        )
    return matrix[chosen]


def _measured(matrix: Floats, centres: Floats, is_cosine: bool, started: float) -> Clusters:
    labels, distances = pairwise_distances_argmin_min(matrix, centres)
    squares = distances**2
    if is_cosine:
        # |x - c|² = |x|² + |c|² - 2 x·c, and the distance squared is 1 - x·c.
        lengths = (matrix**2).sum(axis=1) + (centres**2).sum(axis=1)[labels]
        squares = np.maximum(0.0, 1 - (lengths - squares) / 2)
    sizes = np.bincount(labels, minlength=len(centres)).astype(np.float64)
    sums = np.bincount(labels, weights=squares, minlength=len(centres))
    radii = np.sqrt(sums / np.maximum(1, sizes))
    took = round((time.monotonic() - started) * 1000)
    return Clusters(centres, radii, sizes, float(squares.mean()), took)
