"""The pieces that translated expressions are built of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlglot import exp

from goldloop.errors import StatementError

Rule = Callable[[exp.Expr], exp.Expr]
Node = TypeVar("Node", bound=exp.Expr)


def call(function: str, *arguments: exp.Expr | str | int) -> exp.Anonymous:
    """Return a call of DuckDB's `function`; texts and numbers among its arguments are literals."""
    return exp.Anonymous(this=function, expressions=[as_node(argument) for argument in arguments])


def as_node(value: exp.Expr | str | int) -> exp.Expr:
    """Return `value` as a node: a copy of a node, or a literal."""
    if isinstance(value, exp.Expr):
        return value.copy()
    if isinstance(value, str):
        return exp.Literal.string(value)
    return number(value)


def number(value: int) -> exp.Expr:
    """Return a whole number."""
    literal = exp.Literal.number(abs(value))
    return exp.Neg(this=literal) if value < 0 else literal


def cast(value: exp.Expr, kind: exp.DType | exp.DataType) -> exp.Cast:
    """Return `value` as a `kind`, which its node says too."""
    return of_type(exp.Cast(this=value.copy(), to=exp.DataType.build(kind)), kind)


def of_type(node: Node, kind: exp.DType | exp.DataType) -> Node:
    """Return `node`, known to be of a type."""
    node.type = exp.DataType.build(kind)
    return node


def cased(condition: exp.Expr, value: exp.Expr, otherwise: exp.Expr) -> exp.Case:
    """Return `value` where the condition holds."""
    return exp.Case(ifs=[exp.If(this=condition, true=value)], default=otherwise)


def failing(condition: exp.Expr, message: str, value: exp.Expr) -> exp.Case:
    """Return `value`, or BigQuery's error of that message where the condition holds."""
    return cased(condition, call("ERROR", message), value)


def is_missing(value: exp.Expr) -> exp.Expr:
    """Return whether a value is NULL."""
    return exp.Is(this=value.copy(), expression=exp.Null())


def once(values: list[exp.Expr], body: Callable[..., exp.Expr]) -> exp.Expr:
    """Return `body(*values)`, each value that takes work written and computed once.

    DuckDB has no LET: values that take work are the parameter of a lambda over a list of one.
    """
    if all(_is_simple(value) for value in values):
        return body(*values)
    name = _fresh_name(values)
    fields = [_is_simple(value) for value in values]
    packed = call(
        "STRUCT_PACK",
        *(
            exp.PropertyEQ(this=exp.to_identifier(f"v{i}"), expression=value.copy())
            for i, value in enumerate(values)
            if not fields[i]
        ),
    )
    given = [
        value if fields[i] else _typed_as(exp.column(f"v{i}", table=exp.to_identifier(name)), value)
        for i, value in enumerate(values)
    ]
    function = exp.Lambda(this=body(*given), expressions=[exp.to_identifier(name)])
    return call(
        "LIST_EXTRACT", call("LIST_TRANSFORM", exp.Array(expressions=[packed]), function), 1
    )


def _typed_as(node: exp.Expr, value: exp.Expr) -> exp.Expr:
    node.type = value.type
    return node


def _is_simple(value: exp.Expr) -> bool:
    if isinstance(value, exp.Paren | exp.Cast | exp.Neg):
        return _is_simple(value.this)
    return isinstance(value, exp.Column | exp.Literal | exp.Null | exp.Boolean | exp.Identifier)


def _fresh_name(values: list[exp.Expr]) -> str:
    # A lambda within a value is out of the body's sight, but must not hide the body's own.
    depth = sum(1 for value in values for _ in value.find_all(exp.Lambda))
    return f"_let{depth}"


def literal_text(function: str, argument: str, node: exp.Expr | None) -> str:
    """Return the text of an argument that must be a literal.

    Raises:
        StatementError: it is no text literal.
    """
    if isinstance(node, exp.RawString) or (isinstance(node, exp.Literal) and node.is_string):
        return str(node.this)
    written = node.sql("bigquery") if node is not None else "missing"
    raise StatementError(f"{function}: {argument} is {written}; expected a text literal here.")
