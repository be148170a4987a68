"""KMEANS: Lloyd's algorithm on standardised features, by scikit-learn."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.scoring.expressions import balanced_sum, call, double, feature
from goldloop.scoring.prediction import Clustering
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.training.matrix import Floats, select
from goldloop.training.terms import Term, design_matrix, level_name, terms

_SEED = 0


def fit(sample: Sample) -> Fitted:
    """Find num_clusters centroids among the rows, encoded as for GLMs.

    COSINE clusters the rows scaled to length 1, centroids too, and measures
    sqrt(1 - cos), as BigQuery ML defines it; a row of length 0 is at distance 1 of
    every centroid.
    """
    options = sample.options
    found = terms(sample.columns(), standardize=options["standardize_features"])
    matrix = design_matrix(found)
    is_cosine = options["distance_type"] == "cosine"
    if is_cosine:
        matrix = _of_length_one(matrix)
    clusters = _clusters(sample, matrix)
    centres, losses = _lloyd(sample, matrix, clusters)
    measure = _cosine if is_cosine else _euclidean
    return Fitted(
        Clustering(tuple(measure(found, centre) for centre in centres)),
        "clustering",
        details=(
            *_centroid_details(found, centres),
            *(
                Detail("training_info", str(i), loss, {"iteration": i, "loss": loss})
                for i, loss in enumerate(losses)
            ),
        ),
        separations=_separations(centres, is_cosine),
    )


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


def _lloyd(sample: Sample, matrix: Floats, clusters: int) -> tuple[Floats, list[float]]:
    options = sample.options
    start: Any = options["kmeans_init_method"]
    start = {"kmeans++": "k-means++", "random": "random"}.get(start)
    if start is None:
        start = _custom_start(sample, matrix, clusters)
    losses: list[float] = []
    for _ in range(options["max_iterations"]):
        model = KMeans(clusters, init=start, n_init=1, max_iter=1, tol=0.0, random_state=_SEED)
        with warnings.catch_warnings():
            # One iteration a call never converges; the loop decides when it has.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(matrix)
        start = model.cluster_centers_
        if options["distance_type"] == "cosine":
            # Of length 1, the nearest centroid by distance is the nearest by angle.
            start = _of_length_one(start)
        losses.append(float(model.inertia_) / len(matrix))
        if len(losses) > 1:
            progress = (losses[-2] - losses[-1]) / losses[-2] if losses[-2] else 0.0
            if progress == 0 or (options["early_stop"] and progress < options["min_rel_progress"]):
                break
    return start, losses


def _of_length_one(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)


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


def _pieces(found: Sequence[Term], centre: Floats) -> list[tuple[Term, Floats]]:
    edges = np.cumsum([0, *(term.width for term in found)])
    return [
        (term, centre[low:high])
        for term, low, high in zip(found, edges[:-1], edges[1:], strict=True)
    ]


def _euclidean(found: Sequence[Term], centre: Floats) -> exp.Expression:
    squares = [term.squared_distance(part) for term, part in _pieces(found, centre)]
    return call("sqrt", balanced_sum(squares))


def _cosine(found: Sequence[Term], centre: Floats) -> exp.Expression:
    length = float(np.linalg.norm(centre)) or 1.0
    pieces = _pieces(found, centre / length)
    product = balanced_sum([term.weighted(part) for term, part in pieces])
    norm = call("sqrt", balanced_sum([term.squared_norm() for term in found]))
    # Rounding can leave a cosine just above 1: no root of a negative number.
    cosine = exp.Div(this=exp.paren(product), expression=call("nullif", norm, double(0.0)))
    gap = call("abs", exp.Sub(this=double(1.0), expression=exp.paren(cosine)))
    return call("coalesce", call("sqrt", gap), double(1.0))


def _separations(centres: Floats, is_cosine: bool) -> tuple[tuple[int, int, float], ...]:
    def distance(one: Floats, other: Floats) -> float:
        if not is_cosine:
            return float(np.linalg.norm(one - other))
        lengths = float(np.linalg.norm(one) * np.linalg.norm(other)) or 1.0
        return math.sqrt(max(0.0, 1 - float(one @ other) / lengths))

    return tuple(
        (i + 1, j + 1, distance(centres[i], centres[j]))
        for i, j in permutations(range(len(centres)), 2)
    )


def _centroid_details(found: Sequence[Term], centres: Floats) -> list[Detail]:
    rows = []
    for number, centre in enumerate(centres, start=1):
        for term, part in _pieces(found, centre):
            for level, value in zip(term.levels or (None,), part, strict=True):
                known: dict[str, Any] = {"centroid_id": number, "feature": term.name}
                if term.levels is not None:
                    known["category"] = level_name(level)
                rows.append(Detail("centroids", f"{number}.{term.name}", float(value), known))
    return rows
