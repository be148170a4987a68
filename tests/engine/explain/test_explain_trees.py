"""Forests, target encoding, and the explanations of trees against XGBoost's own."""

import json

import numpy as np
import pytest
import xgboost

import goldloop
from goldloop.errors import OptionError, StatementError
from goldloop.scoring.boosters import BOOSTERS
from goldloop.training import boosted_tree

MEASURES = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
ROWS = f"select {', '.join(MEASURES)}, body_mass_g, species, sex from bqml.penguins"
NUMBERS = f"select {', '.join(MEASURES)}, body_mass_g from bqml.penguins"
SMALL = {"max_iterations": 5, "max_tree_depth": 3}


@pytest.fixture
def boosters(monkeypatch):
    """The boosters that training makes, in order."""
    made, grow = [], xgboost.train

    def remembered(*arguments, **named):
        made.append(grow(*arguments, **named))
        return made[-1]

    monkeypatch.setattr(xgboost, "train", remembered)
    return made


def explained(rows, model, parameters="struct(99 as top_k_features)"):
    return rows(
        f"select * from ml.explain_predict(model bqml.{model}, table bqml.penguins, {parameters})"
    )


def attributions(row):
    return {each["feature"]: each["attribution"] for each in row["top_feature_attributions"]}


def contributions(booster, rows, **how):
    matrix = np.array([[row[name] for name in MEASURES] for row in rows], dtype=float)
    return booster.predict(xgboost.DMatrix(matrix), pred_contribs=True, **how)


@pytest.mark.parametrize("approximate", [False, True])
def test_attributions_to_a_number_are_xgboosts(train, rows, boosters, approximate):
    train("trees", "boosted_tree_regressor", NUMBERS, **SMALL)
    found = explained(
        rows, "trees", f"struct(9 as top_k_features, {approximate} as approx_feature_contrib)"
    )
    expected = contributions(boosters[-1], found, approx_contribs=approximate)
    for row, known in zip(found, expected, strict=True):
        own = attributions(row)
        assert [own[name] for name in MEASURES] == known[:-1].tolist()
        assert row["baseline_prediction_value"] == known[-1]
        assert row["prediction_value"] == row["predicted_body_mass_g"]
        assert known.sum() == pytest.approx(row["prediction_value"], rel=1e-5)


def test_the_two_ways_to_explain_differ(train, rows):
    train("trees", "boosted_tree_regressor", NUMBERS, **SMALL)
    exact, approximate = (
        explained(rows, "trees", f"struct({flag} as approx_feature_contrib)")[0]
        for flag in (False, True)
    )
    assert attributions(exact) != attributions(approximate)


def test_the_larger_of_two_classes_is_explained_by_its_log_odds_the_smaller_by_minus_them(
    train, rows, boosters
):
    query = f"select {', '.join(MEASURES)}, body_mass_g > 4000 as big from bqml.penguins"
    train("big", "boosted_tree_classifier", query, input_label_cols=["big"], **SMALL)
    found = explained(rows, "big")
    for row, known in zip(found, contributions(boosters[-1], found), strict=True):
        sign = 1 if row["predicted_big"] else -1
        assert attributions(row)["bill_depth_mm"] == sign * known[1]
        assert row["prediction_value"] == pytest.approx(sign * known.sum(), rel=1e-5, abs=1e-6)
        chance = 1 / (1 + np.exp(-row["prediction_value"]))
        assert row["probability"] == pytest.approx(chance, rel=1e-4)
    assert {row["predicted_big"] for row in found} == {True, False}


def test_the_predicted_one_of_several_classes_is_explained(train, rows, boosters):
    query = f"select {', '.join(MEASURES)}, species from bqml.penguins"
    train("kinds", "boosted_tree_classifier", query, input_label_cols=["species"], **SMALL)
    found = explained(rows, "kinds")
    classes = ["Adelie", "Chinstrap", "Gentoo"]
    for row, known in zip(found, contributions(boosters[-1], found), strict=True):
        own = known[classes.index(row["predicted_species"])]
        assert [attributions(row)[name] for name in MEASURES] == own[:-1].tolist()
        assert own.sum() == known.sum(axis=1).max()
        assert row["prediction_value"] == pytest.approx(own.sum(), rel=1e-5)


