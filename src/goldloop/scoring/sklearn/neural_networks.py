"""Multi-layer perceptrons: each layer is a list, bound once for the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sqlglot import exp

from goldloop.scoring.expressions import (
    add,
    call,
    case,
    double,
    let,
    logistic,
    null,
    transformed,
)
from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.labels import labels
from goldloop.scoring.sklearn.registry import predicts, refusal, refuse_oversized


def _relu(z: exp.Expression) -> exp.Expression:
    """Return z unless it is negative; NULL stays NULL."""
    return case([(exp.LT(this=z, expression=double(0.0)), double(0.0))], z.copy())


ACTIVATIONS: Mapping[str, Callable[[exp.Expression], exp.Expression]] = {
    "identity": lambda z: z,
    "logistic": logistic,
    "relu": _relu,
    "tanh": lambda z: call("tanh", z),
}
LINKS = {"logistic": Link.LOGISTIC, "softmax": Link.SOFTMAX}


@predicts(MLPRegressor)
def mlp_regressor(network: MLPRegressor, frame: Frame) -> Regression:
    """Give W_n act(… act(W_1 x + b_1) …) + b_n, or its exponential for the Poisson loss."""
    if network.n_outputs_ > 1:
        raise refusal(network, f"it predicts {network.n_outputs_} targets, one is supported")
    (score,) = _scores(network, frame)
    return Regression(exp.Exp(this=score) if network.out_activation_ == "exp" else score)


@predicts(MLPClassifier)
def mlp_classifier(network: MLPClassifier, frame: Frame) -> Classification:
    """The logistic or softmax of W_n act(… act(W_1 x + b_1) …) + b_n (sklearn.neural_network)."""
    if network.out_activation_ == "logistic" and network.n_outputs_ > 1:
        raise refusal(network, "it predicts several labels at once, one is supported")
    scores = _scores(network, frame)
    return Classification(labels(network), tuple(scores), LINKS[network.out_activation_])


def _scores(network: Any, frame: Frame) -> list[exp.Expression]:
    """Return the outputs before their activation; each carries the hidden layers with it."""
    weights = [np.asarray(layer, dtype=np.float64).T for layer in network.coefs_]
    biases = network.intercepts_
    first = frame.numbers.mapped(weights[0], biases[0])
    later = sum(layer.size for layer in weights[1:])
    refuse_oversized(network, len(weights[-1]) * (first.terms.sum() + later))
    if len(weights) == 1:
        return first.expressions()
    return [
        _output(network, first.expressions(), [*weights[1:-1], row[None]], [*biases[1:-1], [bias]])
        for row, bias in zip(weights[-1], biases[-1], strict=True)
    ]


def _output(
    network: Any, units: list[exp.Expression], weights: list[np.ndarray], biases: list[Any]
) -> exp.Expression:
    """Return the one output of `weights` over the first hidden layer; NULL if a unit is."""
    count = exp.Literal.number(len(units))
    whole = exp.EQ(this=call("list_count", exp.column("units")), expression=count)
    layers = _layers(network, exp.column("units"), weights, biases)
    return let("units", exp.Array(expressions=units), case([(whole, layers)], null()))


def _layers(
    network: Any,
    units: exp.Expression,
    weights: list[np.ndarray],
    biases: list[Any],
    depth: int = 1,
) -> exp.Expression:
    """Return the output over the list `units`, whose activations are bound to a name.

    `list_dot_product` fails on a NULL even where a CASE has set the row aside, so
    the activations of rows that have one become zero.
    """
    activated = ACTIVATIONS[network.activation](exp.column("z"))
    layer = transformed(units, "z", exp.Coalesce(this=activated, expressions=[double(0.0)]))
    name = f"layer_{depth}"
    following = [
        add(_dot(name, row), double(bias)) for row, bias in zip(weights[0], biases[0], strict=True)
    ]
    if len(weights) == 1:
        return let(name, layer, following[0])
    later = exp.Array(expressions=following)
    return let(name, layer, _layers(network, later, weights[1:], biases[1:], depth + 1))


def _dot(name: str, weights: np.ndarray) -> exp.Expression:
    values = exp.Array(expressions=[double(weight) for weight in weights])
    return call("list_dot_product", exp.column(name), values)
