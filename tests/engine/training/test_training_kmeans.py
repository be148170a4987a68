import numpy as np
import pytest
from rich_rows import standardised

from goldloop.errors import TrainingDataError
from goldloop.training import kmeans_lloyd


@pytest.fixture
def lloyd(monkeypatch):
    """The scikit-learn models that training fits, one an iteration."""
    made = []

    class Remembered(kmeans_lloyd.KMeans):
        def fit(self, *arguments, **named):
            made.append(self)
            return super().fit(*arguments, **named)

    monkeypatch.setattr(kmeans_lloyd, "KMeans", Remembered)
    return made


def unit(rows):
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)


CASES = {
    "standardised": {},
    "as they are": {"standardize_features": False},
    "cosine": {"distance_type": "cosine"},
    "k-means++": {"kmeans_init_method": "kmeans++"},
}


@pytest.mark.parametrize("options", CASES.values(), ids=CASES)
def test_distances_are_those_to_the_fitted_centroids(
    trained, scores, lloyd, training_rows, scored_rows, options
):
    trained("kmeans", num_clusters=6, **options)
    scale = options.get("standardize_features", True)
    x = standardised(training_rows, scored_rows, scale=scale)
    centres = lloyd[-1].cluster_centers_
    if "distance_type" in options:
        cosine = unit(x) @ unit(centres).T
        expected = np.sqrt(np.maximum(0, 1 - cosine))
    else:
        expected = np.linalg.norm(x[:, None] - centres, axis=2)
    nearest, ids, distances = scores(
        "CENTROID_ID, list_transform(NEAREST_CENTROIDS_DISTANCE, lambda n: n.CENTROID_ID), "
        "list_transform(NEAREST_CENTROIDS_DISTANCE, lambda n: n.DISTANCE)"
    )
    order = np.argsort(expected, axis=1, kind="stable")[:, :5]
    assert ids == (order + 1).tolist()
    assert nearest == (order[:, 0] + 1).tolist()
    np.testing.assert_allclose(distances, np.take_along_axis(expected, order, 1), rtol=1e-9)


@pytest.mark.parametrize("distance_type", ["euclidean", "cosine"])
def test_each_centroid_is_the_mean_of_the_rows_nearest_to_it(
    trained, warehouse, training_rows, distance_type
):
    trained(
        "kmeans", num_clusters=3, distance_type=distance_type, max_iterations=300, early_stop=False
    )
    x = standardised(training_rows, training_rows)
    x = unit(x) if distance_type == "cosine" else x
    rows = warehouse.rows("select m(t).CENTROID_ID from training as t order by id")
    labels = np.ravel(rows)
    found = warehouse.rows(
        "select flatten(list(if(standardized_value is null, list_transform(categorical_value, "
        "lambda c: c.value), [standardized_value]) order by rowid)) from "
        f"{warehouse.part('m', 'centroids')} "
        "group by centroid_id order by centroid_id"
    )
    for i, (centre,) in enumerate(found, start=1):
        mean = x[labels == i].mean(axis=0)
        mean = unit(mean[None])[0] if distance_type == "cosine" else mean
        np.testing.assert_allclose(centre, mean, atol=1e-9)


def test_losses_fall_and_are_recorded_by_iteration(trained, warehouse):
    trained("kmeans", num_clusters=4, early_stop=False)
    losses = [value for _, value, _ in warehouse.details("m", "training_info")]
    assert losses == sorted(losses, reverse=True)
    assert len(losses) > 2


def test_custom_centroids_start_from_the_marked_rows_and_keep_their_order(warehouse):
    query = """
        select x, x in (10, 0) as is_start
        from (values (0), (1), (10), (11), (0.5), (10.5)) as v(x)
    """
    warehouse.build(
        "m",
        query,
        model_type="kmeans",
        num_clusters=2,
        kmeans_init_method="custom",
        kmeans_init_col="is_start",
        standardize_features=False,
    )
    assert [feature.name for feature in warehouse.card("m").features] == ["x"]
    found = dict(warehouse.rows("select x, m(s).CENTROID_ID from (values (0), (11)) as s(x)"))
    assert found[0] != found[11]


def test_custom_centroids_of_another_number_are_refused(warehouse):
    query = "select i as x, i = 3 as is_start from range(30) as r(i)"
    with pytest.raises(TrainingDataError, match="kmeans_init_col 'is_start' is TRUE in 1 rows"):
        warehouse.build(
            "m",
            query,
            model_type="kmeans",
            num_clusters=2,
            kmeans_init_method="custom",
            kmeans_init_col="is_start",
        )


def test_the_default_number_of_clusters_grows_with_the_rows(warehouse):
    for rows, clusters in [(20, 2), (1_000, 3), (20_000, 4)]:
        query = f"select hash(i) % 1000 as x from range({rows}) as r(i)"
        warehouse.build("m", query, model_type="kmeans", max_iterations=2)
        found = warehouse.rows(f"select max(centroid_id) from {warehouse.part('m', 'centroids')}")
        assert found == [(clusters,)]


def test_fewer_different_rows_than_clusters_are_refused(warehouse):
    with pytest.raises(TrainingDataError, match="2 different rows cannot make 3 clusters"):
        warehouse.build(
            "m",
            "select i % 2 as x from range(30) as r(i)",
            model_type="kmeans",
            num_clusters=3,
        )


def test_a_row_without_direction_is_at_distance_one_of_every_centroid(warehouse):
    query = "select i % 5 + 1.0 as x, i % 3 - 2.5 as z from range(60) as r(i)"
    warehouse.build(
        "m",
        query,
        model_type="kmeans",
        num_clusters=2,
        distance_type="cosine",
        standardize_features=False,
    )
    found = warehouse.rows(
        "select list_transform(m(s).NEAREST_CENTROIDS_DISTANCE, lambda n: n.DISTANCE) "
        "from (select 0.0 as x, 0.0 as z) as s"
    )
    assert found == [([1.0, 1.0],)]
