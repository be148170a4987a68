"""KMEANS: Lloyd's algorithm on standardised features; distances to the centroids as SQL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

import numpy as np
from sqlglot import exp

from goldloop.scoring.expressions import balanced_sum, call, double, infinity, let
from goldloop.scoring.function import struct
from goldloop.scoring.prediction import Clustering
from goldloop.training.anomalies import training_scores
from goldloop.training.encoded_rows import pieces
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted
from goldloop.training.kmeans_centroids import centroid_rows, champion_centres
from goldloop.training.kmeans_lloyd import Clusters, iterate, of_length_one
from goldloop.training.matrix import Floats
from goldloop.training.terms import Term, design_matrix, terms
from goldloop.training.training_info import Iteration, training_info
from goldloop.training.warm_start import previous


def fit(sample: Sample) -> Fitted:
    """Find num_clusters centroids among the rows, encoded as for GLMs.

    COSINE clusters the rows scaled to length 1, centroids too, and measures
    sqrt(1 - cos), as BigQuery ML defines it; a row of length 0 is at distance 1 of
    every centroid. WARM_START starts from the champion's centroids.
    """
    options = sample.options
    found = terms(sample.columns(), standardize=options["standardize_features"])
    matrix = design_matrix(found)
    earlier = previous(sample)
    champion = champion_centres(sample, found, earlier)
    is_cosine = options["distance_type"] == "cosine"
    if is_cosine:
        matrix = of_length_one(matrix)
        champion = None if champion is None else of_length_one(champion)
    iterations = iterate(sample, matrix, champion)
    last = iterations[-1]
    measure = _cosine if is_cosine else _euclidean
    distances = [measure(found, centre) for centre in last.centres]
    anomaly = _anomaly(distances, last.radii)
    score = call("struct_extract", anomaly, exp.Literal.string("normalized_distance"))
    return Fitted(
        Clustering(tuple(distances)),
        "clustering",
        details=training_info([_told(each) for each in iterations], earlier),
        separations=_separations(last.centres, is_cosine),
        functions={"anomaly": anomaly.copy()},
        tables={
            "centroids": centroid_rows(found, last.centres),
            **training_scores(sample, score),
        },
    )


def _told(clusters: Clusters) -> Iteration:
    info = [
        {"centroid_id": number, "cluster_radius": float(radius), "cluster_size": int(size)}
        for number, (radius, size) in enumerate(
            zip(clusters.radii, clusters.sizes, strict=True), start=1
        )
    ]
    more = {"cluster_info": info}
    return Iteration(clusters.loss, duration_ms=clusters.duration_ms, more=more)


def _anomaly(distances: Sequence[exp.Expression], radii: Floats) -> exp.Expression:
    """Return the SQL of the least distance in radii of a cluster, and of that cluster's id.

    Ties go to the smaller id. Off a centroid whose members all lie on it, a row is infinitely far.
    """
    # Sorting structs compares their first fields first.
    pairs = exp.array(
        *(
            struct(
                {
                    "normalized_distance": _in_radii(distance, float(radius)),
                    "centroid_id": exp.cast(exp.Literal.number(number), "BIGINT"),
                }
            )
            for number, (distance, radius) in enumerate(zip(distances, radii, strict=True), start=1)
        )
    )
    return call("list_extract", call("list_sort", pairs), exp.Literal.number(1))


def _in_radii(distance: exp.Expression, radius: float) -> exp.Expression:
    if radius > 0:
        return exp.Div(this=distance.copy(), expression=double(radius))
    d = exp.column("d")
    on_it = exp.EQ(this=d, expression=double(0.0))
    return let("d", distance.copy(), exp.Case(default=infinity()).when(on_it, double(0.0)))


def _euclidean(found: Sequence[Term], centre: Floats) -> exp.Expression:
    squares = [term.squared_distance(part) for term, part in pieces(found, centre)]
    return call("sqrt", balanced_sum(squares))


def _cosine(found: Sequence[Term], centre: Floats) -> exp.Expression:
    length = float(np.linalg.norm(centre)) or 1.0
    parts = pieces(found, centre / length)
    product = balanced_sum([term.weighted(part) for term, part in parts])
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
