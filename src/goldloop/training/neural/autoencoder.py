"""AUTOENCODER: a network that gives back its inputs through a narrow layer, the latent space."""

from __future__ import annotations

import numpy as np
from sqlglot import exp

from goldloop.scoring.activations import ACTIVATIONS
from goldloop.scoring.expressions import call, let
from goldloop.scoring.networks import through
from goldloop.scoring.prediction import Fields
from goldloop.training.anomalies import training_scores
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted
from goldloop.training.neural.encoding import encode
from goldloop.training.neural.network import Network, initial
from goldloop.training.neural.recipe import SEED, hidden_units, recipe, trained
from goldloop.training.neural.reconstruction import reconstruction
from goldloop.training.neural.scoring import INPUTS
from goldloop.training.neural.storage import continued, stored
from goldloop.training.neural.trainer import Rows
from goldloop.training.warm_start import previous


def fit(sample: Sample) -> Fitted:
    """Minimise the mean squared error of the encoded columns; the middle layer is latent.

    `reconstruct` is the part that gives a row's losses.
    """
    options, random = sample.options, np.random.default_rng(SEED)
    encoding = encode(sample)
    width = encoding.width
    activation, before = ACTIVATIONS[options["activation_fn"]], previous(sample)
    units = hidden_units(options, len(encoding.matrix), width, width)
    if before:
        network = continued(
            options.model,
            before,
            encoding,
            activation,
            options["hidden_units"],
            gives_inputs=True,
        )
        units = [layer.units for layer in network.layers[:-1]]
    else:
        network = initial(width, units, width, activation, random)
    middle = len(units) // 2
    penalty = options["l1_reg_activation"]
    how = recipe(
        options, len(encoding.matrix), "squared_error", (middle, penalty) if penalty else None
    )
    rows = Rows(encoding.matrix, encoding.matrix, np.ones(len(encoding.matrix)))
    details = trained(sample, network, rows, None, how, random, before=before)
    latent = let("inputs", encoding.sql(), _latent(network, middle))
    columns = {
        f"latent_col_{i}": call("list_extract", exp.column("latent"), exp.Literal.number(i))
        for i in range(1, units[middle] + 1)
    }
    losses = reconstruction(network, encoding, len(sample.data.features))
    error = call("struct_extract", losses, exp.Literal.string("mean_squared_error"))
    return Fitted(
        Fields(columns, {"latent": latent}),
        "autoencoder",
        details=details,
        functions={"reconstruct": losses.copy(), "embedding": latent.copy()},
        tables={**stored(network, encoding), **training_scores(sample, error)},
    )


def _latent(network: Network, middle: int) -> exp.Expression:
    first, *later = network.layers[: middle + 1]
    return through(first.sums(INPUTS), network.activation, later, lambda values: values)
