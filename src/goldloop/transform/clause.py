"""A TRANSFORM clause as it was written, its functions known and their arguments checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from goldloop.dialect.bigquery_to_duckdb import with_bigquery_meaning
from goldloop.dialect.script import DIALECTS
from goldloop.errors import GoldloopError, OptionError, StatementError
from goldloop.functions.expressions import deferred, with_expressions


@dataclass(frozen=True)
class TransformClause:
    """The items of a TRANSFORM list, in DuckDB's meaning; `text` is how they were written.

    Scalar ML functions are written out; analytic ones are `Deferred` until their
    statistics are known.
    """

    items: tuple[exp.Expr, ...]
    text: str


def transform_clause(model: str, items: Sequence[exp.Expr], dialect: str) -> TransformClause:
    """Return the clause of a model whose list was read from SQL of `dialect`.

    Raises:
        StatementError: the list is empty, or a function is not served or wrongly called.
        OptionError: an argument of a function is not what is expected.
    """
    if not items:
        raise StatementError(
            f"Model {model}: TRANSFORM is empty; list columns and expressions, as in TRANSFORM(*), "
            "or leave it out."
        )
    text = ", ".join(item.sql(dialect="duckdb") for item in items)
    try:
        return TransformClause(tuple(_prepared(item, dialect) for item in items), text)
    except GoldloopError as error:
        raise type(error)(f"Model {model}, TRANSFORM: {error}") from error


def read_transform(model: str, value: object, dialect: str = "duckdb") -> TransformClause:
    """Return the clause that the configuration of a dbt model says: a text, or a list of texts.

    Raises:
        OptionError: it is neither, or is no select list.
        StatementError: see `transform_clause`.
    """
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(each, str) for each in texts):
        raise OptionError(
            f"Model {model}: transform is {value!r}; expected a list of expressions, such as "
            "['*', 'ml.standard_scaler(age) over () as age']."
        )
    listed = ", ".join(text for text in texts if text.strip())
    if not listed:
        return transform_clause(model, (), dialect)
    try:
        tree = sqlglot.parse_one(f"select {listed}", dialect=DIALECTS[dialect])
    except SqlglotError as error:
        first = str(error).splitlines()[0]
        raise OptionError(f"Model {model}: transform cannot be read: {first}") from error
    if not isinstance(tree, exp.Select) or set(_given(tree)) != {"expressions"}:
        raise OptionError(
            f"Model {model}: transform is {listed!r}; expected a select list and nothing after it."
        )
    return transform_clause(model, tree.expressions, dialect)


def _given(tree: exp.Expr) -> list[str]:
    return [name for name, value in tree.args.items() if value]


def _prepared(item: exp.Expr, dialect: str) -> exp.Expr:
    item = with_bigquery_meaning(item) if dialect == "bigquery" else item.copy()
    return with_expressions(item, deferred)
