"""PCA and k-means over the penguins: functions, and figures that others printed for BigQuery ML."""

import math

import pytest

from goldloop.errors import StatementError

MEASURES = "culmen_length_mm, culmen_depth_mm, flipper_length_mm, body_mass_g"
KNOWN = f"(select {MEASURES}, species from zoo.penguins where body_mass_g is not null)"


def train(zoo, name, options, columns=MEASURES):
    zoo.sql(
        f"create or replace model zoo.{name} options({options}) as "
        f"select {columns} from zoo.penguins where body_mass_g is not null"
    )


@pytest.fixture(scope="module")
def pca(zoo):
    train(zoo, "pca", "model_type='pca', num_principal_components=2")
    return zoo


@pytest.fixture(scope="module")
def clusters(zoo):
    train(
        zoo, "clusters", "model_type='kmeans', num_clusters=3, max_iterations=100, early_stop=false"
    )
    return zoo


def test_two_components_explain_what_bigquery_says_they_do(pca):
    (ratio,) = pca.sql("select * from ml.evaluate(model zoo.pca)").fetchall()[0]
    assert ratio == pytest.approx(0.88, abs=0.005)
    first = pca.sql("select * from ml.principal_component_info(model zoo.pca)").fetchall()[0]
    assert (first[0], first[2]) == (0, pytest.approx(0.69, abs=0.005))
    train(
        pca,
        "with_island",
        "model_type='pca', num_principal_components=2",
        f"{MEASURES}, island",
    )
    (ratio,) = pca.sql("select * from ml.evaluate(model zoo.with_island)").fetchall()[0]
    assert ratio == pytest.approx(0.76, abs=0.005)
    train(pca, "by_ratio", "model_type='pca', pca_explained_variance_ratio=0.90")
    (ratio,) = pca.sql("select * from ml.evaluate(model zoo.by_ratio)").fetchall()[0]
    assert ratio == pytest.approx(0.97, abs=0.005)


def test_pca_is_evaluated_on_rows_as_in_training(pca):
    stored = pca.sql("select * from ml.evaluate(model zoo.pca)").fetchall()[0][0]
    again = pca.sql(f"select * from ml.evaluate(model zoo.pca, {KNOWN})")
    assert again.columns == ["total_explained_variance_ratio"]
    assert again.fetchall()[0][0] == pytest.approx(stored, rel=1e-12)


def test_components_stand_for_the_row_unless_it_is_asked_for(pca):
    plain = pca.sql(f"select * from ml.predict(model zoo.pca, {KNOWN})")
    assert plain.columns == ["principal_component_1", "principal_component_2"]
    kept = pca.sql(
        f"select * from ml.predict(model zoo.pca, {KNOWN}, struct(true as keep_original_columns))"
    )
    assert kept.columns[-1] == "species"


@pytest.fixture(scope="module")
def encoder(zoo):
    train(zoo, "encoder", "model_type='autoencoder', hidden_units=[3, 2, 3], max_iterations=5")
    return zoo


@pytest.mark.usefixtures("pca", "clusters", "encoder")
@pytest.mark.parametrize(
    ("model", "columns"),
    [
        ("pca", ["mean_squared_error"]),
        ("clusters", ["normalized_distance", "centroid_id"]),
        ("encoder", ["mean_squared_error"]),
    ],
)
def test_the_cut_off_leaves_the_asked_share_of_the_training_rows(zoo, model, columns):
    for contamination, flagged in [(0, 0), (0.05, 17), (0.1, 34), (0.5, 171)]:
        found = zoo.sql(
            f"select * from ml.detect_anomalies(model zoo.{model}, "
            f"struct({contamination} as contamination), {KNOWN})"
        )
        assert found.columns == ["is_anomaly", *columns, *MEASURES.split(", "), "species"]
        rows = found.fetchall()
        assert sum(row[0] for row in rows) == flagged
        scores = sorted((row[1] for row in rows), reverse=True)
        assert all(row[0] == (row[1] > scores[flagged]) for row in rows)


