"""What a script is made of, once read: statements as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from goldloop.dialect.scripting import ScriptStatement


@dataclass(frozen=True)
class HparamRange:
    """`HPARAM_RANGE(low, high)`: an option's value is to be searched in this interval."""

    low: float
    high: float

    def __repr__(self) -> str:
        """Return the call, as errors print it."""
        return f"HPARAM_RANGE({self.low}, {self.high})"


@dataclass(frozen=True)
class HparamCandidates:
    """`HPARAM_CANDIDATES([...])`: an option's value is to be one of these."""

    values: tuple[object, ...]

    def __repr__(self) -> str:
        """Return the call, as errors print it."""
        return f"HPARAM_CANDIDATES({list(self.values)!r})"


@dataclass(frozen=True)
class CreateModel:
    """`CREATE [OR REPLACE] MODEL [IF NOT EXISTS]`.

    `queries` holds the query of `AS query` under the name `training_data`, or
    the named ones of `AS (training_data AS (...), ...)`; `transform` is the
    select list of the TRANSFORM clause, None without one; `inputs` and
    `outputs` are the names and BigQuery types of INPUT(…) and OUTPUT(…).
    `line` is the statement's first line in its script, from 1; here as in
    every statement.
    """

    line: int
    name: exp.Table
    or_replace: bool
    if_not_exists: bool
    options: Mapping[str, object]
    transform: tuple[exp.Expr, ...] | None
    queries: Mapping[str, exp.Query]
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AlterModel:
    """`ALTER MODEL [IF EXISTS] … SET OPTIONS`."""

    line: int
    name: exp.Table
    if_exists: bool
    options: Mapping[str, object]


@dataclass(frozen=True)
class ExportModel:
    """`EXPORT MODEL … OPTIONS(URI = '…')`."""

    line: int
    name: exp.Table
    options: Mapping[str, object]


@dataclass(frozen=True)
class DropModel:
    """`DROP MODEL [IF EXISTS]`."""

    line: int
    name: exp.Table
    if_exists: bool


@dataclass(frozen=True)
class SqlStatement:
    """Any other statement; may call ML functions in its queries."""

    line: int
    tree: exp.Expr


@dataclass(frozen=True)
class VerbatimStatement:
    """A statement in DuckDB's own SQL that has nothing of machine learning in it."""

    line: int
    sql: str


PlainStatement = (
    CreateModel | AlterModel | ExportModel | DropModel | SqlStatement | VerbatimStatement
)
Statement = PlainStatement | ScriptStatement
