"""Boosters of the versions of a warehouse, read when their trees are first asked."""

from __future__ import annotations

import duckdb

from goldloop.registry.names import part_name
from goldloop.scoring.tree_functions import register_trees

PART = "booster"


def register_boosters(con: duckdb.DuckDBPyConnection) -> None:
    """Register the functions of trees on the root connection `con`; again is harmless.

    Boosters are read on a cursor of its own.
    """

    def load(version_id: str) -> bytes:
        cursor = con.cursor()
        try:
            table = part_name(PART, version_id).sql("duckdb")
            rows = cursor.execute(f"select booster from {table}").fetchall()
        finally:
            cursor.close()
        return bytes(rows[0][0])

    register_trees(con, load)
