"""A network as tables of its version, and a network that goes on from such tables (WARM_START).

`network` has a row a unit; `network_inputs` a row an encoded column, with the mean and the
standard deviation that its numbers were standardised by. Labels are in their own unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.scoring.activations import Activation
from goldloop.scoring.expressions import literal
from goldloop.scoring.networks import Dense
from goldloop.training.matrix import Floats, Numbers
from goldloop.training.neural.encoding import Encoding
from goldloop.training.neural.network import Network
from goldloop.training.warm_start import Previous

_WIDE = -1
Key = tuple[str, str | None]


@dataclass(frozen=True)
class _Scale:
    """How an encoded column is made of a number; 0 and 1 of a category's."""

    mean: float
    std: float


def stored(network: Network, encoding: Encoding) -> Mapping[str, pa.Table]:
    """Return the tables that say a trained network."""
    layers = [*enumerate(network.layers), *([(_WIDE, network.wide)] if network.wide else [])]
    units = [
        {"layer": layer, "unit": unit, "bias": float(bias), "weights": row}
        for layer, dense in layers
        for unit, (row, bias) in enumerate(zip(dense.weights, dense.bias, strict=True))
    ]
    columns = [
        {"input": name, "category": category, "mean": scale.mean, "std": scale.std}
        for (name, category), scale in _columns(encoding).items()
    ]
    return {
        "network": pa.Table.from_pylist(units, _UNITS),
        "network_inputs": pa.Table.from_pylist(columns, _COLUMNS),
    }


_UNITS = pa.schema(
    [
        ("layer", pa.int32()),
        ("unit", pa.int32()),
        ("bias", pa.float64()),
        ("weights", pa.list_(pa.float64())),
    ]
)
_COLUMNS = pa.schema(
    [
        ("input", pa.string()),
        ("category", pa.string()),
        ("mean", pa.float64()),
        ("std", pa.float64()),
    ]
)


def continued(
    model: str,
    before: Previous,
    encoding: Encoding,
    activation: Activation,
    hidden: Sequence[int] | None,
    gives_inputs: bool = False,
) -> Network:
    """Return the network of the version `before`, over rows encoded by today's statistics.

    It gives the same outputs for the same rows; a category that is new has no weight yet.

    Args:
        model: its name, for errors.
        before: the version to continue.
        encoding: of today's rows.
        activation: of the hidden layers, today's.
        hidden: HIDDEN_UNITS if given.
        gives_inputs: whether the outputs are the encoded columns, as an autoencoder's are.

    Raises:
        TrainingDataError: it has other hidden layers.
    """
    layers = _layers(before.table("network"))
    wide = layers.pop(_WIDE, None)
    ordered = [layers[position] for position in range(len(layers))]
    units = [layer.units for layer in ordered[:-1]]
    fits = all(
        activation.width(below.units) == above.weights.shape[1]
        for below, above in pairwise(ordered)
    )
    if (hidden is not None and list(hidden) != units) or not fits:
        raise TrainingDataError(
            f"Model {model}: warm_start continues version {before.card.version}, whose "
            f"hidden_units are {units}; keep them and the width of activation_fn, or train "
            "without warm_start."
        )
    then = {
        (row["input"], row["category"]): _Scale(row["mean"], row["std"])
        for row in before.table("network_inputs").to_pylist()
    }
    now = _columns(encoding)
    first, *others = ordered
    ordered = [_of_inputs(first, then, now), *others]
    if gives_inputs:
        ordered[-1] = _of_outputs(ordered[-1], then, now)
    return Network(tuple(ordered), activation, _of_inputs(wide, then, now) if wide else None)


def _columns(encoding: Encoding) -> dict[Key, _Scale]:
    found: dict[Key, _Scale] = {}
    for term in encoding.terms:
        if isinstance(term.column, Numbers):
            found[term.name, None] = _Scale(term.column.mean, term.column.std)
            continue
        for level in term.levels or ():
            shown = exp.null() if level is None else literal(level)
            found[term.name, shown.sql("duckdb")] = _Scale(0.0, 1.0)
    return found


def _layers(table: pa.Table) -> dict[int, Dense]:
    rows = sorted(table.to_pylist(), key=lambda row: (row["layer"], row["unit"]))
    layers = {}
    for layer in {row["layer"] for row in rows}:
        own = [row for row in rows if row["layer"] == layer]
        bias = np.array([row["bias"] for row in own])
        layers[layer] = Dense(np.array([row["weights"] for row in own]), bias)
    return layers


def _of_inputs(layer: Dense, then: Mapping[Key, _Scale], now: Mapping[Key, _Scale]) -> Dense:
    """Return the layer over columns scaled as `now`, which was over columns scaled as `then`.

    z_then = z_now std_now / std_then + (mean_now - mean_then) / std_then.
    """
    weights, bias = np.zeros((layer.units, len(now))), layer.bias.copy()
    places = {key: place for place, key in enumerate(then)}
    for column, (key, scale) in enumerate(now.items()):
        if (old := then.get(key)) is not None:
            own: Floats = layer.weights[:, places[key]]
            weights[:, column] = own * (scale.std / old.std)
            bias += own * ((scale.mean - old.mean) / old.std)
    return Dense(weights, bias)


def _of_outputs(layer: Dense, then: Mapping[Key, _Scale], now: Mapping[Key, _Scale]) -> Dense:
    """Return the layer that gives columns scaled as `now`, which gave them scaled as `then`."""
    weights, bias = np.zeros((len(now), layer.weights.shape[1])), np.zeros(len(now))
    places = {key: place for place, key in enumerate(then)}
    for row, (key, scale) in enumerate(now.items()):
        if (old := then.get(key)) is not None:
            ratio = old.std / scale.std
            weights[row] = layer.weights[places[key]] * ratio
            bias[row] = layer.bias[places[key]] * ratio + (old.mean - scale.mean) / scale.std
    return Dense(weights, bias)
