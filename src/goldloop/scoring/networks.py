"""Fully connected layers as SQL: a layer is a list of DOUBLEs, bound once for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from goldloop.scoring.activations import Activation
from goldloop.scoring.expressions import add, call, double, doubles, let, transformed

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Dense:
    """W x + b: `weights` has a row a unit, a column an input."""

    weights: Floats
    bias: Floats

    @property
    def units(self) -> int:
        """The number of outputs."""
        return len(self.bias)

    def sums(self, inputs: exp.Expression) -> exp.Expression:
        """Return the list W x + b over the list column `inputs`."""
        return exp.Array(
            expressions=[
                add(dot(inputs, row), double(bias))
                for row, bias in zip(self.weights, self.bias, strict=True)
            ]
        )


def dot(values: exp.Expression, weights: Floats) -> exp.Expression:
    """Return the dot product of a list of DOUBLEs with constant weights."""
    return call("list_dot_product", values.copy(), doubles(weights))


def through(
    sums: exp.Expression,
    activation: Activation,
    layers: Sequence[Dense],
    then: Callable[[exp.Expression], exp.Expression],
    depth: int = 1,
) -> exp.Expression:
    """Return `then` of the last hidden layer's activations.

    Args:
        sums: the list of the first hidden layer's weighted sums.
        activation: of every hidden layer.
        layers: the further hidden layers.
        then: is given the column that the activations are bound to.
        depth: how many layers are bound already.

    `list_dot_product` fails on a NULL even where a CASE has set the row aside, so
    an activation that is NULL counts as zero.
    """
    name = f"layer_{depth}"
    column = exp.column(name)
    if layers:
        following, *later = layers
        body = through(following.sums(column), activation, later, then, depth + 1)
    else:
        body = then(column)
    return let(name, activated(sums, activation), body)


def activated(sums: exp.Expression, activation: Activation) -> exp.Expression:
    """Return the list of activations of the list `sums`."""
    z = exp.column("z")
    if not activation.is_mirrored:
        return transformed(sums, "z", _present(activation.value_sql(z)))
    minus_z = exp.Paren(this=exp.Neg(this=z.copy()))
    both = [
        transformed(exp.column("s"), "z", _present(activation.value_sql(each)))
        for each in (z, minus_z)
    ]
    return let("s", sums, call("list_concat", *both))


def _present(value: exp.Expression) -> exp.Expression:
    return exp.Coalesce(this=value, expressions=[double(0.0)])
