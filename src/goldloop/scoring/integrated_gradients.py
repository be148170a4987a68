"""Integrated gradients of a network as SQL (Sundararajan et al., Axiomatic Attribution, 2017).

Between the baseline x = 0 (numbers at their mean, no category) and the row, the
first layer's sums are b + a W x: the gradient by them, averaged over the steps a,
gives that of every input at once. Steps are at the midpoints of their intervals.

DuckDB copies what a lambda reads from around it for each time it is named: here
each lambda reads its own parameter, a struct that carries all that is needed below.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from goldloop.scoring.activations import Activation
from goldloop.scoring.expressions import (
    add,
    call,
    doubles,
    field,
    let,
    multiply,
    struct,
    transformed,
)
from goldloop.scoring.networks import Dense, activated, dot

Floats = NDArray[np.float64]
_TAPE = exp.column("tape")
_STATE = exp.column("state")


def gradient_lists(
    inputs: exp.Expression, layers: Sequence[Dense], activation: Activation, steps: int
) -> exp.Expression:
    """Return for each output the list of its mean gradients by the inputs along the path.

    Args:
        inputs: the column of a row's encoded inputs, a list.
        layers: the hidden layers and the output.
        activation: of the hidden layers.
        steps: how many points of the path are averaged.
    """
    first, last = layers[0], layers[-1]
    path = exp.Array(expressions=[dot(inputs, row) for row in first.weights])
    points = doubles((np.arange(steps) + 0.5) / steps)
    found = transformed(points, "a", _at_point(layers, activation))
    total = _list_total(found)
    by_input = exp.Array(
        expressions=[dot(exp.column("total"), row / steps) for row in first.weights.T]
    )
    of_output = let("total", total, by_input)
    seeds = exp.Array(expressions=[doubles(row) for row in last.weights])
    start = struct({"sums": exp.column("path_sums"), "seed": exp.column("seed")})
    return let("path_sums", path, transformed(seeds, "seed", let("path", start, of_output)))


def _at_point(layers: Sequence[Dense], activation: Activation) -> exp.Expression:
    """Return the gradient by the first sums of output `path.seed` at the point `a`."""
    pair, path = exp.column("p"), exp.column("path")
    scaled = add(multiply(_item(pair, 1), exp.column("a")), _item(pair, 2))
    sums = transformed(call("list_zip", field(path, "sums"), doubles(layers[0].bias)), "p", scaled)
    tape = struct({"sum_1": sums, "above": field(path, "seed")})
    return let("tape", tape, _up(layers, activation, 1))


def _up(layers: Sequence[Dense], activation: Activation, depth: int) -> exp.Expression:
    """Add the sums of the layer after `depth` to the tape; from the last one go down."""
    if depth == len(layers) - 1:
        return _down(layers, activation, depth)
    known = [f"sum_{k}" for k in range(1, depth + 1)]
    values = activated(field(_TAPE, known[-1]), activation)
    state = {**_kept(_TAPE, [*known, "above"]), "values": values}
    sums = layers[depth].sums(field(_STATE, "values"))
    tape = {**_kept(_STATE, [*known, "above"]), f"sum_{depth + 1}": sums}
    return let(
        "state", struct(state), let("tape", struct(tape), _up(layers, activation, depth + 1))
    )


def _down(layers: Sequence[Dense], activation: Activation, depth: int) -> exp.Expression:
    """Return the gradient by the first sums, `above` being that by layer `depth`'s values."""
    gradient = _by_sums(
        activation, layers[depth - 1].units, field(_TAPE, f"sum_{depth}"), field(_TAPE, "above")
    )
    if depth == 1:
        return gradient
    known = [f"sum_{k}" for k in range(1, depth)]
    state = {**_kept(_TAPE, known), "slopes": gradient}
    below = [dot(field(_STATE, "slopes"), row) for row in layers[depth - 1].weights.T]
    tape = {**_kept(_STATE, known), "above": exp.Array(expressions=below)}
    return let(
        "state", struct(state), let("tape", struct(tape), _down(layers, activation, depth - 1))
    )


def _by_sums(
    activation: Activation, units: int, sums: exp.Expression, above: exp.Expression
) -> exp.Expression:
    """Return the gradient by a layer's sums, given that by its values."""
    pair = exp.column("p")
    slope = multiply(exp.Paren(this=activation.slope_sql(_item(pair, 1))), _item(pair, 2))
    if not activation.is_mirrored:
        return transformed(call("list_zip", sums, above), "p", slope)
    minus_z = exp.Paren(this=exp.Neg(this=_item(pair, 1)))
    mirrored = multiply(exp.Paren(this=activation.slope_sql(minus_z)), _item(pair, 3))
    halves = [
        call("list_slice", above.copy(), _integer(first), _integer(last))
        for first, last in ((1, units), (units + 1, 2 * units))
    ]
    both = exp.Sub(this=slope, expression=mirrored)
    return transformed(call("list_zip", sums, *halves), "p", both)


def _kept(source: exp.Expression, names: Sequence[str]) -> dict[str, exp.Expression]:
    return {name: field(source, name) for name in names}


def _list_total(lists: exp.Expression) -> exp.Expression:
    """Return the sum, item by item, of one or more lists of one length."""
    pair = exp.column("p")
    both = call("list_zip", exp.column("so_far"), exp.column("each"))
    body = transformed(both, "p", add(_item(pair, 1), _item(pair, 2)))
    names = [exp.to_identifier("so_far"), exp.to_identifier("each")]
    return call("list_reduce", lists, exp.Lambda(this=body, expressions=names))


def _item(pair: exp.Expression, position: int) -> exp.Expression:
    return call("struct_extract", pair.copy(), _integer(position))


def _integer(value: int) -> exp.Expression:
    return exp.Literal.number(value)
