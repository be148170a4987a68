"""DNN_* and DNN_LINEAR_COMBINED_*: scores against the trained network's own forward pass."""

from itertools import pairwise

import numpy as np
import pytest
from networks import losses, softmax
from scipy.special import expit

from goldloop.errors import OptionError, TrainingDataError

ACTIVATIONS = ["relu", "relu6", "crelu", "elu", "selu", "sigmoid", "tanh"]
DEEP = {"hidden_units": [7, 5], "max_iterations": 3, "learn_rate": 0.01}


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_regressor_scores_as_its_network_does(trained, scores, made, encoded, signal, activation):
    trained("dnn_regressor", activation_fn=activation, **DEEP)
    (found,) = scores("predicted_y")
    expected = made[-1].outputs(encoded)[:, 0] * signal.std() + signal.mean()
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("kind", ["dnn", "dnn_linear_combined"])
def test_a_binary_classifier_scores_the_logistic_of_its_network(
    trained, scores, made, encoded, kind
):
    trained(f"{kind}_classifier", label=lambda s: s > 0, label_type="boolean", **DEEP)
    predicted, probability = scores("predicted_y, predicted_y_probs[1].prob")
    expected = expit(made[-1].outputs(encoded)[:, 0])
    np.testing.assert_allclose(probability, expected, rtol=1e-9)
    assert predicted == (expected >= 0.5).tolist()


@pytest.mark.parametrize("kind", ["dnn", "dnn_linear_combined"])
def test_a_multiclass_classifier_scores_the_softmax_of_its_network(
    trained, scores, made, encoded, kind
):
    def label(signal):
        return [("low", "middle", "top")[int(i)] for i in np.digitize(signal, [-0.5, 0.5])]

    trained(f"{kind}_classifier", label=label, label_type="varchar", **DEEP)
    predicted, shares = scores("predicted_y, list_transform(predicted_y_probs, lambda p: p.prob)")
    expected = softmax(made[-1].outputs(encoded))
    np.testing.assert_allclose(shares, expected[:, ::-1], rtol=1e-9)
    assert predicted == [("low", "middle", "top")[i] for i in expected.argmax(axis=1)]


def test_a_wide_part_adds_a_linear_model_of_all_inputs(trained, scores, made, encoded, signal):
    trained("dnn_linear_combined_regressor", **DEEP | {"learn_rate": 0.05})
    network = made[-1]
    assert np.abs(network.wide.weights).max() > 0.01
    (found,) = scores("predicted_y")
    expected = network.outputs(encoded)[:, 0] * signal.std() + signal.mean()
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_a_network_learns_what_a_line_cannot(warehouse):
    warehouse.con.execute(
        "create table rows as select x, case when x % 7 = 0 then null else 'c' || x % 3 end as c, "
        "1000 + 300 * abs(x - 300) / 300 as y from range(601) as t(x)"
    )
    options = {"input_label_cols": ["y"], "hidden_units": [32], "data_split_method": "no_split"}
    report = warehouse.build(
        "m", "from rows", model_type="dnn_regressor", max_iterations=60, early_stop=False,
        learn_rate=0.01, **options,
    )  # fmt: skip
    assert report.metrics["r2_score"] > 0.95


def test_scores_are_finite_for_extreme_numbers_and_empty_for_no_rows(trained, warehouse):
    trained("dnn_classifier", label=lambda s: s > 0, label_type="boolean", **DEEP)
    extreme = "select * replace (1e300 as amount, null as price) from fresh limit 1"
    ((probability,),) = warehouse.predict("m", extreme, "predicted_y_probs[1].prob")
    assert probability in (0.0, 1.0)
    assert warehouse.predict("m", "from fresh limit 0") == []


def test_training_twice_gives_the_same_network(trained, scores):
    trained("dnn_regressor", dropout=0.3, **DEEP)
    first = scores("predicted_y")
    trained("dnn_regressor", dropout=0.3, retrain="always", **DEEP)
    assert scores("predicted_y") == first


def test_unset_hidden_units_are_as_many_as_the_rows_warrant(warehouse, made):
    warehouse.con.execute("create table rows as select x, x % 5 as z, x as y from range(450) t(x)")
    options = {"input_label_cols": ["y"], "max_iterations": 1}
    warehouse.build("m", "from rows", model_type="dnn_regressor", **options)
    assert made[-1].layers[0].units == 450 // (10 * (2 + 1))


def test_training_stops_by_the_loss_of_the_rows_that_evaluate(trained, warehouse):
    trained(
        "dnn_regressor", hidden_units=[32], learn_rate=0.01, max_iterations=60,
        data_split_method="random", data_split_eval_fraction=0.3,
    )  # fmt: skip
    found = losses(warehouse, "eval_loss")
    gains = [(a - b) / a for a, b in pairwise(found)]
    assert 2 < len(found) < 60
    assert gains[-1] < 0.01 <= min(gains[:-1])


def test_training_info_has_the_columns_of_the_reference_and_losses_in_the_labels_unit(
    trained, warehouse, signal
):
    report = trained("dnn_regressor", early_stop=False, **DEEP)
    rows = warehouse.details("m", "training_info")
    assert len(rows) == DEEP["max_iterations"]
    for key in ("iteration", "loss", "eval_loss", "learning_rate", "duration_ms"):
        assert f'"{key}"' in rows[0][2]
    assert losses(warehouse)[-1] == pytest.approx(report.metrics["mean_squared_error"], rel=1e-9)


def test_class_weights_make_their_class_likelier(trained, scores):
    def share(**options):
        trained("dnn_classifier", label=lambda s: s > 1, label_type="boolean", **DEEP | options)
        return np.mean(scores("predicted_y_probs[1].prob")[0])

    plain = share()
    assert share(class_weights=[("true", 20.0), ("false", 1.0)]) > plain + 0.1
    assert share(auto_class_weights=True) > plain + 0.05


def test_a_class_that_only_evaluates_is_left_out_of_the_evaluation_loss(warehouse):
    warehouse.con.execute(
        "create table rows as select x, x > 500 as late, "
        "case when x > 590 then 'new' when x % 2 = 0 then 'even' else 'odd' end as y "
        "from range(600) t(x)"
    )
    warehouse.build(
        "m", "from rows", model_type="dnn_classifier", input_label_cols=["y"],
        data_split_method="custom", data_split_col="late", max_iterations=2,
    )  # fmt: skip
    assert all(np.isfinite(losses(warehouse, "eval_loss")))


def test_a_training_that_diverges_is_an_error_that_names_the_learn_rate(trained):
    with pytest.raises(TrainingDataError, match=r"m: training diverges .* lower learn_rate"):
        trained("dnn_regressor", optimizer="sgd", hidden_units=[8], learn_rate=1e8)


def test_a_network_too_large_for_a_query_is_refused_with_its_size(trained):
    with pytest.raises(OptionError, match=r"hidden_units \[3000, 3000\].* weights; at most"):
        trained("dnn_regressor", hidden_units=[3000, 3000])


def test_infinity_in_a_row_that_evaluates_is_an_error_that_names_the_feature(warehouse):
    warehouse.con.execute(
        "create table rows as select case when x = 9 then 'inf'::double else x end as z, "
        "x = 9 as late, x as y from range(10) t(x)"
    )
    with pytest.raises(TrainingDataError, match="feature 'z' holds NaN or infinity"):
        warehouse.build(
            "m", "from rows", model_type="dnn_regressor", input_label_cols=["y"],
            data_split_method="custom", data_split_col="late",
        )  # fmt: skip
