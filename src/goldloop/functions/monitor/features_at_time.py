"""ML.FEATURES_AT_TIME and ML.ENTITY_FEATURES_AT_TIME: features as they were known at a time."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.errors import StatementError
from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.monitor.measuring import query_of, rows
from goldloop.options.declaration import Kind, Option, Range
from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import quoted

ENTITY, UPDATED, TIME = "entity_id", "feature_timestamp", "time"


def _at_time(call: Call, warehouse: Warehouse) -> exp.Query:
    columns = warehouse.describe(call)
    updated = _find(call, columns, UPDATED, "the features")
    entity = _find(call, columns, ENTITY, "the features")
    asked = call["time"]
    time = "current_timestamp" if asked is None else duckdb_sql(asked)
    moment = f"cast(cast({time} as timestamp with time zone) as {updated.sql_type})"
    known = f"select * from {rows(call)} where {_quoted(updated)} <= {moment}"
    return query_of(
        f"select * replace ({moment} as {_quoted(updated)}) from (select * from ("
        f"{_filled(call, known, columns, entity, updated)}) as known qualify row_number() over "
        f"(partition by {_quoted(entity)} order by {_quoted(updated)} desc) <= {call['num_rows']}) "
        "as latest"
    )


def _at_their_times(call: Call, warehouse: Warehouse) -> exp.Query:
    columns, times = warehouse.describe(call, 0), warehouse.describe(call, 1)
    updated = _find(call, columns, UPDATED, "the features")
    entity = _find(call, columns, ENTITY, "the features")
    asked, moment = (_find(call, times, name, "the entities' times") for name in (ENTITY, TIME))
    history = _filled(call, f"select * from {rows(call)}", columns, entity, updated)
    wanted = (
        f"select {_quoted(asked)} as _goldloop_entity, {_quoted(moment)} as _goldloop_time, "
        f"row_number() over () as _goldloop_asked from {rows(call, 1)}"
    )
    return query_of(
        "select * exclude (_goldloop_entity, _goldloop_time, _goldloop_asked) replace ("
        f"cast(_goldloop_time as {updated.sql_type}) as {_quoted(updated)}) from (select * from ("
        f"{history}) as history join ({wanted}) as wanted "
        f"on history.{_quoted(entity)} = wanted._goldloop_entity "
        f"and history.{_quoted(updated)} <= wanted._goldloop_time qualify row_number() over "
        f"(partition by _goldloop_asked order by history.{_quoted(updated)} desc) "
        f"<= {call['num_rows']}) as latest"
    )


def _filled(
    call: Call, known: str, columns: list[Feature], entity: Feature, updated: Feature
) -> str:
    """Return the query `known`, NULL features filled from earlier rows if the call asks for it."""
    if not call["ignore_feature_nulls"]:
        return known
    filled = ", ".join(
        f"last_value({_quoted(each)} ignore nulls) over earlier as {_quoted(each)}"
        for each in columns
        if each not in (entity, updated)
    )
    replaced = f" replace ({filled})" if filled else ""
    return (
        f"select *{replaced} from ({known}) as features window earlier as (partition by "
        f"{_quoted(entity)} order by {_quoted(updated)} rows between unbounded preceding and "
        "current row)"
    )


def _find(call: Call, columns: list[Feature], name: str, whose: str) -> Feature:
    for column in columns:
        if column.name.casefold() == name:
            return column
    listed = ", ".join(column.name for column in columns)
    raise StatementError(
        f"{call.name}: {whose} have no column {name}; expected {ENTITY} and "
        f"{TIME if whose.startswith('the ent') else UPDATED} among {listed}. Name it with AS."
    )


def _quoted(column: Feature) -> str:
    return quoted(column.name)


_SHARED = (
    Parameter(Option("num_rows", Kind.INTEGER, 1, "Latest rows of each entity.", range=Range(1))),
    Parameter(
        Option(
            "ignore_feature_nulls",
            Kind.BOOLEAN,
            False,
            "Whether a NULL is filled with the entity's last value before it.",
        )
    ),
)
FEATURES_AT_TIME = TableFunction(
    "ML.FEATURES_AT_TIME",
    Group.MONITOR,
    "The features of every entity as they were known at a time.",
    _at_time,
    (Output("", (("<input columns incl. entity_id, feature_timestamp>", "as input"),)),),
    need=Need.NONE,
    sources=(1, 1),
    parameters=(
        Parameter(Option("time", Kind.EXPRESSION, None, "The time, a TIMESTAMP; unset: now.")),
        *_SHARED,
    ),
    are_named=True,
)
ENTITY_FEATURES_AT_TIME = TableFunction(
    "ML.ENTITY_FEATURES_AT_TIME",
    Group.MONITOR,
    "The features of entities as they were known at times of their own.",
    _at_their_times,
    (Output("", (("<feature columns, feature_timestamp = entity time>", "as input"),)),),
    need=Need.NONE,
    sources=(2, 2),
    source_names=("features", "entity_times"),
    parameters=_SHARED,
    are_named=True,
)
