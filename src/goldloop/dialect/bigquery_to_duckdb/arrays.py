"""Arrays: indexes that fail outside of them, and functions that NULL passes through."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.aggregates import quantile_at
from goldloop.dialect.bigquery_to_duckdb.building import (
    Rule,
    call,
    cased,
    cast,
    failing,
    is_missing,
    number,
    of_type,
    once,
)
from goldloop.dialect.bigquery_to_duckdb.types import BIGINT, TEXT, is_text_literal
from goldloop.errors import StatementError


def _element(node: exp.Expr) -> exp.Expr:
    """`array[OFFSET(n)]`: sqlglot keeps the index, what it counts from and whether it is safe."""
    if len(node.expressions) != 1 or is_text_literal(node.expressions[0]):
        return node
    index, base = node.expressions[0], node.args.get("offset") or 0
    known = int(index.name) - base if isinstance(index, exp.Literal) else None
    if isinstance(node.this, exp.Anonymous) and node.this.name == "QUANTILE_DISC":
        quantile = quantile_at(node.this, known) if known is not None else None
        if quantile is not None:
            return quantile
    if node.args.get("safe"):
        return _safe_element(node.this, index, base)

    def element(array: exp.Expr, at: exp.Expr) -> exp.Expr:
        place = number(known) if known is not None else _shifted(at, -base)
        beyond = exp.GTE(this=place, expression=call("LEN", array))
        negative = exp.LT(this=place.copy(), expression=number(0))
        is_counted = known is not None and known >= 0
        outside = beyond if is_counted else exp.or_(negative, beyond)
        return failing(
            outside,
            "Array index is out of bounds",
            call("LIST_EXTRACT", array, _from_one(at, base)),
        )

    return once([node.this, index], element)


def _safe_element(array: exp.Expr, index: exp.Expr, base: int) -> exp.Expr:
    place = _from_one(index, base)
    if isinstance(index, exp.Literal):
        return call("LIST_EXTRACT", array, place) if int(place.name) > 0 else exp.Null()
    # DuckDB counts what is negative from the end.
    return once(
        [index],
        lambda at: cased(
            exp.GT(this=_from_one(at, base), expression=number(0)),
            call("LIST_EXTRACT", array, _from_one(at, base)),
            exp.Null(),
        ),
    )


def _from_one(index: exp.Expr, base: int) -> exp.Expr:
    if isinstance(index, exp.Literal):
        return exp.Literal.number(int(index.name) + 1 - base)
    return _shifted(index, 1 - base)


def _shifted(index: exp.Expr, by: int) -> exp.Expr:
    if not by:
        return exp.paren(index.copy())
    return exp.paren(exp.Add(this=exp.paren(index.copy()), expression=exp.paren(number(by))))


def _length(node: exp.Expr) -> exp.Expr:
    return of_type(call("LEN", node.this), BIGINT)


def _concatenation(node: exp.Expr) -> exp.Expr:
    # NULL if any is, where DuckDB's LIST_CONCAT leaves NULLs out.
    arrays = [node.this, *node.expressions]
    joined = arrays[0].copy()
    for array in arrays[1:]:
        joined = exp.DPipe(this=joined, expression=array.copy())
    return exp.paren(joined)


def _text(node: exp.Expr) -> exp.Expr:
    separator, missing = node.expression, node.args.get("null")
    if missing is None:
        return of_type(call("ARRAY_TO_STRING", node.this, separator), TEXT)
    element = exp.to_identifier("_x")
    shown = call("COALESCE", cast(exp.column("_x"), TEXT), missing)
    texts = call("LIST_TRANSFORM", node.this, exp.Lambda(this=shown, expressions=[element]))
    return of_type(call("ARRAY_TO_STRING", texts, separator), TEXT)


def _edge(index: int) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        return once(
            [node.this],
            lambda array: failing(
                exp.EQ(this=call("LEN", array), expression=number(0)),
                "ARRAY_FIRST and ARRAY_LAST need an array that is not empty",
                call("LIST_EXTRACT", array, index),
            ),
        )

    return rule


def _slice(node: exp.Expr) -> exp.Expr:
    """ARRAY_SLICE counts from 0, from the end where negative, and takes the end in."""
    bounds = [node.args["start"], node.args["end"]]
    values = []
    for bound in bounds:
        if not isinstance(bound, exp.Literal) and not (
            isinstance(bound, exp.Neg) and isinstance(bound.this, exp.Literal)
        ):
            raise StatementError("ARRAY_SLICE: its bounds must be numbers, written out.")
        sign = -1 if isinstance(bound, exp.Neg) else 1
        values.append(sign * int(bound.name or bound.this.name))

    def sliced(array: exp.Expr) -> exp.Expr:
        begin, end = (_place(array, value) for value in values)
        return call("LIST_SLICE", array, call("GREATEST", begin, 1), end)

    return once([node.this], sliced)


def _place(array: exp.Expr, index: int) -> exp.Expr:
    if index >= 0:
        return number(index + 1)
    return exp.Add(this=call("LEN", array), expression=exp.paren(number(index + 1)))


def _membership(node: exp.Expr) -> exp.Expr:
    unnested = node.args.get("unnest")
    if unnested is None:
        return node
    # FALSE for an empty or missing array, NULL where only a NULL might be the value.
    array = unnested.expressions[0] if isinstance(unnested, exp.Unnest) else unnested

    def within(value: exp.Expr, values: exp.Expr) -> exp.Expr:
        contains = call("LIST_CONTAINS", values, value)
        has_null = exp.LT(this=call("LIST_COUNT", values), expression=call("LEN", values))
        return exp.Case(
            ifs=[
                exp.If(
                    this=exp.EQ(
                        this=call("COALESCE", call("LEN", values), 0), expression=number(0)
                    ),
                    true=exp.false(),
                ),
                exp.If(this=is_missing(value), true=exp.Null()),
                exp.If(this=contains, true=exp.true()),
                exp.If(this=has_null, true=exp.Null()),
            ],
            default=exp.false(),
        )

    return exp.paren(once([node.this, array], within))


RULES: dict[type[exp.Expr], Rule] = {
    exp.Bracket: _element,
    exp.ArraySize: _length,
    exp.ArrayConcat: _concatenation,
    exp.ArrayToString: _text,
    exp.ArrayFirst: _edge(1),
    exp.ArrayLast: _edge(-1),
    exp.ArraySlice: _slice,
    exp.In: _membership,
}
