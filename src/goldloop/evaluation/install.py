"""Puts the evaluation macros into a warehouse, and writes calls of them."""

from __future__ import annotations

from hashlib import sha256

import duckdb
from sqlglot import exp

from goldloop.evaluation.evaluators import EVALUATORS, Evaluator
from goldloop.registry.names import MODEL_SCHEMA

_SQL_OF_INSTALLED = """
    select function_name, comment
    from duckdb_functions()
    where database_name = current_database()
        and schema_name = ?
        and function_type = 'table_macro'
"""


def install(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Create the macros in the current database's schema `goldloop`; return those written.

    A macro carries the digest of its definition as its comment: one that is up
    to date is left alone, so threads that start together do not conflict. A
    read-only database keeps what it has. The caller owns the transaction.
    """
    installed = dict(con.execute(_SQL_OF_INSTALLED, [MODEL_SCHEMA]).fetchall())
    stale = [
        evaluator
        for evaluator in {each.macro: each for each in EVALUATORS.values()}.values()
        if installed.get(evaluator.macro) != _digest(evaluator)
    ]
    database, is_read_only = _current_database(con)
    if not stale or is_read_only:
        return ()
    schema = exp.table_(MODEL_SCHEMA, db=database, quoted=True).sql(dialect="duckdb")
    con.execute(f"create schema if not exists {schema}")
    for evaluator in stale:
        name = f"{schema}.{evaluator.macro}"
        parameters = ", ".join(evaluator.relations)
        con.execute(f"create or replace macro {name}({parameters}) as table {evaluator.query}")
        con.execute(f"comment on macro table {name} is '{_digest(evaluator)}'")
    return tuple(evaluator.macro for evaluator in stale)


def evaluation_sql(problem_type: str, *relations: str, database: str | None = None) -> str:
    """Return the query for a problem type's metrics over relations or CTEs of these names.

    Give `database` where it may bear the schema's own name: DuckDB calls
    `goldloop.x` ambiguous in a file named goldloop.duckdb.

    Raises:
        KeyError: nothing evaluates that problem type (see `EVALUATORS`).
    """
    call = exp.Anonymous(
        this=EVALUATORS[problem_type].macro,
        expressions=[exp.Literal.string(relation) for relation in relations],
    )
    table = exp.Table(
        this=call,
        db=exp.to_identifier(MODEL_SCHEMA, quoted=True),
        catalog=exp.to_identifier(database, quoted=True) if database else None,
    )
    return exp.select("*").from_(table).sql(dialect="duckdb", normalize_functions=False)


def _current_database(con: duckdb.DuckDBPyConnection) -> tuple[str, bool]:
    rows = con.execute(
        "select database_name, readonly from duckdb_databases()"
        " where database_name = current_database()"
    ).fetchall()
    return rows[0]


def _digest(evaluator: Evaluator) -> str:
    definition = f"{evaluator.macro}{tuple(evaluator.relations)}{evaluator.query}"
    return f"goldloop {sha256(definition.encode()).hexdigest()[:16]}"
