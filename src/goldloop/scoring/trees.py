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

from goldloop.scoring.expressions import (
    any_of,
    call,
    case,
    double,
    infinity,
    is_null,
    is_present,
    literal,
)
from goldloop.scoring.prediction import Label

# Nested CASE up to here; deeper trees are written as chains, whose nesting grows
# with the logarithm of the leaves: parsers and generators recurse.
NESTED_DEPTH = 24
# DuckDB plans an IN (or list_contains) of so many constants as a join, one a split.
JOINED_IN = 5


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


@dataclass(frozen=True)
class Numbered:
    """A category as a number: that of its level in `numbers`, `otherwise` for any other.

    Without `numbers` the first of `levels` (None is NULL) is 1 and so on. Splits on it
    name the categories, which is shorter and faster than comparing numbers.
    """

    category: exp.Expression
    levels: tuple[Label | None, ...]
    numbers: tuple[float, ...] | None = None
    otherwise: float = 0.0

    def numbered(self) -> list[tuple[Label | None, float]]:
        """Return each level with its number."""
        numbers = self.numbers or range(1, len(self.levels) + 1)
        return [(level, float(n)) for level, n in zip(self.levels, numbers, strict=True)]


TreeInput = exp.Expression | Numbered


def tree(root: Node, inputs: Sequence[TreeInput]) -> exp.Expression:
    """Return the DOUBLE that `root` gives for the row whose features are `inputs`.

    The inputs are repeated at every split: they should be columns or cheap.
    """
    leaves, depth = _measure(root)
    return _case(root, inputs, leaves, chained=depth > NESTED_DEPTH)


def _case(
    root: Node, inputs: Sequence[TreeInput], leaves: dict[int, int], chained: bool
) -> exp.Expression:
    """Return one CASE whose WHENs are the splits along a path from `root` to a leaf.

    The path follows the missing side (plain conditions) or, when `chained`, the
    child with more leaves, so that what is nested has at most half of them.
    """
    branches: list[tuple[exp.Expression, exp.Expression]] = []
    node = root
    while isinstance(node, Split):
        value = inputs[node.feature]
        decided = _decided(node, value)
        if decided is not None:
            node = decided
            continue
        follows_left = node.missing_left or isinstance(value, Numbered)
        if chained:
            follows_left = leaves[id(node.left)] >= leaves[id(node.right)]
        aside, following = (node.right, node.left) if follows_left else (node.left, node.right)
        if isinstance(value, Numbered):
            condition = _is_among(value, node.threshold, follows_left)
        else:
            condition = _goes_right(node, value) if follows_left else _goes_left(node, value)
        branches.append((condition, _case(aside, inputs, leaves, chained)))
        node = following
    leaf = double(node.value)
    return case(branches, leaf) if branches else leaf


def _decided(split: Split, value: TreeInput) -> Node | None:
    """Return the side that every value, missing or not, goes to; None when both are taken."""
    if isinstance(value, Numbered):
        numbers = [value.otherwise, *(number for _, number in value.numbered())]
        if min(numbers) >= split.threshold:
            return split.right
        return split.left if max(numbers) < split.threshold else None
    if split.threshold == (math.inf if split.missing_left else -math.inf):
        return split.left if split.missing_left else split.right
    return None


def _is_among(value: Numbered, threshold: float, wanted: bool) -> exp.Expression:
    """Return whether the number is at least `threshold`, or, if not `wanted`, whether it is not."""
    # Named are those on the side where unnamed values are not.
    names_lower = value.otherwise >= threshold
    levels = [level for level, number in value.numbered() if (number < threshold) is names_lower]
    known = [literal(level) for level in levels if level is not None]
    conditions: list[exp.Expression] = []
    if len(known) == 1:
        conditions.append(exp.EQ(this=value.category.copy(), expression=known[0]))
    elif 1 < len(known) < JOINED_IN:
        conditions.append(exp.In(this=value.category.copy(), expressions=known))
    elif known:
        position = call("list_position", exp.Array(expressions=known), value.category.copy())
        conditions.append(exp.GT(this=position, expression=exp.Literal.number(0)))
    if None in levels:
        conditions.append(is_null(value.category.copy()))
    found = any_of(conditions)
    if wanted is not names_lower:
        return found
    return exp.Not(this=call("coalesce", found, exp.false()))


def _goes_left(split: Split, value: exp.Expression) -> exp.Expression:
    if split.threshold == -math.inf:
        return _is_missing(value)
    if split.threshold == math.inf:
        return is_present(value)
    below = exp.LT(this=value.copy(), expression=double(split.threshold))
    return any_of([below, _is_missing(value)]) if split.missing_left else below


def _goes_right(split: Split, value: exp.Expression) -> exp.Expression:
    if split.threshold == math.inf:
        return _is_missing(value)
    if split.threshold == -math.inf:
        return is_present(value)
    if split.missing_left:
        return exp.Between(this=value.copy(), low=double(split.threshold), high=infinity())
    at_least = exp.GTE(this=value.copy(), expression=double(split.threshold))
    return any_of([at_least, is_null(value.copy())])


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
