"""The name of a model: a schema and a name, in one database."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

MODEL_SCHEMA = "goldloop"


@dataclass(frozen=True)
class ModelName:
    """Where a model lives; `database` None is the connection's current one.

    `shown` is what errors call it, where that is not `schema.name`.
    """

    schema: str
    name: str
    database: str | None = None
    shown: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        """Return `schema.name`, as errors and cards print it."""
        return self.shown or f"{self.schema}.{self.name}"

    def table(self) -> exp.Table:
        """Return the quoted name as a sqlglot table."""
        return exp.table_(self.name, db=self.schema, catalog=self.database, quoted=True)

    def sql(self) -> str:
        """Return the quoted name as DuckDB reads it, for relation and function alike."""
        return self.table().sql(dialect="duckdb")


def part_name(key: str, version_id: str) -> exp.Table:
    """Return the quoted name of a version's part: a macro or table beside the registry."""
    return exp.table_(f"{key}_{version_id}", db=MODEL_SCHEMA, quoted=True)


def trial_version_id(version_id: str, trial_id: int) -> str:
    """Return the identifier that a trial's own parts are named by."""
    return f"{version_id}t{trial_id}"


def trial_name(model: ModelName, version_id: str, trial_id: int) -> ModelName:
    """Return the name of a trial's function, and of its details in the registry."""
    return ModelName(
        MODEL_SCHEMA,
        f"trial_{trial_version_id(version_id, trial_id)}",
        model.database,
        f"{model}, trial {trial_id}",
    )
