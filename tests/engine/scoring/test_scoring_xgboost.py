import json
import time

import numpy as np
import pandas as pd
import pytest
import xgboost
from duckdb_scores import score

from goldloop.errors import NotExpressibleError
from goldloop.scoring.expressions import feature, numeric
from goldloop.scoring.xgboost import boosted_trees

FEATURES = ["a", "b", "c"]
INPUTS = [feature(name) for name in FEATURES]
ROWS = 300

OBJECTIVES = [
    ("reg:squarederror", {}),
    ("reg:absoluteerror", {}),
    ("count:poisson", {}),
    ("reg:gamma", {}),
    ("reg:tweedie", {}),
    ("reg:logistic", {}),
    ("binary:logistic", {}),
    ("binary:logistic", {"booster": "dart", "rate_drop": 0.5, "seed": 3}),
    ("binary:logistic", {"base_score": 0.2}),
    ("binary:logitraw", {}),
    ("binary:logistic", {"num_parallel_tree": 3, "subsample": 0.5}),
    ("multi:softprob", {"num_class": 3}),
    ("multi:softprob", {"num_class": 3, "booster": "dart", "rate_drop": 0.5}),
    ("binary:logistic", {"tree_method": "exact"}),
    ("binary:logistic", {"grow_policy": "lossguide", "max_depth": 0, "max_leaves": 40}),
]


def training_set(objective, rows=ROWS):
    random = np.random.default_rng(5)
    x = random.normal(size=(rows, 3))
    x[:, 1] = np.round(x[:, 1], 1)
    x[:, 2] = random.integers(0, 5, rows)
    signal = np.where(x[:, 2] > 2, x[:, 0], x[:, 1]) + 0.3 * random.normal(size=rows)
    x[random.random(x.shape) < 0.1] = np.nan
    if objective.startswith("multi"):
        return x, np.digitize(signal, [-0.4, 0.4])
    if "logi" in objective:
        return x, (signal > 0).astype(int)
    return x, np.exp(signal)


def fit(objective, parameters, rounds=12):
    x, y = training_set(objective)
    options = {"max_depth": 4, "objective": objective, "nthread": 1, **parameters}
    return xgboost.train(options, xgboost.DMatrix(x, y), rounds)


def probing_rows(booster):
    """Training-like rows, and rows on, just below and just above every threshold."""
    random = np.random.default_rng(6)
    trees = json.loads(booster.save_raw("json"))["learner"]["gradient_booster"]
    trees = trees.get("gbtree", trees)["model"]["trees"]
    thresholds = {np.float32(t) for tree in trees for t in tree["split_conditions"]}
    on = np.array(sorted(thresholds), dtype=np.float32)
    below = np.nextafter(on, np.float32(-np.inf))
    midpoints = (on.astype(float) + below.astype(float)) / 2
    values = np.concatenate([on.astype(float), below.astype(float), midpoints])
    values = np.concatenate([values, np.nextafter(midpoints, np.inf), np.nextafter(midpoints, -9)])
    x = np.concatenate([np.column_stack([values] * 3), random.choice(values, (1000, 3))])
    x[random.random(x.shape) < 0.05] = np.nan
    return x


def leaf_sums(booster, x):
    """The margin in doubles, by the leaves the library itself says each row ends in."""
    learner = json.loads(booster.save_raw("json"))["learner"]
    model = learner["gradient_booster"]
    weights = model.get("weight_drop")
    model = model.get("gbtree", model)["model"]
    ends = booster.predict(xgboost.DMatrix(x), pred_leaf=True).reshape(len(x), -1)
    groups = max(1, int(learner["learner_model_param"]["num_class"]))
    sums = np.zeros((len(x), groups))
    for i, fitted in enumerate(model["trees"]):
        leaves = np.array(fitted["split_conditions"], dtype=np.float32).astype(float)
        weight = float(np.float32(weights[i])) if weights else 1.0
        sums[:, model["tree_info"][i]] += weight * leaves[ends[:, i].astype(int)]
    return sums


@pytest.mark.parametrize(("objective", "parameters"), OBJECTIVES)
def test_a_booster_scores_as_xgboost_does(objective, parameters):
    booster = fit(objective, parameters)
    x = probing_rows(booster)
    scores = score(boosted_trees(booster, INPUTS), pd.DataFrame(x, columns=FEATURES))
    margins = booster.predict(xgboost.DMatrix(x), output_margin=True).reshape(len(x), -1)
    np.testing.assert_allclose(scores, margins, rtol=2e-5, atol=2e-6)
    # One base margin a group is all that may differ from the sum of the leaves.
    base = scores - leaf_sums(booster, x)
    np.testing.assert_allclose(base - base[0], 0, atol=1e-12)


def test_doubles_are_decided_as_the_float32_they_round_to():
    booster = fit("reg:squarederror", {})
    x = probing_rows(booster)
    plain = np.float32(x).astype(float)
    scores = score(boosted_trees(booster, INPUTS), pd.DataFrame(x, columns=FEATURES))
    of_rounded = score(boosted_trees(booster, INPUTS), pd.DataFrame(plain, columns=FEATURES))
    np.testing.assert_array_equal(scores, of_rounded)


def test_integers_and_booleans_are_scored_as_numbers():
    x, y = training_set("reg:squarederror")
    x = np.column_stack([np.arange(ROWS) % 7, np.arange(ROWS) % 2, np.arange(ROWS) % 11])
    booster = xgboost.train({"nthread": 1}, xgboost.DMatrix(x, y), 5)
    rows = pd.DataFrame({"a": x[:, 0].astype("int32"), "b": x[:, 1] == 1, "c": x[:, 2]})
    inputs = [feature("a"), numeric(feature("b")), feature("c")]
    margins = booster.predict(xgboost.DMatrix(x), output_margin=True)
    np.testing.assert_allclose(score(boosted_trees(booster, inputs), rows)[:, 0], margins, 1e-5)


def test_a_booster_that_splits_on_categories_is_refused():
    frame = pd.DataFrame({"a": pd.Categorical(["x", "y", "z", "w"] * 20)})
    data = xgboost.DMatrix(frame, [0, 1, 2, 0] * 20, enable_categorical=True)
    booster = xgboost.train({"min_child_weight": 0, "max_cat_to_onehot": 1}, data, 2)
    with pytest.raises(NotExpressibleError, match="splits on categories"):
        boosted_trees(booster, [feature("a")])


def test_a_linear_booster_is_refused():
    with pytest.raises(NotExpressibleError, match="'gblinear'"):
        boosted_trees(fit("reg:squarederror", {"booster": "gblinear", "max_depth": None}), INPUTS)


def test_vector_leaves_are_refused():
    x, y = training_set("reg:squarederror")
    data = xgboost.DMatrix(x, np.column_stack([y, -y]))
    booster = xgboost.train({"multi_strategy": "multi_output_tree"}, data, 2)
    with pytest.raises(NotExpressibleError, match="vector leaves"):
        boosted_trees(booster, INPUTS)


def test_a_hundred_trees_of_depth_six_become_sql_in_a_few_seconds():
    booster = fit("reg:squarederror", {"max_depth": 6, "min_child_weight": 0}, rounds=100)
    start = time.process_time()
    boosted_trees(booster, INPUTS)[0].sql("duckdb")
    assert time.process_time() - start < 5
