"""What a project declared of its rows' origins, as `record_lineage` of the dbt package wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb

from goldloop.errors import GoldloopError, nearest
from goldloop.registry.names import MODEL_SCHEMA

# One row a link; a relation that declares its key alone has one row, without a target.
LINEAGE = "lineage"
_DECLARE = (
    "declare it in the yml of its dbt model, under config.meta.goldloop.trace, and run dbt "
    "(its on-run-start records what is declared)"
)


@dataclass(frozen=True)
class RelationName:
    """A table or view of the warehouse."""

    schema: str
    name: str

    def __str__(self) -> str:
        """Return schema.name."""
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class Link:
    """Where rows of a relation come from.

    `columns` maps a column here to the equal one of `target`; `condition` is further SQL over
    `here` and `there`, which the project's author wrote.
    """

    target: RelationName
    columns: Mapping[str, str]
    condition: str | None = None


@dataclass(frozen=True)
class TracedRelation:
    """A relation whose rows can be traced: the columns that name a row, and its links.

    `shows` are the columns that tell the model and version that made a row, or the file and line
    it was read from, by role: model, version, file, line.
    """

    name: RelationName
    key: tuple[str, ...]
    shows: Mapping[str, str]
    links: tuple[Link, ...] = ()


Lineage = Mapping[RelationName, TracedRelation]


def read_lineage(con: duckdb.DuckDBPyConnection) -> Lineage:
    """Return the declared relations by name; none in a warehouse where nothing was recorded."""
    is_recorded = con.execute(
        "select 1 from duckdb_tables() where database_name = current_database() "
        "and schema_name = ? and table_name = ?",
        [MODEL_SCHEMA, LINEAGE],
    ).fetchall()
    if not is_recorded:
        return {}
    rows = con.execute(
        "select relation_schema, relation_name, key_columns, shows, target_schema, target_name,"
        f" columns, condition from {MODEL_SCHEMA}.{LINEAGE}"
        " order by relation_schema, relation_name, link_number"
    ).fetchall()
    found: dict[RelationName, TracedRelation] = {}
    for schema, name, key, shows, target_schema, target_name, columns, condition in rows:
        relation = RelationName(schema, name)
        first = TracedRelation(relation, tuple(json.loads(key)), json.loads(shows))
        links = found.get(relation, first).links
        if target_name is not None:
            target = RelationName(target_schema, target_name)
            links += (Link(target, json.loads(columns), condition),)
        found[relation] = replace(first, links=links)
    return found


def find_relation(lineage: Lineage, text: str) -> TracedRelation:
    """Return the declared relation of that name, with or without its schema, in any case.

    Raises:
        GoldloopError: none is declared of that name, or several are.
    """
    if not lineage:
        raise GoldloopError(
            f"{text} cannot be traced: the warehouse has no declared lineage; {_DECLARE}."
        )
    asked = text.casefold()
    found = [
        relation
        for name, relation in lineage.items()
        if asked in (str(name).casefold(), name.name.casefold())
    ]
    if len(found) == 1:
        return found[0]
    known = sorted(str(name) for name in lineage)
    if found:
        of_them = ", ".join(str(relation.name) for relation in found)
        raise GoldloopError(f"Several relations are called {text}: {of_them}; give its schema.")
    suggestion = nearest(text, known) or nearest(text, (name.name for name in lineage))
    raise GoldloopError(
        f"{text} declares no lineage.{suggestion} To trace its rows, {_DECLARE}. "
        f"Traced here: {', '.join(known)}."
    )
