"""Multi-layer perceptrons, as layers of `scoring.networks`."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sqlglot import exp

from goldloop.scoring.activations import ACTIVATIONS
from goldloop.scoring.expressions import call, case, let, null
from goldloop.scoring.networks import Dense, through
from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.labels import labels
from goldloop.scoring.sklearn.registry import predicts, refusal, refuse_oversized

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
    hidden = [Dense(w, b) for w, b in zip(weights[1:-1], biases[1:-1], strict=True)]
    return [
        _output(network, first.expressions(), hidden, Dense(row[None], np.array([bias])))
        for row, bias in zip(weights[-1], biases[-1], strict=True)
    ]


def _output(
    network: Any, units: list[exp.Expression], layers: list[Dense], output: Dense
) -> exp.Expression:
    """Return the one output over the first hidden layer's sums; NULL if one is."""
    count = exp.Literal.number(len(units))
    whole = exp.EQ(this=call("list_count", exp.column("units")), expression=count)
    activation = ACTIVATIONS[network.activation]
    value = through(
        exp.column("units"), activation, layers, lambda last: output.sums(last).expressions[0]
    )
    return let("units", exp.Array(expressions=units), case([(whole, value)], null()))
