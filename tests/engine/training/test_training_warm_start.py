"""WARM_START of k-means: the model that serves goes on."""

import json

import pytest

from goldloop.errors import OptionError, TrainingDataError

ROWS = "select i % 97 as x, ['a', 'b'][i % 2 + 1] as word from range({}) as r(i)"


def kmeans(warehouse, rows=200, query=ROWS, **options):
    return warehouse.build("m", query.format(rows), model_type="kmeans", **options)


def infos(warehouse):
    details = sorted(warehouse.details("m", "training_info"))
    return [json.loads(text) for _, _, text in details]


def test_the_iterations_and_options_of_the_model_go_on(warehouse):
    kmeans(warehouse, num_clusters=4, max_iterations=2, early_stop=False, distance_type="cosine")
    first = infos(warehouse)
    kmeans(warehouse, rows=400, warm_start=True, max_iterations=3)
    card = warehouse.card("m")
    assert card.options["num_clusters"] == 4
    assert card.options["distance_type"] == "cosine"
    again = infos(warehouse)
    assert [(row["training_run"], row["iteration"]) for row in again] == [
        (0, 0), (0, 1), (1, 0), (1, 1), (1, 2),
    ]  # fmt: skip
    assert again[:2] == first


def test_a_continued_model_starts_where_the_old_one_ended(warehouse):
    options = {"num_clusters": 3, "early_stop": False}
    kmeans(warehouse, max_iterations=100, **options)
    ended = infos(warehouse)[-1]["loss"]
    kmeans(warehouse, max_iterations=1, warm_start=True, retrain="always")
    assert infos(warehouse)[-1]["loss"] == pytest.approx(ended, rel=1e-12)


def test_every_iteration_tells_radius_and_size_of_the_clusters(warehouse):
    kmeans(warehouse, num_clusters=3)
    for info in infos(warehouse):
        clusters = info["cluster_info"]
        assert [each["centroid_id"] for each in clusters] == [1, 2, 3]
        assert sum(each["cluster_size"] for each in clusters) == 200
        squares = sum(each["cluster_size"] * each["cluster_radius"] ** 2 for each in clusters)
        assert squares / 200 == pytest.approx(info["loss"], rel=1e-9)


def test_a_model_of_another_type_is_not_continued(warehouse):
    warehouse.build("m", ROWS.format(50), model_type="pca", num_principal_components=1)
    with pytest.raises(OptionError, match="a model of its own type"):
        kmeans(warehouse, warm_start=True)


def test_another_number_of_clusters_is_refused(warehouse):
    kmeans(warehouse, num_clusters=3)
    with pytest.raises(OptionError, match="num_clusters is 4, but warm_start continues 3"):
        kmeans(warehouse, rows=300, num_clusters=4, warm_start=True)


def test_other_features_are_refused_by_name(warehouse):
    kmeans(warehouse, num_clusters=2)
    query = "select i % 97 as x, i % 2 as word from range({}) as r(i)"
    with pytest.raises(TrainingDataError, match="'word' is BIGINT now, VARCHAR then"):
        kmeans(warehouse, query=query, warm_start=True)


def test_categories_that_come_and_go_are_matched_by_name(warehouse):
    kmeans(warehouse, num_clusters=2)
    query = "select i % 97 as x, ['b', 'c', null][i % 3 + 1] as word from range({}) as r(i)"
    kmeans(warehouse, query=query, warm_start=True, max_iterations=1)
    levels = warehouse.rows(
        "select distinct list_transform(categorical_value, lambda c: c.category) from "
        f"{warehouse.part('m', 'centroids')} where feature = 'word'"
    )
    assert levels == [(["b", "c", "_null_filler"],)]
