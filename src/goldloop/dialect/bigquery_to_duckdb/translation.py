"""A tree of BigQuery's SQL, changed so that DuckDB's text of it has BigQuery's values."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.errors import ErrorLevel, UnsupportedError

from goldloop.dialect.bigquery_to_duckdb.building import Rule
from goldloop.dialect.bigquery_to_duckdb.definitions import with_typed_parameters
from goldloop.dialect.bigquery_to_duckdb.refused import check
from goldloop.dialect.bigquery_to_duckdb.rules import NAMED_RULES, RULES
from goldloop.dialect.bigquery_to_duckdb.safe import mark_errors
from goldloop.dialect.bigquery_to_duckdb.types import annotated
from goldloop.dialect.grammar import PREFIXES, MLCall
from goldloop.errors import StatementError


def duckdb_sql(tree: exp.Expr) -> str:
    """Return `tree` as DuckDB's SQL.

    Raises:
        StatementError: DuckDB cannot say it.
    """
    try:
        return tree.sql(dialect="duckdb", unsupported_level=ErrorLevel.RAISE)
    except UnsupportedError as error:
        raise StatementError(f"DuckDB cannot run this: {str(error).rstrip('.')}.") from error


def with_bigquery_meaning(tree: exp.Expr) -> exp.Expr:
    """Return `tree`, read from BigQuery's SQL, so that DuckDB's text of it means the same.

    Raises:
        StatementError: DuckDB has nothing of that meaning.
    """
    tree = annotated(_with_names_of_fields(with_typed_parameters(tree)))
    # Innermost first, as a rule copies what its node holds.
    for node in reversed(list(_walk(tree))):
        rule = _rule_of(node)
        if rule is None:
            check(node)
            continue
        kept = rule(node)
        if kept is node:
            continue
        mark_errors(kept)
        if kept.type is None:
            kept.type = node.type
        tree = kept if node is tree else tree
        node.replace(kept)
    return tree


def _with_names_of_fields(tree: exp.Expr) -> exp.Expr:
    """Name what is selected of `items[OFFSET(0)].price` and the like after the field."""
    for select in tree.find_all(exp.Select):
        for value in select.expressions:
            if isinstance(value, exp.Dot) and isinstance(value.expression, exp.Identifier):
                value.replace(exp.alias_(value.copy(), value.name, quoted=True))
    return tree


def _rule_of(node: exp.Expr) -> Rule | None:
    if isinstance(node, exp.Anonymous):
        return NAMED_RULES.get(node.name.upper())
    return RULES.get(type(node))


def _walk(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the nodes, parents first; the constants of ML functions stay as they are written."""
    for node in tree.walk(prune=_is_constant_of_ml):
        if not _is_constant_of_ml(node):
            yield node


def _is_constant_of_ml(node: exp.Expr) -> bool:
    if isinstance(node.parent, MLCall):
        return not isinstance(node, exp.Table | exp.Subquery)
    function = node.parent
    return (
        isinstance(function, exp.Anonymous)
        and isinstance(function.parent, exp.Dot)
        and function.parent.this.name.upper() in PREFIXES
        and isinstance(node, exp.Literal | exp.Array | exp.Struct | exp.Neg)
    )
