"""The name of a model: a schema and a name, in one database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

MODEL_SCHEMA = "goldloop"


@dataclass(frozen=True)
class ModelName:
    """Where a model lives; `database` None is the connection's current one."""

    schema: str
    name: str
    database: str | None = None

    def __str__(self) -> str:
        """Return `schema.name`, as errors and cards print it."""
        return f"{self.schema}.{self.name}"

    def table(self) -> exp.Table:
        """Return the quoted name as a sqlglot table."""
        return exp.table_(self.name, db=self.schema, catalog=self.database, quoted=True)

    def sql(self) -> str:
        """Return the quoted name as DuckDB reads it, for relation and function alike."""
        return self.table().sql(dialect="duckdb")


def part_name(key: str, version_id: str) -> exp.Table:
    """Return the quoted name of a version's part: a macro or table beside the registry."""
    return exp.table_(f"{key}_{version_id}", db=MODEL_SCHEMA, quoted=True)
