"""Affine maps of a row's columns, which compose as matrices before they become SQL.

A scaler, a projection and a logistic regression fold into one weight per column
and score. Column i of a map is `bias[i] + sum_j weights[i, j] * (base_j - origin_j)`;
the origin keeps the digits of a scaled column whose mean is large (a timestamp).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from sqlglot import exp

from goldloop.scoring.bases import (
    Base,
    Element,
    Lookup,
    Scalar,
    base_expression,
    dot_product,
    lookup_expression,
    presence,
)
from goldloop.scoring.expressions import balanced_sum, double, multiply, subtract
from goldloop.scoring.prediction import Label

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Affine:
    """Columns that are affine in `bases`; every method returns a new map."""

    bases: tuple[Base, ...]
    origin: Vector
    weights: sparse.csr_array
    bias: Vector

    @classmethod
    def identity(cls, bases: Sequence[Base]) -> Affine:
        """Return the map whose columns are `bases` themselves."""
        n = len(bases)
        weights = sparse.eye_array(n, format="csr", dtype=np.float64)
        return cls(tuple(bases), np.zeros(n), sparse.csr_array(weights), np.zeros(n))

    @classmethod
    def stacked(cls, maps: Sequence[Affine]) -> Affine:
        """Return the columns of `maps` side by side."""
        if not maps:
            return cls.identity([])
        return cls(
            tuple(base for affine in maps for base in affine.bases),
            np.concatenate([affine.origin for affine in maps]),
            sparse.csr_array(sparse.block_diag([affine.weights for affine in maps], format="csr")),
            np.concatenate([affine.bias for affine in maps]),
        )

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.bias)

    @property
    def terms(self) -> NDArray[np.int64]:
        """The number of weights in each column, which is what its SQL costs."""
        return np.diff(self.weights.indptr).astype(np.int64)

    def presence(self) -> list[exp.Expression]:
        """Return the conditions that together say no column is NULL or NaN."""
        used = (self.bases[j] for j in np.unique(self.weights.indices))
        conditions = (presence(base) for base in used)
        return list(dict.fromkeys(condition for condition in conditions if condition))

    def selected(self, columns: Sequence[int]) -> Affine:
        """Return the columns at `columns`, in that order, over the bases they use."""
        weights = self.weights[list(columns), :]
        used = np.unique(weights.indices)
        return Affine(
            tuple(self.bases[j] for j in used),
            self.origin[used],
            sparse.csr_array(weights[:, used]),
            self.bias[list(columns)],
        )

    def shifted(self, by: ArrayLike) -> Affine:
        """Return the columns minus `by`."""
        shift = np.broadcast_to(np.asarray(by, dtype=np.float64), (self.width,))
        plain = self._plain_columns()
        origin, bias = self.origin.copy(), self.bias.copy()
        for row, base in enumerate(plain):
            if base >= 0:
                origin[base] = shift[row]
            else:
                bias[row] -= shift[row]
        return replace(self, origin=origin, bias=bias)

    def scaled(self, factors: ArrayLike) -> Affine:
        """Return the columns times `factors`."""
        scale = np.broadcast_to(np.asarray(factors, dtype=np.float64), (self.width,))
        weights = sparse.csr_array(sparse.diags_array(scale) @ self.weights)
        return replace(self, weights=weights, bias=self.bias * scale)

    def mapped(self, matrix: ArrayLike, bias: ArrayLike = 0.0) -> Affine:
        """Return `matrix @ columns + bias`, one new column per row of `matrix`."""
        dense = np.atleast_2d(np.asarray(matrix, dtype=np.float64))
        shift = np.broadcast_to(np.asarray(bias, dtype=np.float64), (len(dense),))
        weights = sparse.csr_array(sparse.csr_array(dense) @ self.weights)
        return replace(self, weights=weights, bias=dense @ self.bias + shift)

    def expressions(self) -> list[exp.Expression]:
        """Return each column as a DOUBLE expression; zero weights leave no term.

        NULL in a column that has a weight gives NULL.
        """
        return [self._expression(row) for row in range(self.width)]

    def _plain_columns(self) -> list[int]:
        """Return for each column the scalar base that it alone is, or -1."""
        uses = np.bincount(self.weights.indices, minlength=len(self.bases))
        plain = []
        for row in range(self.width):
            start, end = self.weights.indptr[row : row + 2]
            base = int(self.weights.indices[start]) if end - start == 1 else -1
            is_plain = (
                base >= 0
                and self.weights.data[start] == 1.0
                and self.bias[row] == 0.0
                and self.origin[base] == 0.0
                and uses[base] == 1
                and isinstance(self.bases[base], Scalar)
            )
            plain.append(base if is_plain else -1)
        return plain

    def _expression(self, row: int) -> exp.Expression:
        start, end = self.weights.indptr[row : row + 2]
        weighted = [
            (self.bases[j], float(weight), float(self.origin[j]))
            for j, weight in zip(
                self.weights.indices[start:end], self.weights.data[start:end], strict=True
            )
            if weight != 0.0
        ]
        bias = float(self.bias[row])
        scalars, arrays, lookups = _grouped(weighted)
        terms = [_weighted(base, weight, origin) for base, weight, origin in scalars]
        for array, elements in arrays.items():
            weights = [0.0] * elements[0][0].width
            for element, weight, origin in elements:
                weights[element.index] += weight
                bias -= weight * origin
            terms.append(dot_product(array, weights))
        terms += [_merged(group) for group in lookups.values()]
        if bias or not terms:
            terms.append(double(bias))
        total = balanced_sum(terms)
        return exp.Paren(this=total) if isinstance(total, exp.Mul) else total


Weighted = tuple[Base, float, float]


def _grouped(
    weighted: Sequence[Weighted],
) -> tuple[
    list[tuple[Scalar, float, float]],
    dict[exp.Expression, list[tuple[Element, float, float]]],
    dict[tuple[exp.Expression, frozenset[Label | None]], list[tuple[Lookup, float, float]]],
]:
    """Split terms into scalars, elements by array, and lookups by column and keys."""
    scalars = []
    arrays = defaultdict(list)
    lookups = defaultdict(list)
    for base, weight, origin in weighted:
        match base:
            case Scalar():
                scalars.append((base, weight, origin))
            case Element():
                arrays[base.array].append((base, weight, origin))
            case Lookup():
                lookups[base.key, frozenset(base.values)].append((base, weight, origin))
    return scalars, arrays, lookups


def _weighted(base: Scalar, weight: float, origin: float) -> exp.Expression:
    expression = base_expression(base)
    if origin:
        expression = subtract(expression, double(origin))
    return expression if weight == 1.0 else multiply(double(weight), expression)


def _merged(group: Sequence[tuple[Lookup, float, float]]) -> exp.Expression:
    """Return one lookup for a weighted sum of lookups of the same column."""
    first = group[0][0]
    values = {
        key: _sum([(base.values[key], weight, origin) for base, weight, origin in group])
        for key in first.values
    }
    otherwise = _sum([(base.otherwise, weight, origin) for base, weight, origin in group])
    return lookup_expression(first.key, values, otherwise)


def _sum(parts: Sequence[tuple[float | None, float, float]]) -> float | None:
    total = 0.0
    for value, weight, origin in parts:
        if value is None:
            return None
        total += weight * (value - origin)
    return total
