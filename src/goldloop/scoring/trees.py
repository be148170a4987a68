"""Decision trees as CASE expressions, with the library's own direction of missing values.

A missing value is NULL or NaN: both make the condition of a WHEN not true, so the
condition is written such that they fall through to the side they belong to.
DuckDB orders NaN above infinity, which is why it needs no test of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from goldloop.scoring.expressions import any_of, case, double, infinity, is_null

# Nested CASE up to here; deeper trees are written as chains, whose nesting grows
# with the logarithm of the leaves: parsers and generators recurse.
NESTED_DEPTH = 24


@dataclass(frozen=True)
class Leaf:
    """The value a tree ends in."""

    value: float


@dataclass(frozen=True)
class Split:
    """`inputs[feature] < threshold` goes left; missing values go where `missing_left` says.

    `threshold` is a double (see `thresholds`); an infinite one separates missing
    values from all others.
    """

    feature: int
    threshold: float
    missing_left: bool
    left: Node
    right: Node


Node = Split | Leaf


def tree(root: Node, inputs: Sequence[exp.Expression]) -> exp.Expression:
    """Return the DOUBLE that `root` gives for the row whose features are `inputs`.

    The inputs are repeated at every split: they should be columns or cheap.
    """
    leaves, depth = _measure(root)
    return _case(root, inputs, leaves, chained=depth > NESTED_DEPTH)


def _case(
    root: Node, inputs: Sequence[exp.Expression], leaves: dict[int, int], chained: bool
) -> exp.Expression:
    """Return one CASE whose WHENs are the splits along a path from `root` to a leaf.

    The path follows the missing side (plain conditions) or, when `chained`, the
    child with more leaves, so that what is nested has at most half of them.
    """
    branches: list[tuple[exp.Expression, exp.Expression]] = []
    node = root
    while isinstance(node, Split):
        if _is_decided(node):
            node = node.left if node.missing_left else node.right
            continue
        follows_left = node.missing_left
        if chained:
            follows_left = leaves[id(node.left)] >= leaves[id(node.right)]
        aside, following = (node.right, node.left) if follows_left else (node.left, node.right)
        condition = _goes_right(node, inputs) if follows_left else _goes_left(node, inputs)
        branches.append((condition, _case(aside, inputs, leaves, chained)))
        node = following
    leaf = double(node.value)
    return case(branches, leaf) if branches else leaf


def _is_decided(split: Split) -> bool:
    """Return whether every value, missing or not, goes to the same side."""
    return split.threshold == (math.inf if split.missing_left else -math.inf)


def _goes_left(split: Split, inputs: Sequence[exp.Expression]) -> exp.Expression:
    value = inputs[split.feature]
    if split.threshold == -math.inf:
        return _is_missing(value)
    if split.threshold == math.inf:
        return _is_present(value)
    below = exp.LT(this=value.copy(), expression=double(split.threshold))
    return any_of([below, _is_missing(value)]) if split.missing_left else below


def _goes_right(split: Split, inputs: Sequence[exp.Expression]) -> exp.Expression:
    value = inputs[split.feature]
    if split.threshold == math.inf:
        return _is_missing(value)
    if split.threshold == -math.inf:
        return _is_present(value)
    if split.missing_left:
        return exp.Between(this=value.copy(), low=double(split.threshold), high=infinity())
    at_least = exp.GTE(this=value.copy(), expression=double(split.threshold))
    return any_of([at_least, is_null(value.copy())])


def _is_present(value: exp.Expression) -> exp.Expression:
    return exp.LTE(this=value.copy(), expression=infinity())


def _is_missing(value: exp.Expression) -> exp.Expression:
    is_nan = exp.GT(this=value.copy(), expression=infinity())
    return any_of([is_null(value.copy()), is_nan])


def _measure(root: Node) -> tuple[dict[int, int], int]:
    """Return the number of leaves under each node (by id) and the depth; no recursion."""
    order: list[tuple[Node, int]] = []
    waiting: list[tuple[Node, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        order.append((node, depth))
        if isinstance(node, Split):
            waiting += [(node.left, depth + 1), (node.right, depth + 1)]
    leaves: dict[int, int] = {}
    for node, _ in reversed(order):
        leaves[id(node)] = (
            leaves[id(node.left)] + leaves[id(node.right)] if isinstance(node, Split) else 1
        )
    return leaves, max(depth for _, depth in order)
