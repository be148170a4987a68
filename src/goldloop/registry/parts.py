"""The parts of a version beside its function: further macros and tables, named by its identifier.

They are written once, with the version, and dropped with its model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from uuid import uuid4

import duckdb
import pyarrow as pa
from sqlglot import exp

from goldloop.registry.boosters import PART, register_boosters
from goldloop.registry.names import MODEL_SCHEMA, ModelName, part_name
from goldloop.scoring.expressions import ROW
from goldloop.transform.frozen import Transform

# The key of the part that returns a transformed row.
TRANSFORM = "transform"
# The key of the part that is the version's function, whichever version serves.
SCORE = "score"


def create_parts(
    con: duckdb.DuckDBPyConnection,
    version_id: str,
    functions: Mapping[str, exp.Expression],
    tables: Mapping[str, pa.Table],
    transform: Transform | None = None,
) -> None:
    """Create the macros `goldloop."<key>_<version_id>"(_row)` and the tables of that name.

    With a `transform` the macros take the raw row and transform it first, and one more,
    whose key is `transform`, returns the transformed row.
    """
    if PART in tables:  # macros are bound when they are made
        register_boosters(con)
    for key, table in tables.items():
        name = part_name(key, version_id).sql("duckdb")
        rows = f"goldloop_part_{uuid4().hex[:12]}"
        con.register(rows, table)
        try:
            con.execute(f'create table {name} as select * from "{rows}"')
        finally:
            con.unregister(rows)
    for key, body in functions.items():
        name = part_name(key, version_id).sql("duckdb")
        row, whole = (transform.parameter, transform.bound(body)) if transform else (ROW, body)
        con.execute(f"create or replace macro {name}({row}) as {whole.sql('duckdb')}")
    if transform:
        name = part_name(TRANSFORM, version_id).sql("duckdb")
        row = transform.row.sql("duckdb")
        con.execute(f"create or replace macro {name}({transform.parameter}) as {row}")


def create_score(
    con: duckdb.DuckDBPyConnection, version_id: str, model: ModelName, function_sql: str
) -> None:
    """Create the model's function once more as `goldloop."score_<version_id>"`.

    `goldloop.predict(…, version=…)` calls it: the function of the model's name is
    that of whichever version serves.
    """
    head = f"create or replace macro {model.sql()}"
    name = part_name(SCORE, version_id).sql("duckdb")
    con.execute(f"create or replace macro {name}{function_sql.removeprefix(head)}")


def drop_parts(con: duckdb.DuckDBPyConnection, version_ids: Iterable[str]) -> None:
    """Drop every macro and table that is a part of these versions or of their trials."""
    endings = [rf"_{version_id}(t\d+)?" for version_id in version_ids]
    if not endings:
        return
    belongs = re.compile(rf".*({'|'.join(endings)})", re.DOTALL)
    found = con.execute(
        "select 'macro', function_name from duckdb_functions() where function_type = 'macro' "
        "and database_name = current_database() and schema_name = $1 union "
        "select 'table', table_name from duckdb_tables() "
        "where database_name = current_database() and schema_name = $1",
        [MODEL_SCHEMA],
    ).fetchall()
    for kind, name in found:
        if belongs.fullmatch(name):
            quoted = exp.table_(name, db=MODEL_SCHEMA, quoted=True).sql("duckdb")
            con.execute(f"drop {kind} {quoted}")
