"""A fully connected network over arrays: its layers, a pass forward, the gradients back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from goldloop.scoring.activations import Activation
from goldloop.scoring.networks import Dense
from goldloop.training.matrix import Floats


@dataclass(frozen=True, eq=False)
class Network:
    """Hidden layers under one activation, then an affine output.

    `wide` is a linear model beside them, over the same inputs, added to the
    output (Cheng et al., Wide & Deep Learning for Recommender Systems, 2016).
    """

    layers: tuple[Dense, ...]
    activation: Activation
    wide: Dense | None = None

    def parameters(self) -> list[Floats]:
        """Return the arrays that training changes in place: weights and bias of each layer."""
        layers = (*self.layers, *([self.wide] if self.wide else []))
        return [array for layer in layers for array in (layer.weights, layer.bias)]

    def outputs(self, inputs: Floats) -> Floats:
        """Return the outputs of rows of inputs."""
        return forward(self, inputs).outputs


@dataclass(frozen=True, eq=False)
class Pass:
    """What a pass over a batch leaves for the gradients: each hidden layer's sums and values."""

    inputs: Floats
    sums: list[Floats]
    values: list[Floats]
    kept: list[Floats] = field(default_factory=list)  # dropout's factors of `values`
    outputs: Floats = field(default_factory=lambda: np.empty((0, 0)))


def initial(
    inputs: int,
    hidden: Sequence[int],
    outputs: int,
    activation: Activation,
    random: np.random.Generator,
    is_wide: bool = False,
) -> Network:
    """Return a network as TensorFlow starts its estimators.

    Weights are Glorot-uniform (Glorot & Bengio, 2010), biases and the wide part 0.
    """
    layers, width = [], inputs
    for position, units in enumerate([*hidden, outputs]):
        bound = np.sqrt(6.0 / (width + units))
        layers.append(Dense(random.uniform(-bound, bound, (units, width)), np.zeros(units)))
        width = activation.width(units) if position < len(hidden) else units
    wide = Dense(np.zeros((outputs, inputs)), np.zeros(outputs)) if is_wide else None
    return Network(tuple(layers), activation, wide)


def forward(
    network: Network,
    inputs: Floats,
    dropout: float = 0.0,
    random: np.random.Generator | None = None,
) -> Pass:
    """Return a pass; `dropout` silences that share of each hidden layer and scales the rest."""
    sums: list[Floats] = []
    values: list[Floats] = []
    kept: list[Floats] = []
    last = inputs
    for layer in network.layers[:-1]:
        sums.append(last @ layer.weights.T + layer.bias)
        last = network.activation.layer(sums[-1])
        values.append(last)
        if dropout and random is not None:
            kept.append((random.random(last.shape) >= dropout) / (1.0 - dropout))
            last = last * kept[-1]
    output = network.layers[-1]
    outputs = last @ output.weights.T + output.bias
    if network.wide:
        outputs = outputs + inputs @ network.wide.weights.T + network.wide.bias
    return Pass(inputs, sums, values, kept, outputs)


def gradients(
    network: Network, made: Pass, above: Floats, latent: tuple[int, float] | None = None
) -> list[Floats]:
    """Return the gradients of `network.parameters()`, in their order.

    Args:
        network: the network that made the pass.
        made: the pass.
        above: the gradient of the loss by the outputs.
        latent: a hidden layer and the weight of the mean of its |activations| a row,
            which L1_REG_ACTIVATION adds to the loss.
    """
    found: list[Floats] = []
    down = above
    for position in reversed(range(len(network.layers))):
        below = made.inputs if position == 0 else made.values[position - 1]
        if position and made.kept:
            below = below * made.kept[position - 1]
        found[:0] = [down.T @ below, down.sum(axis=0)]
        if position:
            down = down @ network.layers[position].weights
            if made.kept:
                down = down * made.kept[position - 1]
            if latent and latent[0] == position - 1:
                down = down + latent[1] * np.sign(made.values[position - 1]) / len(down)
            down = network.activation.gradient(made.sums[position - 1], down)
    if network.wide:
        found += [above.T @ made.inputs, above.sum(axis=0)]
    return found
