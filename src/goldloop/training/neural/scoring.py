"""A trained network as SQL over the row."""

from __future__ import annotations

from sqlglot import exp

from goldloop.scoring.expressions import add, call, let, transformed
from goldloop.scoring.networks import through
from goldloop.training.neural.encoding import Encoding
from goldloop.training.neural.network import Network

INPUTS = exp.column("inputs")


def outputs(network: Network, encoding: Encoding) -> exp.Expression:
    """Return the list of a network's outputs over the row."""
    return let("inputs", encoding.sql(), over(network, INPUTS))


def output(network: Network, encoding: Encoding) -> exp.Expression:
    """Return the only output of a network over the row."""
    return call("list_extract", outputs(network, encoding), exp.Literal.number(1))


def over(network: Network, inputs: exp.Expression) -> exp.Expression:
    """Return the list of a network's outputs over the list column `inputs`."""
    first, *later, last = network.layers
    deep = through(first.sums(inputs), network.activation, later, last.sums)
    if network.wide is None:
        return deep
    pair = exp.column("p")
    one, other = (call("struct_extract", pair, exp.Literal.number(n)) for n in (1, 2))
    return transformed(call("list_zip", deep, network.wide.sums(inputs)), "p", add(one, other))
