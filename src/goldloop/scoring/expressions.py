"""The few sqlglot expressions that every scoring function is built of."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from sqlglot import exp

from goldloop.errors import GoldloopError
from goldloop.scoring.prediction import Label

ROW = "_row"


def feature(name: str) -> exp.Expression:
    """Return the feature `name` of the row, as the parameter of the model's macro gives it."""
    return exp.column(exp.to_identifier(name, quoted=True), table=exp.to_identifier(ROW))


def numeric(expression: exp.Expression) -> exp.Expression:
    """Return the expression as a DOUBLE."""
    return exp.cast(expression, "DOUBLE")


def double(value: float) -> exp.Expression:
    """Return a DOUBLE literal with every digit of `value`.

    Raises:
        GoldloopError: for NaN and infinities, which have no portable literal.
    """
    value = float(value)
    if not math.isfinite(value):
        raise GoldloopError(
            f"A model's parameter is {value}: it has no SQL literal. The training diverged; check "
            "the features for extreme values, or lower the learning rate."
        )
    text = repr(abs(value))
    written = exp.cast(exp.Literal.number(text if "e" in text else f"{text}e0"), "DOUBLE")
    return exp.Neg(this=written) if value < 0 else written


def literal(value: Label) -> exp.Expression:
    """Return a literal of the value's own SQL type."""
    match value:
        case bool():
            return exp.true() if value else exp.false()
        case int():
            return exp.cast(exp.Literal.number(value), "BIGINT")
        case float():
            return double(value)
        case str():
            return exp.Literal.string(value)
        case dt.datetime():
            return exp.cast(exp.Literal.string(value.isoformat(sep=" ")), "TIMESTAMP")
        case dt.date():
            return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    raise GoldloopError(
        f"A value of type {type(value).__name__} has no SQL literal; expected a string, number, "
        "boolean, date or timestamp."
    )


def balanced_sum(terms: Sequence[exp.Expression]) -> exp.Expression:
    """Return the sum of `terms` as a balanced, parenthesised tree: the same in every engine."""
    if not terms:
        return double(0.0)
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    return exp.paren(
        exp.Add(
            this=balanced_sum(terms[:middle]), expression=balanced_sum(terms[middle:])
        ),
        copy=False,
    )


def logistic(z: exp.Expression) -> exp.Expression:
    """Return 1 / (1 + exp(-z)) without overflow; `z` is repeated, so let it be a variable."""
    one = double(1.0)
    falling = exp.func("EXP", exp.Neg(this=z.copy()))
    rising = exp.func("EXP", z.copy())
    return (
        exp.Case(default=exp.Div(this=rising, expression=exp.paren(one + rising.copy())))
        .when(
            exp.GTE(this=z.copy(), expression=double(0.0)),
            exp.Div(this=one.copy(), expression=exp.paren(one.copy() + falling)),
        )
    )
