"""What is known of an expression's type before DuckDB knows it: literals, casts and functions."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types

DATE = exp.DType.DATE
DATETIME = exp.DType.TIMESTAMP
TIMESTAMP = exp.DType.TIMESTAMPTZ
TIME = exp.DType.TIME
DOUBLE = exp.DType.DOUBLE
BIGINT = exp.DType.BIGINT
TEXT = exp.DType.VARCHAR
BYTES = exp.DType.BLOB
BOOLEAN = exp.DType.BOOLEAN

# sqlglot's names of BigQuery's types, and those of DuckDB's that they become.
_SAME = {
    exp.DType.DATETIME: DATETIME,
    exp.DType.TIMESTAMPLTZ: TIMESTAMP,
    exp.DType.TEXT: TEXT,
    exp.DType.BINARY: BYTES,
    exp.DType.VARBINARY: BYTES,
    exp.DType.FLOAT: DOUBLE,
    exp.DType.INT: BIGINT,
    exp.DType.SMALLINT: BIGINT,
    exp.DType.TINYINT: BIGINT,
}


def annotated(tree: exp.Expr) -> exp.Expr:
    """Return a copy of `tree` whose nodes know their types, as far as they can be told."""
    try:
        return annotate_types(tree.copy(), dialect="bigquery")
    except SqlglotError:  # types are a help: what needs one says so
        return tree.copy()


def kind_of(node: exp.Expr | None) -> exp.DType | None:
    """Return the type of an expression as DuckDB will have it, None where it is not known."""
    if node is None or node.type is None:
        return None
    kind = node.type.this
    if not isinstance(kind, exp.DType) or kind in (exp.DType.UNKNOWN, exp.DType.NULL):
        return None
    return _SAME.get(kind, kind)


def is_text_literal(node: exp.Expr | None) -> bool:
    """Return whether a node is a text literal, which BigQuery takes for a date where it must."""
    return isinstance(node, exp.RawString) or (isinstance(node, exp.Literal) and node.is_string)
