"""SQL with BigQuery ML in it, as DuckDB runs it: for dbt, and for whoever runs SQL by other means.

`goldloop_translate(sql, dialect)` is the same as a function of the connection: JSON with
`sql`, or with `error` and its `kind`, so that a macro can say it in its own way.
"""

from __future__ import annotations

import json

import duckdb

from goldloop.dialect import SqlStatement, VerbatimStatement, parse_script
from goldloop.errors import GoldloopError, StatementError
from goldloop.failures import from_duckdb
from goldloop.functions.rendering import render
from goldloop.native.function import NativeFunction
from goldloop.native.registration import register
from goldloop.warehouse import ConnectedWarehouse

FUNCTION = "goldloop_translate"


def translate(
    con: duckdb.DuckDBPyConnection,
    sql: str,
    dialect: str = "bigquery",
    scores_natively: bool = False,
) -> str:
    """Return one statement, read from SQL of `dialect`, as DuckDB's SQL.

    Args:
        con: where the models are that it calls.
        sql: a query, DDL or DML; ML functions anywhere in it.
        dialect: `bigquery` or `duckdb`; the SQL around them.
        scores_natively: what models call is registered already; see `ConnectedWarehouse`.

    Raises:
        StatementError: it is not one statement, is one of models (CREATE MODEL …), or cannot be
            said in DuckDB.
        ModelNotFoundError, ModelKindError, OptionError: see `goldloop.functions.rendering.render`.
    """
    statements = parse_script(sql, dialect)
    match statements:
        case [SqlStatement(_, tree)]:
            with from_duckdb():
                return render(tree, ConnectedWarehouse(con, scores_natively), dialect).sql
        case [VerbatimStatement(_, text)]:
            return text
        case [other]:
            raise StatementError(
                f"{type(other).__name__} is a statement of its own, not a query; in dbt, a model "
                "is a file with materialized='model'."
            )
    raise StatementError(f"{len(statements)} statements were given; expected one.")


def register_translate(con: duckdb.DuckDBPyConnection) -> None:
    """Register `goldloop_translate` on the root connection `con`; again is harmless.

    What models call natively must be registered there, too.
    """

    def translated(sql: str, dialect: str) -> str:
        cursor = con.cursor()
        try:
            return json.dumps({"sql": translate(cursor, sql, dialect, scores_natively=True)})
        except GoldloopError as error:
            return json.dumps({"error": str(error), "kind": type(error).__name__})
        finally:
            cursor.close()

    # Models change between two calls of equal arguments.
    native = NativeFunction(
        FUNCTION,
        translated,
        ("VARCHAR", "VARCHAR"),
        "VARCHAR",
        is_volatile=True,
        is_by_row=True,
    )
    register(con, [native])
