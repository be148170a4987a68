"""ML.EXPLAIN_PREDICT and ML.GLOBAL_EXPLAIN of linear models."""

import numpy as np
import pytest

from goldloop.errors import GoldloopError, ModelKindError, OptionError

ROWS = "select * from bqml.penguins where sex in ('MALE', 'FEMALE')"


@pytest.fixture(scope="module")
def models(train):
    shown = {"enable_global_explain": True, "l2_reg": 0.1}
    train("mass", "linear_reg", **shown)
    train("sexes", "logistic_reg", ROWS, input_label_cols=["sex"], **shown)
    train("kinds", "logistic_reg", input_label_cols=["species"], **shown)


def explained(rows, model, *parameters, source="table bqml.penguins"):
    given = "".join(f", {parameter}" for parameter in parameters)
    return rows(f"select * from ml.explain_predict(model bqml.{model}, {source}{given})")


def attributions(row):
    return {each["feature"]: each["attribution"] for each in row["top_feature_attributions"]}


@pytest.mark.parametrize("model", ["mass", "sexes", "kinds"])
def test_attributions_add_up_to_the_prediction_from_the_baseline(models, rows, model):
    for row in explained(rows, model, "struct(10 as top_k_features)"):
        total = row["baseline_prediction_value"] + sum(attributions(row).values())
        assert total == pytest.approx(row["prediction_value"], rel=1e-9, abs=1e-9)
        assert row["approximation_error"] == 0


def test_an_attribution_is_the_weight_times_the_standardised_value(models, rows):
    weights = {
        row["processed_input"]: row["weight"]
        for row in rows("select * from ml.weights(model bqml.mass, struct(true as standardize))")
    }
    (column,) = rows(
        "select avg(bill_depth_mm) as mean, stddev(bill_depth_mm) as std from bqml.penguins"
    )
    for row in explained(rows, "mass", "struct(10 as top_k_features)"):
        z = (row["bill_depth_mm"] - column["mean"]) / column["std"]
        expected = weights["bill_depth_mm"] * z
        assert attributions(row)["bill_depth_mm"] == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert row["baseline_prediction_value"] == weights["__INTERCEPT__"]


def test_the_predicted_class_is_explained_by_its_own_log_odds(models, rows):
    found = explained(rows, "sexes", source=f"({ROWS})")
    assert {row["predicted_sex"] for row in found} == {"MALE", "FEMALE"}
    for row in found:
        chance = 1 / (1 + np.exp(-row["prediction_value"]))
        assert row["probability"] == pytest.approx(chance, rel=1e-9)
        assert row["probability"] >= 0.5


def test_the_class_is_the_one_that_predict_predicts_with_its_probability(models, rows):
    said = rows(
        "select predicted_species, predicted_species_probs from ml.predict("
        "model bqml.kinds, table bqml.penguins)"
    )
    for row, one in zip(explained(rows, "kinds"), said, strict=True):
        assert row["predicted_species"] == one["predicted_species"]
        assert row["probability"] == max(c["prob"] for c in one["predicted_species_probs"])


def test_a_threshold_explains_the_class_it_predicts(models, rows):
    found = explained(rows, "sexes", "struct(0.01 as threshold)", source=f"({ROWS})")
    assert {row["predicted_sex"] for row in found if row["probability"] > 0.5} == {"MALE"}
    unlikely = [row for row in found if row["probability"] < 0.5]
    assert all(row["prediction_value"] < 0 for row in unlikely)
    assert unlikely


def test_the_columns_are_bigquerys_then_the_rows_own(models, session):
    relation = session.sql(
        "select * from ml.explain_predict(model bqml.sexes, (select *, 7 as score, 'x' as labels "
        "from bqml.penguins limit 1))"
    )
    assert relation.columns == [
        "predicted_sex",
        "probability",
        "top_feature_attributions",
        "baseline_prediction_value",
        "prediction_value",
        "approximation_error",
        *session.sql("select * from bqml.penguins").columns,
        "score",
        "labels",
    ]
    assert str(relation.types[2]) == "STRUCT(feature VARCHAR, attribution DOUBLE)[]"


@pytest.mark.parametrize(("given", "count"), [((), 5), (("struct(2 as top_k_features)",), 2)])
def test_the_largest_attributions_come_first(models, rows, given, count):
    everything = explained(rows, "mass", "struct(99 as top_k_features)")
    for row, whole in zip(explained(rows, "mass", *given), everything, strict=True):
        sizes = sorted(map(abs, attributions(whole).values()), reverse=True)
        assert [abs(a) for a in attributions(row).values()] == sizes[:count]


def test_what_a_row_lacks_adds_nothing(models, rows):
    source = "(select * replace (null as bill_depth_mm, 'never' as island) from bqml.penguins)"
    for row in explained(rows, "mass", "struct(10 as top_k_features)", source=source):
        assert (attributions(row)["bill_depth_mm"], attributions(row)["island"]) == (0, 0)


def test_the_words_of_an_array_are_explained_together(session, rows):
    session.sql(
        "create or replace model bqml.tags options (model_type = 'linear_reg') as "
        "select if(mod(i, 2) = 0, ['even', 'any'], ['any']) as tags, mod(i, 2) as label, i as x "
        "from unnest(generate_array(1, 40)) as i"
    )
    found = explained(rows, "tags", source="(select ['even', 'any'] as tags, 1 as x)")
    assert sorted(attributions(found[0])) == ["tags", "x"]