def test_a_distance_is_measured_in_the_root_mean_square_radius_of_its_cluster(clusters):
    rows = clusters.sql(
        "select any_value(centroid_id), sqrt(avg(power(nearest_centroids_distance[0].distance, 2)))"
        f" from ml.predict(model zoo.clusters, {KNOWN}) group by centroid_id"
    ).fetchall()
    radius = dict(rows)
    found = clusters.sql(
        f"""
        select d.normalized_distance, d.centroid_id, p.nearest_centroids_distance
        from ml.detect_anomalies(
            model zoo.clusters, struct(0.1 as contamination), {KNOWN}) as d
        join ml.predict(model zoo.clusters, {KNOWN}) as p using (
            culmen_length_mm, culmen_depth_mm, flipper_length_mm, body_mass_g, species)
        """
    ).fetchall()
    assert len(found) == 342
    for normalized, centroid, distances in found:
        ratios = {d["CENTROID_ID"]: d["DISTANCE"] / radius[d["CENTROID_ID"]] for d in distances}
        assert normalized == pytest.approx(min(ratios.values()), rel=1e-9)
        assert centroid == min(ratios, key=ratios.get)


def test_centroids_are_told_in_the_units_of_the_features_or_as_scaled(clusters):
    means = dict(
        clusters.sql(
            "select centroid_id, avg(body_mass_g) from "
            f"ml.predict(model zoo.clusters, {KNOWN}) group by 1"
        ).fetchall()
    )
    asked = (
        "select centroid_id, numerical_value from ml.centroids(model zoo.clusters{}) "
        "where feature = 'body_mass_g'"
    )
    for centroid, value in clusters.sql(asked.format("")).fetchall():
        assert value == pytest.approx(means[centroid], rel=1e-6)
    scaled = clusters.sql(asked.format(", struct(true as standardize)")).fetchall()
    assert all(abs(value) < 3 for _, value in scaled)


def test_anomalies_need_a_share_and_rows(pca):
    with pytest.raises(StatementError, match="contamination is missing"):
        pca.sql(f"select * from ml.detect_anomalies(model zoo.pca, {KNOWN})")
    with pytest.raises(StatementError, match="the rows to judge is missing"):
        pca.sql("select * from ml.detect_anomalies(model zoo.pca, struct(0.1 as contamination))")


def test_no_rows_are_no_anomalies(pca):
    none = f"(select * from {KNOWN} where false)"
    found = pca.sql(
        f"select * from ml.detect_anomalies(model zoo.pca, struct(0.1 as contamination), {none})"
    )
    assert found.fetchall() == []
    (ratio,) = pca.sql(f"select * from ml.evaluate(model zoo.pca, {none})").fetchall()[0]
    assert ratio is None or math.isnan(ratio)


def test_an_embedding_is_the_prediction_as_one_array(pca, encoder):
    for model, part in [("pca", "principal_component_"), ("encoder", "latent_col_")]:
        given = ", struct(true as keep_original_columns)" if model == "pca" else ""
        predicted = pca.sql(
            f"select [{part}1, {part}2] as wanted, * from "
            f"ml.predict(model zoo.{model}, {KNOWN}{given}) order by "
            "culmen_length_mm, culmen_depth_mm, flipper_length_mm, body_mass_g, species"
        ).fetchall()
        found = pca.sql(
            f"select * from ml.generate_embedding(model zoo.{model}, {KNOWN}) order by "
            "culmen_length_mm, culmen_depth_mm, flipper_length_mm, body_mass_g, species"
        )
        assert found.columns[0] == "ml_generate_embedding_result"
        assert [row[0] for row in found.fetchall()] == [row[0] for row in predicted]
    with pytest.raises(StatementError, match="needs the rows to embed"):
        pca.sql("select * from ai.generate_embedding(model zoo.pca)")
