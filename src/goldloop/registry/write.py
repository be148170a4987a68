"""What a build writes: a version with its details, its function and card, or that nothing changed.

The caller owns the transaction; within it all of this happens or none.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import duckdb

from goldloop.errors import GoldloopError
from goldloop.registry.cards import Feature
from goldloop.registry.names import MODEL_SCHEMA, ModelName
from goldloop.registry.parts import drop_parts
from goldloop.training.fitted import Detail


@dataclass(frozen=True)
class Version:
    """All that is recorded of a newly trained version, beside its details."""

    name: ModelName
    number: int
    version_id: str
    model_type: str
    problem_type: str
    label: str | None
    classes: tuple[object, ...]
    features: tuple[Feature, ...]
    options: Mapping[str, Any]
    scoring: str
    training_sql: str | None
    training_fingerprint: str
    training_rows: int
    evaluation_rows: int
    function_sql: str | None
    lineage: Mapping[str, Any]
    comment: str | None
    engine_version: str
    invocation_id: str | None
    seconds: float


def new_version_id() -> str:
    """Return an identifier that no other version in any warehouse has."""
    return uuid4().hex


def next_number(con: duckdb.DuckDBPyConnection, name: ModelName) -> int:
    """Return the number of the next version of `name`; the first is 1."""
    return con.execute(
        f"select coalesce(max(version), 0) + 1 from {MODEL_SCHEMA}.model_versions "
        "where model_schema = ? and model_name = ?",
        [name.schema, name.name],
    ).fetchall()[0][0]


def record_version(con: duckdb.DuckDBPyConnection, version: Version) -> None:
    """Write the version's row, as a candidate until it is promoted."""
    features = [{"name": each.name, "sql_type": each.sql_type} for each in version.features]
    _insert(
        con,
        "model_versions",
        [
            version.name.schema,
            version.name.name,
            version.number,
            version.version_id,
            version.model_type,
            version.problem_type,
            version.label,
            _json(list(version.classes)),
            _json(features),
            _json(version.options),
            version.scoring,
            version.training_sql,
            version.training_fingerprint,
            version.training_rows,
            version.evaluation_rows,
            version.function_sql,
            _json(version.lineage),
            version.comment,
            version.engine_version,
            version.invocation_id,
            utc_now(),
            version.seconds,
        ],
    )


def record_details(
    con: duckdb.DuckDBPyConnection, name: ModelName, number: int, details: Iterable[Detail]
) -> None:
    """Write the facts of a version, a row each."""
    found = list(details)
    lists = [
        [detail.section for detail in found],
        [detail.key for detail in found],
        [detail.value for detail in found],
        [None if detail.json is None else _json(detail.json) for detail in found],
    ]
    # One statement for all: thousands of weights, written singly, take longer than training.
    con.execute(
        f"insert into {MODEL_SCHEMA}.metrics select ?, ?, ?, unnest(?::varchar[]), "
        "unnest(?::varchar[]), unnest(?::double[]), unnest(?::varchar[])",
        [name.schema, name.name, number, *lists],
    )


def record_build(
    con: duckdb.DuckDBPyConnection,
    name: ModelName,
    number: int,
    outcome: str,
    invocation_id: str | None,
    seconds: float,
) -> None:
    """Write that a build trained version `number`, or found it unchanged."""
    row = [name.schema, name.name, number, outcome, invocation_id, utc_now(), seconds]
    _insert(con, "builds", row)


def promote(
    con: duckdb.DuckDBPyConnection,
    name: ModelName,
    number: int,
    function_sql: str | None,
    reason: str,
    invocation_id: str | None,
) -> None:
    """Let version `number` serve: its function, if it has one, and the card of that name."""
    con.execute(function_sql or f"drop macro if exists {name.sql()}")
    _insert(
        con,
        "promotions",
        [name.schema, name.name, number, reason, invocation_id, utc_now()],
    )
    _create_card(con, name)


def restore(con: duckdb.DuckDBPyConnection, name: ModelName, number: int) -> None:
    """Make the function and the card of version `number` again where they are gone."""
    has_function = con.execute(
        "select count(*) from duckdb_functions() where function_type = 'macro' and "
        "database_name = current_database() and schema_name = ? and function_name = ?",
        [name.schema, name.name],
    ).fetchall()[0][0]
    if not has_function:
        keys = [name.schema, name.name, number]
        query = (
            f"select function_sql from {MODEL_SCHEMA}.model_versions "
            "where model_schema = ? and model_name = ? and version = ?"
        )
        function_sql = con.execute(query, keys).fetchall()[0][0]
        if function_sql:
            con.execute(function_sql)
    if not _relation(con, name):
        _create_card(con, name)


