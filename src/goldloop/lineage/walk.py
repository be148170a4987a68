"""From one row, along the declared links, to the rows it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from goldloop.errors import GoldloopError
from goldloop.lineage.declared import (
    Lineage,
    Link,
    RelationName,
    TracedRelation,
    find_relation,
    read_lineage,
)
from goldloop.scoring.expressions import quoted

ROLES = ("model", "version", "file", "line")
TRACE_COLUMNS = (
    "number", "parent", "depth", "relation", "key", *ROLES, "is_repeated", "left_off",
)  # fmt: skip


@dataclass(frozen=True)
class TracedRow:
    """A row of the warehouse that another came from.

    `number` counts from 1, the row asked for; `parent` is the number of the row that came from it.
    `shown` has the model, version, file and line where the relation declares them. `left_off` is
    how many more rows of this relation its parent came from than were followed; it is said with the
    last that was. A row met before is not followed again, unless `depth` ended it sooner then.
    """

    number: int
    parent: int | None
    depth: int
    relation: RelationName
    key: Mapping[str, Any]
    shown: Mapping[str, Any]
    is_repeated: bool = False
    left_off: int = 0

    def values(self) -> tuple[Any, ...]:
        """Return the values of `TRACE_COLUMNS`; the key as `column=value, …`."""
        return (
            self.number,
            self.parent,
            self.depth,
            str(self.relation),
            written_key(self.key),
            *(self.shown.get(role) for role in ROLES),
            self.is_repeated,
            self.left_off,
        )


def written_key(key: Mapping[str, Any]) -> str:
    """Return `column=value, …`."""
    return ", ".join(f"{column}={value}" for column, value in key.items())


def trace(
    con: duckdb.DuckDBPyConnection,
    table: str,
    key: str | Mapping[str, Any],
    depth: int | None = None,
    limit: int = 5,
) -> list[TracedRow]:
    """Return the row of that key and those it came from, each below the one that came from it.

    Args:
        con: the warehouse, in which dbt recorded the declared lineage.
        table: a relation, with or without its schema.
        key: the value of its key column; for several `column=value,column=value`, or a mapping.
        depth: how many links to follow; None for all.
        limit: how many rows to follow of each link; the others are counted.

    Raises:
        GoldloopError: the relation declares no lineage, or there is no row of that key.
    """
    if limit < 1:
        raise GoldloopError(f"trace: limit is {limit}; expected 1 or more rows of each link.")
    if depth is not None and depth < 0:
        raise GoldloopError(f"trace: depth is {depth}; expected 0 or more links, or none for all.")
    lineage = read_lineage(con)
    start = find_relation(lineage, table)
    found = _row(con, start, _asked_key(start, key))
    return list(_Walk(con, lineage, depth, limit).from_row(start, found))


class _Walk:
    def __init__(
        self, con: duckdb.DuckDBPyConnection, lineage: Lineage, depth: int | None, limit: int
    ) -> None:
        self._con, self._lineage, self._depth, self._limit = con, lineage, depth, limit
        self._count = 0
        # Each row with the least depth it was met at, and whether the depth has ended any.
        self._met: dict[tuple[RelationName, tuple[Any, ...]], int] = {}
        self._is_cut = False

    def from_row(
        self,
        relation: TracedRelation,
        values: Sequence[Any],
        parent: int | None = None,
        depth: int = 0,
        left_off: int = 0,
    ) -> Iterator[TracedRow]:
        """Yield the row of these key and shown values, then what it came from."""
        n_key = len(relation.key)
        key, shown = tuple(values[:n_key]), values[n_key:]
        before = self._met.get((relation.name, key))
        is_repeated = before is not None and (before <= depth or not self._is_cut)
        self._met[relation.name, key] = depth if before is None else min(before, depth)
        self._count += 1
        number = self._count
        yield TracedRow(
            number,
            parent,
            depth,
            relation.name,
            dict(zip(relation.key, key, strict=True)),
            dict(zip(relation.shows, shown, strict=True)),
            is_repeated,
            left_off,
        )
        if is_repeated:
            return
        if depth == self._depth:
            self._is_cut |= bool(relation.links)
            return
        for link in relation.links:
            target = self._lineage[link.target]
            rows, total = self._linked(relation, key, link, target)
            for i, row in enumerate(rows):
                more = total - len(rows) if i == len(rows) - 1 else 0
                yield from self.from_row(target, row, number, depth + 1, more)

    def _linked(
        self, here: TracedRelation, key: tuple[Any, ...], link: Link, there: TracedRelation
    ) -> tuple[list[tuple[Any, ...]], int]:
        """Return at most `limit` rows of the target, and how many there are."""
        joined = [
            f"here.{quoted(mine)} = there.{quoted(theirs)}" for mine, theirs in link.columns.items()
        ]
        if link.condition:
            joined.append(f"({link.condition})")
        wanted = ", ".join(f"there.{quoted(c)}" for c in (*there.key, *there.shows.values()))
        try:
            found = self._con.execute(
                f"select distinct {wanted} from {_named(here.name)} as here "
                f"inner join {_named(there.name)} as there on {' and '.join(joined)} "
                f"where {_is_key('here', here.key)} order by all",
                list(key),
            ).fetchall()
        except (duckdb.CatalogException, duckdb.BinderException, duckdb.ParserException) as error:
            raise GoldloopError(
                f"The declared link from {here.name} to {there.name} cannot be followed: "
                f"{_first(error)} "
                "Build both, or put the declaration right and run dbt."
            ) from error
        return found[: self._limit], len(found)


def _row(
    con: duckdb.DuckDBPyConnection, relation: TracedRelation, key: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Return the key and shown values of the row whose key reads like that."""
    wanted = ", ".join(quoted(c) for c in (*relation.key, *relation.shows.values()))
    table = _named(relation.name)
    matches = " and ".join(f"{quoted(c)}::varchar = ?::varchar" for c in relation.key)
    try:
        found = con.execute(
            f"select {wanted} from {table} where {matches} limit 1", [key[c] for c in relation.key]
        ).fetchall()
        if found:
            return found[0]
        example = con.execute(
            f"select {', '.join(quoted(c) for c in relation.key)} from {table} limit 1"
        ).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise GoldloopError(
            f"{relation.name} is declared in the lineage and cannot be read: {_first(error)} "
            "Build it, or put its declaration right and run dbt."
        ) from error
    if not example:
        raise GoldloopError(f"{relation.name} has no row at all: build it, or land data first.")
    like = written_key(dict(zip(relation.key, example[0], strict=True)))
    raise GoldloopError(
        f"{relation.name} has no row with {written_key(key)}. A key that it has: {like}."
    )


def _asked_key(relation: TracedRelation, key: str | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(key, str):
        if len(relation.key) == 1 and not key.startswith(f"{relation.key[0]}="):
            return {relation.key[0]: key}
        pairs = (part.partition("=") for part in key.split(","))
        given, key = key, {name.strip(): value.strip() for name, _, value in pairs}
    else:
        given = written_key(key)
    if set(key) != set(relation.key):
        expected = ",".join(f"{column}=…" for column in relation.key)
        raise GoldloopError(
            f"The key of {relation.name} is {', '.join(relation.key)}, and {given} was given. "
            f"Give {expected}"
        )
    return {column: key[column] for column in relation.key}


def _is_key(alias: str, columns: Sequence[str]) -> str:
    return " and ".join(f"{alias}.{quoted(c)} is not distinct from ?" for c in columns)


def _named(name: RelationName) -> str:
    return f"{quoted(name.schema)}.{quoted(name.name)}"


def _first(error: Exception) -> str:
    """Return what DuckDB says, without the candidates and the query."""
    return f"{str(error).splitlines()[0].rstrip('!.')}."