def test_global_attributions_are_the_means_of_the_absolute_local_ones(models, rows):
    for model, source in (
        ("mass", "table bqml.penguins"),
        ("sexes", f"({ROWS})"),
        ("kinds", "table bqml.penguins"),
    ):
        local = explained(rows, model, "struct(10 as top_k_features)", source=source)
        found = rows(f"select * from ml.global_explain(model bqml.{model})")
        for row in found:
            each = [abs(attributions(one)[row["feature"]]) for one in local]
            assert row["attribution"] == pytest.approx(np.mean(each), rel=1e-9)
        sizes = [row["attribution"] for row in found]
        assert sizes == sorted(sizes, reverse=True)
        assert len(found) == len(attributions(local[0]))


def test_classes_have_global_attributions_of_their_own(models, rows):
    call = "ml.global_explain(model bqml.{}, struct(true as class_level_explain))"
    found = rows(f"select * from {call.format('kinds')}")
    assert [list(row) for row in found[:1]] == [["species", "feature", "attribution"]]
    assert {row["species"] for row in found} == {"Adelie", "Chinstrap", "Gentoo"}
    of_one = {r["feature"]: r["attribution"] for r in found if r["species"] == "Gentoo"}
    weights = rows(
        "select * from ml.weights(model bqml.kinds, struct(true as standardize)) "
        "where class_label = 'Gentoo' and processed_input = 'bill_depth_mm'"
    )
    z = rows(
        "select avg(abs(bill_depth_mm - m) / s) as z from bqml.penguins, (select "
        "avg(bill_depth_mm) as m, stddev(bill_depth_mm) as s from bqml.penguins)"
    )
    expected = abs(weights[0]["weight"]) * z[0]["z"]
    assert of_one["bill_depth_mm"] == pytest.approx(expected, rel=1e-9)
    both = rows(f"select * from {call.format('sexes')}")
    assert len(both) == 2 * len({row["feature"] for row in both})


def test_a_class_has_at_most_ten_features(train, rows):
    wide = ", ".join(f"bill_depth_mm * {i} + mod(body_mass_g, {i + 7}) as x{i}" for i in range(12))
    train(
        "wide",
        "logistic_reg",
        f"select {wide}, species from bqml.penguins",
        input_label_cols=["species"],
        enable_global_explain=True,
        max_iterations=3,
    )
    found = rows(
        "select species, count(*) as n from ml.global_explain(model bqml.wide, "
        "struct(true as class_level_explain)) group by species"
    )
    assert [row["n"] for row in found] == [10, 10, 10]
    assert len(rows("select * from ml.global_explain(model bqml.wide)")) == 12


def test_no_rows_are_explained_by_none(models, rows):
    assert explained(rows, "mass", source="(select * from bqml.penguins where false)") == []


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            "explain_predict(model bqml.mass, table bqml.penguins, struct(0 as top_k_features))",
            OptionError,
            "top_k_features is 0",
        ),
        (
            "explain_predict(model bqml.mass, table bqml.penguins, struct(0.2 as threshold))",
            ModelKindError,
            "threshold serves binary_classification",
        ),
        (
            "explain_predict(model bqml.mass, table bqml.penguins, "
            "struct(true as approx_feature_contrib))",
            ModelKindError,
            "serves boosted_tree",
        ),
        (
            "explain_predict(model bqml.mass, table bqml.penguins, "
            "struct(9 as integrated_gradients_num_steps))",
            OptionError,
            "set them there",
        ),
        ("explain_predict(model bqml.mass, (select 1 as x))", GoldloopError, "bqml.mass"),
        (
            "global_explain(model bqml.mass, struct(true as class_level_explain))",
            ModelKindError,
            "class_level_explain serves",
        ),
        ("global_explain(model bqml.quiet)", ModelKindError, "ENABLE_GLOBAL_EXPLAIN = TRUE"),
        ("explain_predict(model bqml.groups, table bqml.penguins)", ModelKindError, "kmeans"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_the_fix(
    models, train, session, call, error, words
):
    if "quiet" in call:
        train("quiet", "linear_reg")
    if "groups" in call:
        session.sql(
            "create or replace model bqml.groups options (model_type = 'kmeans', "
            "num_clusters = 2) as select bill_depth_mm from bqml.penguins"
        )
    with pytest.raises(error, match=words):
        session.sql(f"select * from ml.{call}")


def test_the_python_api_explains_as_sql_does(models, session):
    penguins = session.connection.table("bqml.penguins")
    model = session.model("bqml.sexes")
    query = "select * from ml.explain_predict(model bqml.sexes, table bqml.penguins, {})"
    given = query.format("struct(2 as top_k_features, 0.3 as threshold)")
    assert model.explain(penguins, 2, 0.3).fetchall() == session.sql(given).fetchall()
    overall = "select * from ml.global_explain(model bqml.sexes)"
    assert model.explain().fetchall() == session.sql(overall).fetchall()
    by_class = model.explain(class_level_explain=True)
    assert by_class.columns == ["sex", "feature", "attribution"]
    with pytest.raises(ModelKindError, match="serves boosted_tree"):
        model.explain(penguins, approx_feature_contrib=True)