def _create_card(con: duckdb.DuckDBPyConnection, name: ModelName) -> None:
    schema, model = (value.replace("'", "''") for value in (name.schema, name.name))
    con.execute(
        f"create or replace view {name.sql()} as select * exclude (model_schema, model_name) "
        f"from {MODEL_SCHEMA}.models "
        f"where model_schema = '{schema}' and model_name = '{model}'"
    )


def spelt(con: duckdb.DuckDBPyConnection, name: ModelName) -> ModelName:
    """Return `name` as the registry spells it: in DuckDB, case does not tell names apart.

    Raises:
        GoldloopError: there is no registry, or `name` is of another database.
    """
    current, has_registry = con.execute(
        "select current_database(), count(*) from duckdb_tables() where schema_name = ? "
        "and table_name = 'model_versions' and database_name = current_database()",
        [MODEL_SCHEMA],
    ).fetchall()[0]
    if name.database and name.database.casefold() != current.casefold():
        raise GoldloopError(
            f"Model {name}: it is to be in the database '{name.database}', and the session is in "
            f"'{current}'; a model lives beside its registry. Build it in '{current}'."
        )
    if not has_registry:
        raise GoldloopError(
            f"Model {name}: the database '{current}' has no registry of models. In dbt, add "
            "`plugins: [{module: goldloop.dbt.plugin}]` to the target in profiles.yml."
        )
    known = con.execute(
        f"select model_schema, model_name from {MODEL_SCHEMA}.model_versions "
        "where lower(model_schema) = lower(?) and lower(model_name) = lower(?) limit 1",
        [name.schema, name.name],
    ).fetchall()
    return ModelName(known[0][0], known[0][1], name.database) if known else name


def require_free_name(con: duckdb.DuckDBPyConnection, name: ModelName) -> None:
    """Refuse a name that a table, or a view that is no card, already has.

    Raises:
        GoldloopError: the name is taken.
    """
    taken = _relation(con, name)
    if taken not in (None, "card"):
        raise GoldloopError(
            f"Model {name}: the name is taken by a {taken}; models share the namespace of tables. "
            "Drop it or choose another name."
        )


def _relation(con: duckdb.DuckDBPyConnection, name: ModelName) -> str | None:
    """Return what has the name: table, view or card; None when it is free."""
    where = (
        "where database_name = current_database() and lower(schema_name) = lower($1) "
        "and lower({}) = lower($2)"
    )
    found = con.execute(
        f"select 'table' from duckdb_tables() {where.format('table_name')} union all "
        f"select if(contains(sql, ' {MODEL_SCHEMA}.models '), 'card', 'view') "
        f"from duckdb_views() {where.format('view_name')}",
        [name.schema, name.name],
    ).fetchall()
    return found[0][0] if found else None


def drop_model(con: duckdb.DuckDBPyConnection, name: ModelName) -> None:
    """Drop the model's card, function and records; of a model that is not there, nothing.

    Raises:
        GoldloopError: the name is a table's.
    """
    name = spelt(con, name)
    require_free_name(con, name)
    con.execute(f"drop view if exists {name.sql()}")
    con.execute(f"drop macro if exists {name.sql()}")
    where = "where model_schema = ? and model_name = ?"
    keys = [name.schema, name.name]
    versions = con.execute(
        f"select version_id from {MODEL_SCHEMA}.model_versions {where}", keys
    ).fetchall()
    drop_parts(con, [version_id for (version_id,) in versions])
    for (version_id,) in versions:
        # A trial's own records bear its version's identifier with the trial's number.
        con.execute(
            f"delete from {MODEL_SCHEMA}.artifacts where version_id = $1 "
            "or starts_with(version_id, $1 || 't')",
            [version_id],
        )
        con.execute(
            f"delete from {MODEL_SCHEMA}.metrics where model_schema = '{MODEL_SCHEMA}' "
            "and starts_with(model_name, 'trial_' || $1 || 't')",
            [version_id],
        )
    for table in ("promotions", "metrics", "builds", "settings", "model_versions"):
        con.execute(f"delete from {MODEL_SCHEMA}.{table} {where}", keys)


def _insert(con: duckdb.DuckDBPyConnection, table: str, row: list[Any]) -> None:
    con.execute(f"insert into {MODEL_SCHEMA}.{table} values ({', '.join('?' * len(row))})", row)


def _json(value: Any) -> str:
    return json.dumps(value, default=str)


def utc_now() -> dt.datetime:
    """Return the time now in UTC, without a zone, as the registry's timestamps are."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)
