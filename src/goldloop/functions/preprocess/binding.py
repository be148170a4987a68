"""Values that an expression uses more than once, computed once a row under a name of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp

from goldloop.scoring.expressions import call, let, struct, transformed

_VALUES, _ITEM = "_goldloop_values", "_goldloop_item"

Lookup = Callable[[str], exp.Expr]


def bound(values: Mapping[str, exp.Expr], body: Callable[[Lookup], exp.Expr]) -> exp.Expr:
    """Return `body` of the values, which it looks up by name.

    What a user wrote stands outside of the lambda, where its names mean what they
    meant, and windows and subqueries are allowed.
    """

    def look_up(name: str) -> exp.Expr:
        return call("struct_extract", exp.column(_VALUES), exp.Literal.string(name))

    given = {name: value.copy() for name, value in values.items()}
    return let(_VALUES, struct(given), body(look_up))


def mapped(
    values: exp.Expr, body: Callable[[exp.Expr], exp.Expr], variable: str = _ITEM
) -> exp.Expr:
    """Return the list of `body` for each of `values`; nested uses need their own `variable`."""
    return transformed(values, variable, body(exp.column(variable)))


def filtered(values: exp.Expr, condition: Callable[[exp.Expr], exp.Expr]) -> exp.Expr:
    """Return those of `values` that meet `condition`."""
    function = exp.Lambda(this=condition(exp.column(_ITEM)), expressions=[exp.to_identifier(_ITEM)])
    return call("list_filter", values, function)


def number(value: int) -> exp.Expr:
    """Return an integer literal, negative ones too."""
    return exp.Literal.number(value)


def text(value: str) -> exp.Expr:
    """Return a text literal."""
    return exp.Literal.string(value)
