"""K-means."""

from __future__ import annotations

from typing import Any

from sklearn.cluster import BisectingKMeans, KMeans, MiniBatchKMeans
from sqlglot import exp

from goldloop.scoring.expressions import balanced_sum, multiply
from goldloop.scoring.prediction import Clustering
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import predicts, refuse_oversized, transforms


@predicts(KMeans, MiniBatchKMeans)
def k_means(clustering: Any, frame: Frame) -> Clustering:
    """The Euclidean distance to each of cluster_centers_ (sklearn.cluster.KMeans.transform)."""
    return Clustering(tuple(_distances(clustering, frame)))


@transforms(KMeans, MiniBatchKMeans, BisectingKMeans, refuses_missing=True)
def distances_to_centres(clustering: Any, frame: Frame) -> Frame:
    """The distance to each centre, as new columns (sklearn.cluster.KMeans.transform)."""
    return Frame.of_scalars(_distances(clustering, frame))


def _distances(clustering: Any, frame: Frame) -> list[exp.Expression]:
    numbers = frame.numbers
    refuse_oversized(clustering, 2 * numbers.terms.sum() * len(clustering.cluster_centers_))
    distances: list[exp.Expression] = []
    for centre in clustering.cluster_centers_:
        gaps = numbers.shifted(centre).expressions()
        squares = [multiply(gap, gap.copy()) for gap in map(_grouped, gaps)]
        distances.append(exp.Sqrt(this=balanced_sum(squares)))
    return distances


def _grouped(expression: exp.Expression) -> exp.Expression:
    return exp.Paren(this=expression) if isinstance(expression, exp.Binary) else expression