@pytest.mark.parametrize("encoding", ["label_encoding", "one_hot_encoding", "target_encoding"])
@pytest.mark.parametrize("label", ["body_mass_g", "species"])
def test_a_category_is_explained_as_one_feature_however_it_is_encoded(train, rows, encoding, label):
    kind = "classifier" if label == "species" else "regressor"
    options = {"category_encoding_method": encoding, "input_label_cols": [label], **SMALL}
    train("encoded", f"boosted_tree_{kind}", ROWS, **options)
    for row in explained(rows, "encoded")[:40]:
        own = attributions(row)
        assert set(own) == {*MEASURES, "sex", "species", "body_mass_g"} - {label}
        total = row["baseline_prediction_value"] + sum(own.values())
        assert total == pytest.approx(row["prediction_value"], rel=1e-5)


def test_global_attributions_of_trees_are_the_means_of_the_local_ones(train, rows):
    options = {"input_label_cols": ["species"], "enable_global_explain": True, **SMALL}
    for approximate in (False, True):
        train(
            "told",
            "boosted_tree_classifier",
            ROWS,
            **options,
            approx_global_feature_contrib=approximate,
        )
        how = f"struct(9 as top_k_features, {approximate} as approx_feature_contrib)"
        local = [attributions(row) for row in explained(rows, "told", how)]
        for row in rows("select * from ml.global_explain(model bqml.told)"):
            mean = np.mean([abs(each[row["feature"]]) for each in local])
            assert row["attribution"] == pytest.approx(mean, rel=1e-5)
    each = rows(
        "select * from ml.global_explain(model bqml.told, struct(true as class_level_explain))"
    )
    assert {row["species"] for row in each} == {"Adelie", "Chinstrap", "Gentoo"}


def test_a_stored_model_is_explained_in_another_session(tmp_path):
    script = (
        "create schema b; create model b.m options (model_type = 'boosted_tree_regressor') as "
        "select i as x, mod(i, 7) as z, i * 2 as label from unnest(generate_array(1, 60)) as i"
    )
    query = "select * from ml.explain_predict(model b.m, (select 3 as x, 5 as z))"
    with goldloop.connect(tmp_path / "w.duckdb") as session:
        session.sql(script)
        before = session.sql(query).fetchall()
    BOOSTERS.clear()
    for read_only in (True, False):
        with goldloop.connect(tmp_path / "w.duckdb", read_only=read_only) as session:
            assert session.sql(query).fetchall() == before


def test_a_forest_is_one_round_of_bigquerys_defaults(train, boosters):
    train("forest", "random_forest_regressor", NUMBERS)
    booster = boosters[-1]
    assert (booster.num_boosted_rounds(), len(booster.get_dump())) == (1, 100)
    given = json.loads(booster.save_config())["learner"]["gradient_booster"]
    known = {"max_depth": 15, "subsample": 0.8, "colsample_bynode": 0.8, "learning_rate": 1}
    found = {name: float(given["tree_train_param"][name]) for name in known}
    assert found == pytest.approx(known)


