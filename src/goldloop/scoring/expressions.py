"""The few SQL expressions fitted models are made of, as sqlglot nodes.

Every rule of the generator that keeps scores exact lives here: doubles written
in full, typed literals, balanced sums, a logistic that cannot overflow.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence

from sqlglot import exp

from goldloop.errors import GoldloopError
from goldloop.scoring.prediction import Label

ROW = "_row"
LARGEST_BIGINT = 2**63 - 1


def feature(name: str) -> exp.Expression:
    """Return the column `name` of the row being scored: `_row."name"`."""
    return exp.Column(
        this=exp.Identifier(this=name, quoted=True),
        table=exp.Identifier(this=ROW, quoted=False),
    )


def quoted(name: str) -> str:
    """Return the identifier `name` as DuckDB's SQL quotes it."""
    return exp.to_identifier(name, quoted=True).sql("duckdb")


def numeric(expression: exp.Expr) -> exp.Expression:
    """Return `expression` as a DOUBLE."""
    return _cast(expression, exp.DType.DOUBLE)


def double(value: float) -> exp.Expression:
    """Return the DOUBLE literal that reads back as exactly `value`.

    Raises:
        GoldloopError: `value` is NaN or infinite, which no fitted model should hold.
    """
    value = finite(value)
    digits = repr(abs(value))
    literal = exp.Literal(this=digits if "e" in digits else f"{digits}e0", is_string=False)
    negative = math.copysign(1.0, value) < 0
    return numeric(exp.Neg(this=literal) if negative else literal)


def doubles(values: Iterable[float]) -> exp.Expression:
    """Return the constant DOUBLE[] of exactly `values`, as the cast of one text.

    A list of weights is one node to the parser and the planner: a layer of 100 x 128
    plans three times as fast as with a literal for each. DuckDB reads a text to the
    nearest double, as Python writes it.

    Raises:
        GoldloopError: a value is NaN or infinite.
    """
    text = ", ".join(repr(finite(value)) for value in values)
    kind = exp.DataType.build("DOUBLE[]", dialect="duckdb")
    return exp.Cast(this=exp.Literal.string(f"[{text}]"), to=kind)


def finite(value: float) -> float:
    """Return `value` as a float.

    Raises:
        GoldloopError: it is NaN or infinite, which no fitted model should hold.
    """
    value = float(value)
    if not math.isfinite(value):
        raise GoldloopError(
            f"A fitted parameter is {value}, expected a finite number. "
            "Check the training set for infinite or extremely large values."
        )
    return value


def infinity() -> exp.Expression:
    """Return positive infinity, as an upper bound in comparisons."""
    return numeric(exp.Literal.string("Infinity"))


def literal(value: Label) -> exp.Expression:
    """Return `value` as a literal of its own SQL type.

    Raises:
        GoldloopError: `value` is of a type no label or category has.
    """
    match value:
        case bool():
            return exp.Boolean(this=value)
        case int():
            integer = exp.Literal.number(str(abs(value)))
            kind = exp.DType.BIGINT if abs(value) <= LARGEST_BIGINT else exp.DType.INT128
            return _cast(exp.Neg(this=integer) if value < 0 else integer, kind)
        case float():
            return double(value)
        case str():
            return _cast(exp.Literal.string(value), exp.DType.VARCHAR)
        case dt.datetime():
            kind = exp.DType.TIMESTAMPTZ if value.tzinfo else exp.DType.TIMESTAMP
            return _cast(exp.Literal.string(value.isoformat(sep=" ")), kind)
        case dt.date():
            return _cast(exp.Literal.string(value.isoformat()), exp.DType.DATE)
    raise GoldloopError(
        f"A label or category is {value!r} of type {type(value).__name__}, "
        "expected text, a number, a boolean, a date or a timestamp. Cast the column in the query."
    )


def null() -> exp.Expression:
    """Return NULL."""
    return exp.Null()


def is_null(expression: exp.Expr) -> exp.Expression:
    """Return `expression IS NULL`."""
    return exp.Is(this=expression, expression=exp.Null())


