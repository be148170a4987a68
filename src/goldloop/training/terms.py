"""The columns of a standardised design matrix: what GLMs and k-means learn from, and their SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlglot import exp

from goldloop.scoring.expressions import balanced_sum, call, case, double, is_null, literal
from goldloop.scoring.prediction import Label
from goldloop.training.inputs import InputKind
from goldloop.training.matrix import NULL_FILLER, Categories, Column, Floats, Numbers


@dataclass(frozen=True)
class Term:
    """The design-matrix columns of one input: `levels` is None for a number.

    A level that dummy encoding dropped has no column, scores 0 and is in `dropped`.
    """

    column: Column
    levels: tuple[Label | None, ...] | None
    matrix: Floats
    dropped: tuple[Label | None, ...] = ()

    @property
    def name(self) -> str:
        """Return the input's name."""
        return self.column.input.name

    @property
    def width(self) -> int:
        """Return the number of design-matrix columns."""
        return self.matrix.shape[1]

    @property
    def feature(self) -> str:
        """Return what the input's weights and attributions are shown under."""
        return self.column.input.feature

    def encoded(self, column: Column) -> Floats:
        """Return the design-matrix columns of other rows of the same input."""
        if isinstance(column, Numbers):
            return column.standardized()[:, None]
        assert isinstance(self.column, Categories)
        kept = [i for i, level in enumerate(column.levels()) if level not in self.dropped]
        return column.one_hot()[:, kept]

    def weighted(self, weights: Floats) -> exp.Expression:
        """Return the SQL of this term's part of the sum: columns times `weights`."""
        if isinstance(self.column, Numbers):
            return call(
                "coalesce",
                exp.Mul(
                    this=exp.paren(_centred(self.column)),
                    expression=double(float(weights[0]) / self.column.std),
                ),
                double(float(weights[0]) * self.column.fill),
            )
        return self._case([float(weight) for weight in weights], 0.0)

    def columns_sql(self) -> list[exp.Expression]:
        """Return the SQL of this term's columns, one DOUBLE each."""
        if isinstance(self.column, Numbers):
            return [call("coalesce", standard_score(self.column), double(self.column.fill))]
        assert self.levels is not None
        source = self.column.input.expression
        return [
            case([(has_level(source, level), double(1.0))], double(0.0)) for level in self.levels
        ]

    def squared_distance(self, centre: Floats) -> exp.Expression:
        """Return the SQL of the squared distance of this term's columns to `centre`."""
        if isinstance(self.column, Numbers):
            z = call("coalesce", standard_score(self.column), double(self.column.fill))
            gap = exp.paren(exp.Sub(this=z, expression=double(float(centre[0]))))
            return exp.Mul(this=gap, expression=gap.copy())
        total = float((centre**2).sum())
        return self._case([total - float(c) ** 2 + (1 - float(c)) ** 2 for c in centre], total)

    def columns(self) -> list[exp.Expression]:
        """Return the SQL of each of this term's columns."""
        if isinstance(self.column, Numbers):
            return [self.weighted(np.ones(1))]
        source, one, zero = self.column.input.expression, double(1.0), double(0.0)
        return [
            case([(has_level(source, level), one.copy())], zero.copy())
            for level in self.levels or ()
        ]

    def squared_norm(self) -> exp.Expression:
        """Return the SQL of the squared length of this term's columns."""
        return self.squared_distance(np.zeros(self.width))

    def _case(self, values: Sequence[float], otherwise: float) -> exp.Expression:
        assert self.levels is not None
        source = self.column.input.expression
        branches = (
            (has_level(source, level), double(value))
            for level, value in zip(self.levels, values, strict=True)
        )
        return case(branches, double(otherwise)) if self.levels else double(otherwise)


def has_level(source: exp.Expression, level: Label | None) -> exp.Expression:
    """Return whether the category `source` is `level`, None being NULL."""
    if level is None:
        return is_null(source.copy())
    return exp.EQ(this=source.copy(), expression=literal(level))


def level_name(level: Label | None) -> str:
    """Return the category as BigQuery ML shows it."""
    return NULL_FILLER if level is None else str(level)


def standard_score(column: Numbers) -> exp.Expression:
    """Return (x - mean) / std of a number, NULL where it is NULL."""
    if column.input.kind is InputKind.FLAG:
        return column.input.expression.copy()
    return exp.Div(this=exp.paren(_centred(column)), expression=double(column.std))


def _centred(column: Numbers) -> exp.Expression:
    return exp.Sub(this=column.input.expression.copy(), expression=double(column.mean))


def terms(
    columns: Sequence[Column], drop_most_frequent: bool = False, standardize: bool = True
) -> list[Term]:
    """Return the terms of `columns`, numbers standardised unless told otherwise.

    `drop_most_frequent` is BigQuery ML's DUMMY_ENCODING.
    """
    found = []
    for column in columns:
        if isinstance(column, Numbers):
            if not standardize:
                column = column.raw()
            found.append(Term(column, None, column.standardized()[:, None]))
            continue
        matrix, levels, dropped = column.one_hot(), column.levels(), []
        if drop_most_frequent and len(levels) > 1:
            position = int(matrix.sum(axis=0).argmax())
            matrix = np.delete(matrix, position, axis=1)
            dropped = [levels.pop(position)]
        found.append(Term(column, tuple(levels), matrix, tuple(dropped)))
    return found


def design_matrix(found: Sequence[Term]) -> Floats:
    """Return the columns of all terms side by side, without an intercept."""
    return np.hstack([term.matrix for term in found])


def linear_score(found: Sequence[Term], weights: Floats, intercept: float) -> exp.Expression:
    """Return intercept + the weighted sum of all terms' columns, as balanced SQL."""
    parts: list[exp.Expression] = [double(intercept)]
    start = 0
    for term in found:
        parts.append(term.weighted(weights[start : start + term.width]))
        start += term.width
    return balanced_sum(parts)
