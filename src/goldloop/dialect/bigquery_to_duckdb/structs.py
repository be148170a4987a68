"""Structs."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import Rule


def _struct(node: exp.Expr) -> exp.Expr:
    """Fields without names are a ROW, which takes the names of what it is put together with."""
    fields = node.expressions
    if not fields or any(
        isinstance(field, exp.PropertyEQ | exp.Column | exp.Alias | exp.Dot) for field in fields
    ):
        return node
    if isinstance(node.parent, exp.Cast) or (isinstance(node.parent, exp.Array) and node.index):
        return node
    return exp.Anonymous(this="ROW", expressions=[field.copy() for field in fields])


RULES: dict[type[exp.Expr], Rule] = {exp.Struct: _struct}
