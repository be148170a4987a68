"""The columns that linear forms are made of: numbers, elements of arrays, category tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from goldloop.scoring.expressions import (
    call,
    case,
    double,
    infinity,
    is_null,
    literal,
    null,
    transformed,
)
from goldloop.scoring.prediction import Label


@dataclass(frozen=True)
class Scalar:
    """A number: any expression DuckDB compares and multiplies with DOUBLEs."""

    expression: exp.Expression


@dataclass(frozen=True)
class Element:
    """Element `index` (from 0) of a list or array column of `width` numbers."""

    array: exp.Expression
    index: int
    width: int


@dataclass(frozen=True, eq=False)
class Lookup:
    """A number per value of a column; a key of None is NULL, a value of None gives NULL."""

    key: exp.Expression
    values: Mapping[Label | None, float | None]
    otherwise: float | None


Base = Scalar | Element | Lookup


def base_expression(base: Base) -> exp.Expression:
    """Return the DOUBLE a base stands for."""
    match base:
        case Scalar(expression):
            return expression.copy()
        case Element(array, index):
            element = exp.Literal.number(index + 1)
            return exp.cast(call("list_extract", array.copy(), element), exp.DType.DOUBLE)
        case Lookup(key, values, otherwise):
            return lookup_expression(key, values, otherwise)


def lookup_expression(
    key: exp.Expression, values: Mapping[Label | None, float | None], otherwise: float | None
) -> exp.Expression:
    """Return the CASE that maps `key` to `values`, anything else to `otherwise`."""
    branches = []
    for value, result in values.items():
        condition = (
            is_null(key.copy())
            if value is None
            else exp.EQ(this=key.copy(), expression=literal(value))
        )
        branches.append((condition, _constant(result)))
    return case(branches, _constant(otherwise)) if branches else _constant(otherwise)


def presence(base: Base) -> exp.Expression | None:
    """Return the condition that a base has a value, NaN not being one; None if it always has."""
    match base:
        case Element(array):
            return _is_whole(array)
        case Lookup(_, values, otherwise) if None not in (otherwise, *values.values()):
            return None
        case _:
            return exp.LTE(this=base_expression(base), expression=infinity())


def dot_product(array: exp.Expression, weights: list[float]) -> exp.Expression:
    """Return the dot product of an array column with `weights`; NULL if any element is.

    `list_dot_product` fails when any list of its batch holds a NULL, even one that a
    CASE has set aside, so the list is copied. DuckDB does it once for all products.
    """
    element = exp.cast(exp.column("v"), exp.DType.DOUBLE)
    present = exp.Coalesce(this=element, expressions=[double(0.0)])
    numbers = transformed(case([(_is_whole(array), array.copy())], null()), "v", present)
    return call("list_dot_product", numbers, exp.Array(expressions=[double(w) for w in weights]))


def _is_whole(array: exp.Expression) -> exp.Expression:
    return exp.EQ(this=call("list_count", array.copy()), expression=call("len", array.copy()))


def _constant(value: float | None) -> exp.Expression:
    return null() if value is None or math.isnan(value) else double(value)
