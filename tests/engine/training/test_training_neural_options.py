"""Each option of networks does what it says, on a network small enough to train in no time."""

from types import SimpleNamespace

import numpy as np
import pytest

from goldloop.options.resolve import resolve
from goldloop.scoring.activations import ACTIVATIONS
from goldloop.training.neural.network import initial
from goldloop.training.neural.recipe import recipe, trained
from goldloop.training.neural.trainer import Rows

RANDOM = np.random.default_rng(5)
X = RANDOM.normal(size=(80, 3))
Y = np.abs(X[:, :1]) - X[:, 1:2]


def fit(kind="dnn_regressor", rows=None, **options):
    """Return the network that the options make of the rows, and its training_info."""
    chosen = {"model_type": kind, "hidden_units": [6], "learn_rate": 0.01, "max_iterations": 5}
    chosen["early_stop"] = False
    options = resolve("m", chosen | options)
    random = np.random.default_rng(0)
    activation = ACTIVATIONS[options["activation_fn"]]
    is_wide = "linear" in kind
    network = initial(3, options["hidden_units"], 1, activation, random, is_wide=is_wide)
    sample = SimpleNamespace(options=options, progress=lambda line: None)
    rows = rows or Rows(X, Y, np.ones(len(X)))
    how = recipe(options, len(rows), "squared_error")
    details = trained(sample, network, rows, None, how, random)
    return network, [detail.json for detail in details if detail.section == "training_info"]


OPTIONS = [
    {"optimizer": "adagrad"},
    {"optimizer": "rmsprop"},
    {"optimizer": "ftrl"},
    {"batch_size": 80},
    {"dropout": 0.5},
    {"hidden_units": [5, 7]},
    {"max_iterations": 1},
    {"learn_rate": 0.02},
    {"activation_fn": "tanh"},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_an_option_of_training_changes_the_network(options):
    assert not np.array_equal(fit(**options)[0].outputs(X), fit()[0].outputs(X))


@pytest.mark.parametrize("optimizer", ["adagrad", "ftrl", "sgd"])
def test_penalties_shrink_weights_and_l1_makes_some_zero(optimizer):
    def weights(**penalty):
        return fit(optimizer=optimizer, learn_rate=0.3, max_iterations=20, **penalty)[0].layers[0]

    plain, l1, l2 = weights(), weights(l1_reg=0.1), weights(l2_reg=0.5)
    assert np.abs(l2.weights).sum() < np.abs(plain.weights).sum()
    assert (l1.weights == 0).any()
    assert not (plain.weights == 0).any()


def test_each_part_of_wide_and_deep_has_its_own_optimizer_and_rate():
    network, _ = fit(
        "dnn_linear_combined_regressor",
        optimizer=[("dnn", "sgd"), ("linear", "adam")],
        learn_rate=[("dnn", 1e-12), ("linear", 0.05)],
    )
    assert np.abs(network.layers[-1].bias).max() < 1e-9
    assert np.abs(network.wide.weights).max() > 0.05


@pytest.mark.parametrize("optimizer", ["adam", "adagrad", "ftrl", "rmsprop", "sgd"])
def test_every_optimizer_lowers_the_loss(optimizer):
    _, info = fit(optimizer=optimizer, learn_rate=0.05, max_iterations=15)
    assert info[-1]["loss"] < 0.8 * info[0]["loss"]


def test_a_batch_is_of_32_rows_or_all():
    few = Rows(X[:10], Y[:10], np.ones(10))
    np.testing.assert_array_equal(
        fit(rows=few)[0].outputs(X), fit(rows=few, batch_size=10)[0].outputs(X)
    )
    np.testing.assert_array_equal(fit()[0].outputs(X), fit(batch_size=32)[0].outputs(X))


def test_dropout_is_of_training_only():
    network, info = fit(dropout=0.5)
    assert info[-1]["loss"] == pytest.approx(np.mean((network.outputs(X) - Y) ** 2), rel=1e-12)


def test_early_stopping_compares_with_min_rel_progress():
    _, info = fit(early_stop=True, min_rel_progress=0.05, max_iterations=200)
    losses = np.array([each["loss"] for each in info])
    gains = 1 - losses[1:] / losses[:-1]
    assert gains[-1] < 0.05 <= gains[:-1].min()
