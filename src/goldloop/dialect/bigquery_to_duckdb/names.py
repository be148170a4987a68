"""Names of tables: projects as databases, and INFORMATION_SCHEMA within a dataset."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import call, cast
from goldloop.dialect.bigquery_to_duckdb.types import TEXT
from goldloop.errors import StatementError

_INFORMATION = "INFORMATION_SCHEMA."
_VIEWS = ("TABLES", "COLUMNS", "SCHEMATA", "VIEWS")


def with_local_names(tree: exp.Expr, database_of: Callable[[str], str]) -> exp.Expr:
    """Return `tree` with the databases that its projects mean.

    Args:
        tree: a statement of BigQuery.
        database_of: tells the attached database that a project's name means.

    Raises:
        StatementError: a project means none, or a view of INFORMATION_SCHEMA is not there.
    """
    for table in list(tree.find_all(exp.Table)):
        if table.catalog and isinstance(table.this, exp.Identifier):
            database = database_of(table.catalog)
            table.set("catalog", exp.to_identifier(database, quoted=True))
        if table.name.upper().startswith(_INFORMATION):
            table.replace(_information(table))
    return tree


def _information(table: exp.Table) -> exp.Expr:
    view = table.name[len(_INFORMATION) :].upper()
    if view not in _VIEWS:
        raise StatementError(
            f"INFORMATION_SCHEMA.{view} is not available; expected one of {', '.join(_VIEWS)}."
        )
    column = "schema_name" if view == "SCHEMATA" else "table_schema"
    query = exp.select("*").from_(exp.table_(view.lower(), db="information_schema"))
    if table.db:
        named = exp.EQ(
            this=call("LOWER", exp.column(column)),
            expression=call("LOWER", cast(exp.Literal.string(table.db), TEXT)),
        )
        query = query.where(named)
    alias = table.args.get("alias")
    return query.subquery(alias.this.copy() if alias is not None else view)