@pytest.mark.parametrize("most", [10_000, 0], ids=["sql", "native"])
@pytest.mark.parametrize("label", ["body_mass_g", "big", "species"])
def test_forests_score_as_xgboost_does_in_sql_and_natively(
    train, rows, session, boosters, monkeypatch, most, label
):
    monkeypatch.setattr(boosted_tree, "_MOST_LEAVES", most)
    kind = "regressor" if label == "body_mass_g" else "classifier"
    extra = "body_mass_g > 4000 as big" if label == "big" else label
    query = f"select {', '.join(MEASURES)}, {extra} from bqml.penguins"
    options = {"num_parallel_tree": 8, "max_tree_depth": 4, "input_label_cols": [label]}
    train("forest", f"random_forest_{kind}", query, **options)
    scored = (
        f"select {', '.join(MEASURES)} from bqml.penguins union all "
        "select null, 1e300, -1e300 union all select 40, null, null"
    )
    found = rows(f"select * from ml.predict(model bqml.forest, ({scored}))")
    matrix = np.array([[np.nan if row[n] is None else row[n] for n in MEASURES] for row in found])
    expected = boosters[-1].predict(xgboost.DMatrix(np.clip(matrix, -3e38, 3e38)))
    if label == "body_mass_g":
        said = [row["predicted_body_mass_g"] for row in found]
    else:
        probs = [[c["prob"] for c in row[f"predicted_{label}_probs"]] for row in found]
        said = [p[0] for p in probs] if label == "big" else [p[::-1] for p in probs]
    np.testing.assert_allclose(said, expected, rtol=1e-5)
    card = session.model("bqml.forest").card()
    assert card.scoring == ("native" if most == 0 else "sql")


def test_a_feature_of_another_type_is_refused_of_native_forests_too(train, session, monkeypatch):
    monkeypatch.setattr(boosted_tree, "_MOST_LEAVES", 0)
    train("typed", "random_forest_regressor", NUMBERS, num_parallel_tree=2)
    query = "select 'long' as bill_length_mm, 1 as bill_depth_mm, 1 as flipper_length_mm"
    with pytest.raises(StatementError, match="feature 'bill_length_mm' is VARCHAR"):
        session.sql(f"select * from ml.predict(model bqml.typed, ({query}))")


def test_native_and_sql_scores_are_equal(train, rows, monkeypatch):
    said = []
    for most in (10_000, 0):
        monkeypatch.setattr(boosted_tree, "_MOST_LEAVES", most)
        train("same", "boosted_tree_regressor", ROWS, category_encoding_method="target_encoding")
        found = rows(
            "select predicted_body_mass_g from ml.predict(model bqml.same, (select * "
            "except (sex), if(mod(body_mass_g, 3) = 0, null, sex) as sex from "
            "bqml.penguins union all select * except (sex), 'UNSEEN' from bqml.penguins))"
        )
        said.append([row["predicted_body_mass_g"] for row in found])
    np.testing.assert_allclose(said[0], said[1], rtol=1e-12)


def test_a_target_encoded_category_stands_for_its_mean_label(train, rows, session):
    query = "select *, mod(i, 3) as label from (select concat('c', mod(i, 3)) as c, i from "
    query += "unnest(generate_array(1, 300)) as i)"
    train(
        "means",
        "boosted_tree_regressor",
        query,
        input_label_cols=["label"],
        category_encoding_method="target_encoding",
        min_rel_progress=1e-6,
        max_iterations=60,
    )
    found = rows(
        "select * from ml.predict(model bqml.means, (select 'c0' as c, 9 as i union all "
        "select 'c2', 9 union all select 'unseen', 9)) order by predicted_label"
    )
    assert [row["c"] for row in found] == ["c0", "unseen", "c2"]
    assert [row["predicted_label"] for row in found] == pytest.approx([0, 1, 2], abs=0.3)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"learn_rate": 0.1}, "no option 'learn_rate'"),
        ({"max_iterations": 10}, "no option 'max_iterations'"),
        ({"num_parallel_tree": 1}, r"expected an integer in \[2, inf\)"),
        ({"subsample": 1.0}, r"expected a number in \(0, 1\)"),
        ({"xgboost_version": "0.8"}, "0.9, 1.1"),
        ({"approx_global_feature_contrib": True}, "set enable_global_explain=true"),
    ],
)
def test_options_that_no_forest_has_are_refused(train, options, words):
    with pytest.raises(OptionError, match=words):
        train("refused", "random_forest_regressor", NUMBERS, **options)


def test_early_stop_is_accepted_of_a_forest(train, boosters):
    train("forest", "random_forest_regressor", NUMBERS, early_stop=False, num_parallel_tree=3)
    assert len(boosters[-1].get_dump()) == 3