def is_present(number: exp.Expr) -> exp.Expression:
    """Return a condition that neither NULL nor NaN (greater than infinity) meets."""
    return exp.LTE(this=number.copy(), expression=infinity())


def any_of(conditions: Sequence[exp.Expression]) -> exp.Expression:
    """Return the disjunction of one or more conditions, balanced."""
    return _balanced(list(conditions), exp.Or)


def all_of(conditions: Sequence[exp.Expression]) -> exp.Expression:
    """Return the conjunction of one or more conditions, balanced."""
    return _balanced(list(conditions), exp.And)


def case(branches: Iterable[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr) -> exp.Expression:
    """Return `CASE WHEN condition THEN value … ELSE otherwise END`."""
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=otherwise)


def add(left: exp.Expr, right: exp.Expr) -> exp.Expression:
    """Return `(left + right)`."""
    return exp.Paren(this=exp.Add(this=left, expression=right))


def subtract(left: exp.Expr, right: exp.Expr) -> exp.Expression:
    """Return `(left - right)`."""
    return exp.Paren(this=exp.Sub(this=left, expression=right))


def multiply(left: exp.Expr, right: exp.Expr) -> exp.Expression:
    """Return `left * right`; the operands are atoms, calls or parenthesised."""
    return exp.Mul(this=left, expression=right)


def divide(left: exp.Expr, right: exp.Expr) -> exp.Expression:
    """Return `(left / right)` in floating point."""
    return exp.Paren(this=exp.Div(this=left, expression=right, typed=False, safe=False))


def call(name: str, *arguments: exp.Expr) -> exp.Expression:
    """Return a call of the DuckDB function `name`."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def field(value: exp.Expr, name: str) -> exp.Expression:
    """Return the field `name` of a struct."""
    return call("struct_extract", value.copy(), exp.Literal.string(name))


def balanced_sum(terms: Sequence[exp.Expression]) -> exp.Expression:
    """Return the sum of `terms` as a parenthesised binary tree; 0.0 when there are none.

    Balanced, because a chain of a thousand terms is a thousand levels deep for
    a parser, and loses more digits.
    """
    return _balanced(list(terms), exp.Add) if terms else double(0.0)


def logistic(z: exp.Expr) -> exp.Expression:
    """Return 1 / (1 + exp(-z)) without overflow; `z` is repeated, so make it a column."""
    one = double(1.0)
    positive = divide(one.copy(), add(one.copy(), exp.Exp(this=exp.Neg(this=z.copy()))))
    negative = divide(exp.Exp(this=z.copy()), add(one, exp.Exp(this=z.copy())))
    return case([(exp.GTE(this=z.copy(), expression=double(0.0)), positive)], negative)


def struct(fields: Mapping[str, exp.Expr]) -> exp.Expression:
    """Return `struct_pack("name" := value, …)`."""
    return exp.Anonymous(
        this="struct_pack",
        expressions=[
            exp.PropertyEQ(this=exp.to_identifier(name, quoted=True), expression=value)
            for name, value in fields.items()
        ],
    )


def let(variable: str, value: exp.Expr, body: exp.Expr) -> exp.Expression:
    """Return `body`, in which the column `variable` is `value`, computed once a row."""
    bound = transformed(exp.Array(expressions=[value]), variable, body)
    return call("list_extract", bound, exp.Literal.number(1))


def transformed(values: exp.Expr, variable: str, body: exp.Expr) -> exp.Expression:
    """Return the list of `body` for each of `values`, in which the column `variable` is it."""
    function = exp.Lambda(this=body, expressions=[exp.to_identifier(variable)])
    return call("list_transform", values, function)


def _balanced(terms: list[exp.Expression], operator: type[exp.Binary]) -> exp.Expression:
    while len(terms) > 1:
        pairs = [
            exp.Paren(this=operator(this=left, expression=right))
            for left, right in zip(terms[::2], terms[1::2], strict=False)
        ]
        terms = pairs + terms[len(pairs) * 2 :]
    return terms[0]


def _cast(expression: exp.Expr, kind: exp.DType) -> exp.Expression:
    return exp.Cast(this=expression, to=exp.DataType(this=kind))
