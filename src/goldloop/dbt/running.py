"""`goldloop_run(sql)`: a script of BigQuery's SQL, run from SQL; for what is no query.

dbt's macros run text on a connection, and CREATE MODEL is not DuckDB's to read. Scripts run on a
cursor of their own, so within transactions of their own; one after another, so that two threads
of dbt may create the same table if it does not exist.
"""

from __future__ import annotations

from threading import Lock

import duckdb

from goldloop.native.function import NativeFunction
from goldloop.native.registration import register
from goldloop.session import Session

FUNCTION = "goldloop_run"
_ONE_AT_A_TIME = Lock()


def register_run(con: duckdb.DuckDBPyConnection) -> None:
    """Register `goldloop_run` on the root connection `con`; again is harmless.

    It returns the last statement's number of rows; errors are raised. What models call natively
    must be registered there, too.
    """

    def run(sql: str) -> int:
        cursor = con.cursor()
        try:
            with _ONE_AT_A_TIME:
                session = Session(
                    cursor, owns_connection=False, read_only=False, scores_natively=True
                )
                result = session.sql(sql)
            return len(result.fetchall()) if result is not None else 0
        finally:
            cursor.close()

    native = NativeFunction(FUNCTION, run, ("VARCHAR",), "BIGINT", is_volatile=True, is_by_row=True)
    register(con, [native])
