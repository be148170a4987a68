"""Clustering metrics against the formula, and against scikit-learn where the two agree."""

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import davies_bouldin_score

CENTROIDS = np.array([[0.0, 0.0], [4.0, 1.0], [1.0, 6.0], [20.0, 20.0]])
NEAREST = pa.list_(pa.struct([("CENTROID_ID", pa.int64()), ("DISTANCE", pa.float64())]))


def scored_of(points, centroids):
    distances = np.linalg.norm(points[:, None] - centroids[None], axis=2)
    order = np.argsort(distances, axis=1)
    nearest = [
        [{"CENTROID_ID": int(j) + 1, "DISTANCE": float(row[j])} for j in ranks]
        for row, ranks in zip(distances, order, strict=True)
    ]
    return pa.table(
        {
            "CENTROID_ID": pa.array([int(ranks[0]) + 1 for ranks in order], pa.int64()),
            "NEAREST_CENTROIDS_DISTANCE": pa.array(nearest, NEAREST),
        }
    )


def separations_of(centroids, is_each_way):
    pairs = [
        (i + 1, j + 1, float(np.linalg.norm(centroids[i] - centroids[j])))
        for i in range(len(centroids))
        for j in range(len(centroids))
        if (i != j if is_each_way else i < j)
    ]
    ids, others, distances = zip(*pairs, strict=True) if pairs else ((), (), ())
    return pa.table(
        {
            "centroid_id": pa.array(ids, pa.int64()),
            "other_id": pa.array(others, pa.int64()),
            "distance": pa.array(distances, pa.float64()),
        }
    )


def formula(points, centroids):
    """Davies-Bouldin with root-mean-square radii about the model's own centroids."""
    distances = np.linalg.norm(points[:, None] - centroids[None], axis=2)
    own = distances.argmin(axis=1)
    used = sorted(set(own))
    radius = {i: np.sqrt((distances[own == i, i] ** 2).mean()) for i in used}
    worst = [
        max(
            (radius[i] + radius[j]) / np.linalg.norm(centroids[i] - centroids[j])
            for j in used
            if j != i
        )
        for i in used
    ]
    return {
        "davies_bouldin_index": np.mean(worst),
        "mean_squared_distance": (distances.min(axis=1) ** 2).mean(),
    }


@pytest.mark.parametrize("is_each_way", [True, False])
def test_metrics_equal_the_formula_with_pairs_given_once_or_each_way(evaluate, is_each_way):
    points = np.random.default_rng(3).normal(scale=3, size=(500, 2))
    found = evaluate(
        "clustering",
        scored=scored_of(points, CENTROIDS),
        separations=separations_of(CENTROIDS, is_each_way),
    )
    assert found == pytest.approx(formula(points, CENTROIDS), rel=1e-9)


def test_the_index_equals_scikit_learns_when_a_clusters_members_are_equally_far(evaluate):
    radii = np.array([0.5, 0.9, 0.3, 1.2])
    spokes = np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
    points = np.concatenate([c + r * spokes for c, r in zip(CENTROIDS, radii, strict=True)])
    found = evaluate(
        "clustering",
        scored=scored_of(points, CENTROIDS),
        separations=separations_of(CENTROIDS, True),
    )
    expected = davies_bouldin_score(points, np.repeat(np.arange(4), 4))
    assert found["davies_bouldin_index"] == pytest.approx(expected, rel=1e-9)


def test_coincident_centroids_count_as_zero_as_in_scikit_learn(evaluate):
    scored = pa.concat_tables(
        [scored_of(np.array([[1.0, 0.0], [-1.0, 0.0]]), CENTROIDS[:1])] * 2
    ).set_column(0, "centroid_id", pa.array([1, 1, 2, 2]))
    found = evaluate(
        "clustering", scored=scored, separations=separations_of(np.zeros((2, 2)), True)
    )
    assert found["davies_bouldin_index"] == 0.0


def test_one_cluster_has_a_distance_but_no_index(evaluate):
    points = np.array([[0.0, 2.0], [0.0, 4.0]])
    found = evaluate(
        "clustering",
        scored=scored_of(points, CENTROIDS[:1]),
        separations=separations_of(CENTROIDS[:1], True),
    )
    assert found == {"davies_bouldin_index": None, "mean_squared_distance": 10.0}
