"""BigQuery ML's OPTIMIZERs: the update rules and constants of TensorFlow's tf.compat.v1.train.

BigQuery ML's documentation names those classes: AdamOptimizer, AdagradOptimizer
(ProximalAdagradOptimizer with a penalty), FtrlOptimizer, RMSPropOptimizer and
GradientDescentOptimizer (ProximalGradientDescentOptimizer with a penalty).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from goldloop.training.matrix import Floats

Slots = dict[str, Floats]


@dataclass(frozen=True)
class Rule:
    """How one part of a network learns; `l1` and `l2` act on biases too, as TensorFlow's do."""

    optimizer: Optimizer
    learn_rate: float
    l1: float = 0.0
    l2: float = 0.0


@dataclass(frozen=True)
class Optimizer:
    """`update` changes weights in place; `slots` are its memories and what they start from."""

    update: Callable[[Floats, Floats, Slots, Rule, int], None]
    slots: Mapping[str, float]
    takes_penalty: bool

    def memory(self, weights: Floats) -> Slots:
        """Return the slots of an array of weights."""
        return {name: np.full(weights.shape, value) for name, value in self.slots.items()}


def _adam(weights: Floats, gradient: Floats, slots: Slots, rule: Rule, step: int) -> None:
    # Kingma & Ba, Adam, 2015, in the form before §2.1; epsilon is "epsilon hat".
    first, second = slots["m"], slots["v"]
    first += 0.1 * (gradient - first)
    second += 0.001 * (gradient**2 - second)
    rate = rule.learn_rate * np.sqrt(1.0 - 0.999**step) / (1.0 - 0.9**step)
    weights -= rate * first / (np.sqrt(second) + 1e-8)


def _adagrad(weights: Floats, gradient: Floats, slots: Slots, rule: Rule, step: int) -> None:
    total = slots["accumulator"]
    total += gradient**2
    _proximal(weights, gradient, rule.learn_rate / np.sqrt(total), rule)


def _sgd(weights: Floats, gradient: Floats, slots: Slots, rule: Rule, step: int) -> None:
    _proximal(weights, gradient, np.full_like(weights, rule.learn_rate), rule)


def _proximal(weights: Floats, gradient: Floats, rate: Floats, rule: Rule) -> None:
    # Duchi & Singer, Efficient Learning using Forward-Backward Splitting, 2009.
    moved = weights - rate * gradient
    shrunk = np.sign(moved) * np.maximum(np.abs(moved) - rate * rule.l1, 0.0)
    weights[:] = shrunk / (1.0 + rate * rule.l2)


def _ftrl(weights: Floats, gradient: Floats, slots: Slots, rule: Rule, step: int) -> None:
    # McMahan et al., Ad Click Prediction, 2013, Algorithm 1; TensorFlow doubles lambda_2.
    total, linear = slots["accumulator"], slots["linear"]
    root = np.sqrt(total + gradient**2)
    linear += gradient - (root - np.sqrt(total)) / rule.learn_rate * weights
    total += gradient**2
    pull = np.sign(linear) * rule.l1 - linear
    moved = pull / (root / rule.learn_rate + 2.0 * rule.l2)
    weights[:] = np.where(np.abs(linear) > rule.l1, moved, 0.0)


def _rmsprop(weights: Floats, gradient: Floats, slots: Slots, rule: Rule, step: int) -> None:
    mean = slots["rms"]
    mean += 0.1 * (gradient**2 - mean)
    weights -= rule.learn_rate * gradient / np.sqrt(mean + 1e-10)


OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType(
    {
        "adam": Optimizer(_adam, {"m": 0.0, "v": 0.0}, takes_penalty=False),
        "adagrad": Optimizer(_adagrad, {"accumulator": 0.1}, takes_penalty=True),
        "ftrl": Optimizer(_ftrl, {"accumulator": 0.1, "linear": 0.0}, takes_penalty=True),
        "rmsprop": Optimizer(_rmsprop, {"rms": 1.0}, takes_penalty=False),
        "sgd": Optimizer(_sgd, {}, takes_penalty=True),
    }
)
