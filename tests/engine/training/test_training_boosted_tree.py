import json

import numpy as np
import pytest
import xgboost
from rich_rows import numbered
from scipy.special import expit, softmax

from goldloop.errors import TrainingDataError

FAST = {"max_iterations": 8, "max_tree_depth": 4}


@pytest.fixture
def boosters(monkeypatch):
    """The boosters that training makes, in order."""
    made, train = [], xgboost.train

    def remembered(*arguments, **named):
        made.append(train(*arguments, **named))
        return made[-1]

    monkeypatch.setattr(xgboost, "train", remembered)
    return made


def margins(booster, x):
    """The margins in doubles: base margins + leaves that XGBoost itself says rows end in."""
    learner = json.loads(booster.save_raw("json"))["learner"]
    model = learner["gradient_booster"]
    weights = model.get("weight_drop")
    model = model.get("gbtree", model)["model"]
    ends = booster.predict(xgboost.DMatrix(x), pred_leaf=True).reshape(len(x), -1)
    base = json.loads(learner["learner_model_param"]["base_score"])
    base = np.float32(base if isinstance(base, list) else [base]).astype(float)
    if learner["objective"]["name"] == "binary:logistic":
        base = np.log(base) - np.log1p(-base)
    groups = max(1, int(learner["learner_model_param"]["num_class"]))
    sums = np.zeros((len(x), groups)) + base
    for i, tree in enumerate(model["trees"]):
        leaves = np.array(tree["split_conditions"], dtype=np.float32).astype(float)
        weight = float(np.float32(weights[i])) if weights else 1.0
        sums[:, model["tree_info"][i]] += weight * leaves[ends[:, i].astype(int)]
    return sums


