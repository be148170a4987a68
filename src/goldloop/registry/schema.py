"""The warehouse schema `goldloop`: narrow, append-only tables, and the view that makes cards."""

from __future__ import annotations

from hashlib import sha256
from threading import Lock

import duckdb

from goldloop.errors import GoldloopError
from goldloop.evaluation import install
from goldloop.registry.names import MODEL_SCHEMA

TABLES = {
    "model_versions": """
        model_schema varchar not null, model_name varchar not null, version bigint not null,
        version_id varchar not null, model_type varchar not null, problem_type varchar not null,
        label varchar, classes json, features json not null, options json not null,
        scoring varchar not null, training_sql varchar, training_fingerprint varchar not null,
        training_rows bigint not null, evaluation_rows bigint not null, function_sql varchar,
        lineage json, comment varchar, engine_version varchar not null, invocation_id varchar,
        trained_at timestamp not null, seconds double not null""",
    "promotions": """
        model_schema varchar not null, model_name varchar not null, version bigint not null,
        reason varchar not null, invocation_id varchar, promoted_at timestamp not null""",
    "metrics": """
        model_schema varchar not null, model_name varchar not null, version bigint not null,
        section varchar not null, key varchar not null, value double, json json""",
    "builds": """
        model_schema varchar not null, model_name varchar not null, version bigint not null,
        outcome varchar not null, invocation_id varchar, built_at timestamp not null,
        seconds double not null""",
    "settings": """
        model_schema varchar not null, model_name varchar not null, version bigint not null,
        option varchar not null, value json, set_at timestamp not null""",
    "projects": """
        project varchar not null, database varchar""",
    "artifacts": """
        version_id varchar not null, signature json not null, estimator blob not null""",
}

# One row a version. The last promotion names the champion; what was champion before is retired.
_CARDS = """
    with champions as (
        select model_schema, model_name, arg_max(version, promoted_at) as champion,
            list(distinct version) as promoted
        from goldloop.promotions group by all
    ),
    headline as (
        select model_schema, model_name, version, json_group_object(key, value) as metrics
        from goldloop.metrics where section = 'evaluation' group by all
    ),
    checks as (
        select model_schema, model_name, version, max(built_at) as last_built_at,
            arg_max(outcome, built_at) as last_outcome
        from goldloop.builds group by all
    ),
    settings as (
        select model_schema, model_name, version, json_group_object(option, value) as settings
        from (
            select model_schema, model_name, version, option, arg_max(value, set_at) as value
            from goldloop.settings group by all
        )
        where value::varchar != 'null' group by all
    )
    select
        versions.model_schema, versions.model_name,
        versions.model_schema || '.' || versions.model_name as model,
        versions.version,
        case
            when versions.version = champions.champion
                then if(
                    (settings.settings ->> 'expiration_timestamp')::timestamp
                    <= current_timestamp at time zone 'UTC',
                    'expired', 'champion'
                )
            when list_contains(champions.promoted, versions.version) then 'retired'
            else 'candidate'
        end as status,
        versions.model_type, versions.problem_type, versions.label, versions.classes,
        versions.features, versions.options, headline.metrics, versions.scoring,
        versions.training_rows, versions.evaluation_rows, versions.training_fingerprint,
        versions.training_sql, versions.lineage, versions.comment, versions.version_id,
        versions.engine_version, versions.invocation_id, versions.trained_at, versions.seconds,
        checks.last_built_at, checks.last_outcome, settings.settings
    from goldloop.model_versions as versions
    left join champions using (model_schema, model_name)
    left join headline using (model_schema, model_name, version)
    left join checks using (model_schema, model_name, version)
    left join settings using (model_schema, model_name, version)
"""


_CREATING = Lock()


def ensure_schema(con: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing of the schema `goldloop` in the current database, or out of date.

    Meant to run before parallel work starts, on the root connection; a
    read-only database is left as it is.

    Raises:
        GoldloopError: the database itself is called goldloop, so `goldloop.models` is ambiguous.
    """
    database, is_read_only = con.execute(
        "select database_name, readonly from duckdb_databases() "
        "where database_name = current_database()"
    ).fetchall()[0]
    if database.casefold() == MODEL_SCHEMA:
        raise GoldloopError(
            f"The database file is called '{database}', the name of Goldloop's own schema, which "
            "makes names in it ambiguous; rename the file, for example to warehouse.duckdb."
        )
    if is_read_only:
        return
    # Two threads that create the same thing at once conflict in DuckDB's catalogue.
    with _CREATING:
        _create_tables(con)
        install(con)


def _create_tables(con: duckdb.DuckDBPyConnection) -> None:
    digest = f"goldloop {sha256(_CARDS.encode()).hexdigest()[:16]}"
    present = con.execute(
        "select table_name, null from duckdb_tables() "
        "where database_name = current_database() and schema_name = $1 union all "
        "select view_name, comment from duckdb_views() "
        "where database_name = current_database() and schema_name = $1",
        [MODEL_SCHEMA],
    ).fetchall()
    if set(TABLES) <= {name for name, _ in present} and ("models", digest) in present:
        return
    con.execute(f"create schema if not exists {MODEL_SCHEMA}")
    for name, columns in TABLES.items():
        con.execute(f"create table if not exists {MODEL_SCHEMA}.{name} ({columns})")
    con.execute(f"create or replace view {MODEL_SCHEMA}.models as {_CARDS}")
    con.execute(f"comment on view {MODEL_SCHEMA}.models is '{digest}'")
