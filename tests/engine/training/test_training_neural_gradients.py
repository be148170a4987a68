"""Backpropagation against finite differences; optimizers against scikit-learn's or by hand."""

from functools import partial

import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer

from goldloop.scoring.activations import ACTIVATIONS
from goldloop.training.neural.losses import LOSSES
from goldloop.training.neural.network import forward, gradients, initial
from goldloop.training.neural.optimizers import OPTIMIZERS, Rule

TARGETS = {
    "squared_error": np.array([[0.3, -1.0], [2.0, 0.1], [0.0, 0.7]]),
    "logistic": np.array([[1.0], [0.0], [1.0]]),
    "softmax": np.eye(3)[[0, 2, 1]],
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_are_the_slopes_of_the_loss(activation, loss):
    random = np.random.default_rng(1)
    target, inputs = TARGETS[loss], random.normal(size=(3, 4))
    weights = np.array([1.0, 3.0, 0.5])
    network = initial(4, [5, 3, 4], target.shape[1], ACTIVATIONS[activation], random, is_wide=True)
    for array in network.parameters():
        array += random.normal(size=array.shape) * 0.5
    # The same numbers at each pass: the same units drop out.
    passed = partial(forward, network, inputs, 0.3)

    def value():
        made = passed(np.random.default_rng(2))
        latent = 0.7 * np.abs(made.values[1]).sum() / len(inputs)
        return LOSSES[loss].mean(made.outputs, target, weights) + latent

    made = passed(np.random.default_rng(2))
    above = LOSSES[loss].gradient(made.outputs, target, weights)
    found = gradients(network, made, above, (1, 0.7))
    for array, gradient in zip(network.parameters(), found, strict=True):
        for place in np.ndindex(array.shape):
            kept = array[place]
            sides = []
            for change in (1e-6, -1e-6):
                array[place] = kept + change
                sides.append(value())
            array[place] = kept
            slope = (sides[0] - sides[1]) / 2e-6
            assert gradient[place] == pytest.approx(slope, rel=1e-4, abs=1e-7)


def steps(name, gradients, start=1.0, **rule):
    optimizer = OPTIMIZERS[name]
    weights = np.array([start])
    memory = optimizer.memory(weights)
    for step, gradient in enumerate(gradients, start=1):
        optimizer.update(weights, np.array([gradient]), memory, Rule(optimizer, 0.1, **rule), step)
    return weights[0]


def test_adam_steps_as_scikit_learns_does():
    weights = np.array([1.0, -2.0])
    theirs = AdamOptimizer([weights], learning_rate_init=0.1)
    mine = [steps("adam", [g, 0.3, -1.0], start) for g, start in ((0.5, 1.0), (2.0, -2.0))]
    for gradient in ([0.5, 2.0], [0.3, 0.3], [-1.0, -1.0]):
        theirs.update_params([weights], [np.array(gradient)])
    np.testing.assert_allclose(mine, weights, rtol=1e-12)


def test_adagrad_divides_by_the_root_of_all_squares_from_a_tenth_on():
    assert steps("adagrad", [0.5]) == pytest.approx(1 - 0.1 * 0.5 / np.sqrt(0.35))


def test_rmsprop_starts_from_a_mean_square_of_one():
    mean = 0.9 + 0.1 * 0.25
    assert steps("rmsprop", [0.5]) == pytest.approx(1 - 0.1 * 0.5 / np.sqrt(mean + 1e-10))


def test_sgd_with_penalties_is_a_proximal_step():
    assert steps("sgd", [0.5]) == pytest.approx(0.95)
    assert steps("sgd", [0.5], l1=2.0, l2=3.0) == pytest.approx((0.95 - 0.2) / (1 + 0.3))
    assert steps("sgd", [0.5], l1=20.0) == 0.0


def test_ftrl_follows_algorithm_1_of_its_paper():
    # z = g - (sqrt(n + g²) - sqrt(n)) / lr w; w = -(z - sign(z) l1) / (sqrt(n + g²) / lr + 2 l2)
    root, before = np.sqrt(0.1 + 0.25), np.sqrt(0.1)
    z = 0.5 - (root - before) / 0.1 * 1.0
    assert steps("ftrl", [0.5]) == pytest.approx(-z / (root / 0.1))
    shrunk = -(z - np.sign(z) * 0.2) / (root / 0.1 + 2 * 0.4)
    assert steps("ftrl", [0.5], l1=0.2, l2=0.4) == pytest.approx(shrunk)
    assert steps("ftrl", [0.5], l1=100.0) == 0.0