OPTIONS = {
    "label encoding": {},
    "one-hot encoding": {"category_encoding_method": "one_hot_encoding"},
    "dart": {"booster_type": "dart", "dropout": 0.5, "early_stop": False},
    "sampled": {"subsample": 0.5, "colsample_bytree": 0.7, "num_parallel_tree": 2},
    "exact": {"tree_method": "exact", "l1_reg": 0.5, "min_split_loss": 0.1},
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_regressors_predictions_are_the_boosters(
    trained, scores, boosters, training_rows, scored_rows, options
):
    trained("boosted_tree_regressor", **FAST, **options)
    x = numbered(training_rows, scored_rows, one_hot="category_encoding_method" in options)
    (found,) = scores("predicted_y")
    np.testing.assert_allclose(found, margins(boosters[-1], x)[:, 0], rtol=1e-9, atol=1e-12)
    library = boosters[-1].predict(xgboost.DMatrix(x))
    np.testing.assert_allclose(found, library, rtol=1e-4, atol=1e-4)
    assert len(set(found)) > 20


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_binary_classifiers_probabilities_are_the_boosters(
    trained, scores, boosters, training_rows, scored_rows, options
):
    trained("boosted_tree_classifier", lambda s: s > 0, "boolean", **FAST, **options)
    x = numbered(training_rows, scored_rows, one_hot="category_encoding_method" in options)
    found, predicted = scores("predicted_y_probs[1].prob, predicted_y")
    np.testing.assert_allclose(found, expit(margins(boosters[-1], x)[:, 0]), rtol=1e-9)
    assert predicted == [p >= 0.5 for p in found]


def test_a_multiclass_classifiers_probabilities_are_the_boosters(
    trained, scores, boosters, training_rows, scored_rows
):
    trained(
        "boosted_tree_classifier",
        lambda s: np.digitize(s, np.quantile(s, [0.3, 0.7])),
        "integer",
        **FAST,
    )
    (found,) = scores("list_transform(predicted_y_probs, lambda p: p.prob)")
    expected = softmax(margins(boosters[-1], numbered(training_rows, scored_rows)), axis=1)
    np.testing.assert_allclose(np.array(found)[:, ::-1], expected, rtol=1e-9)


def test_the_options_reach_the_library_under_its_own_names(trained, boosters):
    trained(
        "boosted_tree_regressor",
        max_iterations=2,
        max_tree_depth=3,
        learn_rate=0.2,
        l1_reg=0.1,
        l2_reg=2,
        min_tree_child_weight=3,
        min_split_loss=0.25,
        subsample=0.9,
        colsample_bytree=0.8,
        colsample_bylevel=0.75,
        colsample_bynode=0.7,
        num_parallel_tree=3,
    )
    booster = json.loads(boosters[-1].save_config())["learner"]["gradient_booster"]
    given = booster["tree_train_param"]
    expected = {
        "max_depth": 3,
        "learning_rate": 0.2,
        "alpha": 0.1,
        "lambda": 2,
        "min_child_weight": 3,
        "min_split_loss": 0.25,
        "subsample": 0.9,
        "colsample_bytree": 0.8,
        "colsample_bylevel": 0.75,
        "colsample_bynode": 0.7,
    }
    assert {name: float(given[name]) for name in expected} == pytest.approx(expected, rel=1e-6)
    assert booster["gbtree_train_param"]["tree_method"] == "hist"
    assert boosters[-1].num_boosted_rounds() == 2
    assert len(boosters[-1].get_dump()) == 6


def test_values_on_a_threshold_go_where_the_library_sends_them(warehouse, boosters):
    query = "select i / 10 as x, i % 7 as z, i % 7 + i / 10 as y from range(120) as r(i)"
    options = {"data_split_method": "no_split", "input_label_cols": ["y"]}
    warehouse.build("m", query, model_type="boosted_tree_regressor", **options)
    tree = json.loads(boosters[-1].save_raw("json"))["learner"]["gradient_booster"]["model"]
    cuts = {c for t in tree["trees"] for c in t["split_conditions"]}
    cuts = np.float32(sorted(cuts)).astype(float)
    on = np.concatenate([cuts, np.nextafter(cuts, -np.inf), np.nextafter(cuts, np.inf)])
    x = np.column_stack([on, on[::-1]])
    warehouse.con.register("points", {"i": np.arange(len(on)), "x": x[:, 0], "z": x[:, 1]})
    found = warehouse.rows("select m(points).predicted_y from points order by i")
    expected = margins(boosters[-1], x)[:, 0]
    np.testing.assert_allclose(np.ravel(found), expected, rtol=1e-9, atol=1e-12)


def test_rows_of_weight_zero_do_not_count(warehouse):
    query = """
        select i % 10 as x, if(is_wrong, 1000, i % 10) as y, if(is_wrong, 0, 1.5) as weight
        from (select i, i % 3 = 0 as is_wrong from range(90) as r(i))
    """
    warehouse.build(
        "m",
        query,
        model_type="boosted_tree_regressor",
        input_label_cols=["y"],
        instance_weight_col="weight",
        min_tree_child_weight=0.1,
        max_iterations=60,
        early_stop=False,
    )
    assert [feature.name for feature in warehouse.card("m").features] == ["x"]
    found = warehouse.predict("m", "select 7 as x")
    assert found[0][0] == pytest.approx(7, abs=0.1)


@pytest.mark.parametrize("weight", ["null", "-1", "'nan'::double", "0"])
def test_weights_that_weigh_nothing_are_refused(warehouse, weight):
    query = f"select i as x, i as y, {weight} as w from range(30) as r(i)"
    with pytest.raises(TrainingDataError, match="instance_weight_col 'w'"):
        warehouse.build(
            "m",
            query,
            model_type="boosted_tree_regressor",
            input_label_cols=["y"],
            instance_weight_col="w",
        )


def test_numbers_beyond_single_precision_are_refused_by_name(warehouse):
    query = "select i as x, 1e39 * i as wide, i as label from range(60) as r(i)"
    with pytest.raises(TrainingDataError, match=r"column 'wide' holds numbers beyond 3\.4e"):
        warehouse.build("m", query, model_type="boosted_tree_regressor")


def test_importance_and_losses_are_recorded_by_feature_and_round(trained, warehouse):
    trained("boosted_tree_regressor", **FAST, early_stop=False)
    importance = dict(row[:2] for row in warehouse.details("m", "feature_importance"))
    assert {"amount", "seen_at", "_TS_DOM_seen_at", "box_width", "tags_wifi"} <= set(importance)
    assert importance["constant"] == 0.0 < importance["amount"]
    assert [key for key, _, _ in warehouse.details("m", "training_info")] == list("01234567")


def test_rounds_stop_when_the_loss_hardly_falls(trained, boosters):
    trained("boosted_tree_regressor", max_iterations=50, min_rel_progress=0.3)
    assert 1 < boosters[-1].num_boosted_rounds() < 10
