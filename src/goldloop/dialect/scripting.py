"""The statements that direct a script: variables, blocks, conditions and loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from goldloop.dialect.statements import Statement


@dataclass(frozen=True)
class Declare:
    """`DECLARE names [type] [DEFAULT value]`."""

    line: int
    names: tuple[str, ...]
    kind: exp.DataType | None
    default: exp.Expr | None


@dataclass(frozen=True)
class Assign:
    """`SET name = value`, or `SET (names) = value` where the value has as many fields."""

    line: int
    names: tuple[str, ...]
    value: exp.Expr
    is_tuple: bool


@dataclass(frozen=True)
class UseDataset:
    """`SET @@dataset_id = 'schema'`."""

    line: int
    schema: exp.Expr


@dataclass(frozen=True)
class Branches:
    """`IF … THEN … ELSEIF … ELSE … END IF`: the first branch whose condition holds, or the last."""

    line: int
    branches: tuple[tuple[exp.Expr, tuple[Statement, ...]], ...]
    otherwise: tuple[Statement, ...]


@dataclass(frozen=True)
class Loop:
    """`LOOP`, `WHILE condition DO` and `REPEAT … UNTIL until END REPEAT`."""

    line: int
    body: tuple[Statement, ...]
    condition: exp.Expr | None = None
    until: exp.Expr | None = None


@dataclass(frozen=True)
class ForEach:
    """`FOR name IN (query) DO … END FOR`: `name` is a row, as a STRUCT."""

    line: int
    name: str
    query: exp.Expr
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Block:
    """`BEGIN … [EXCEPTION WHEN ERROR THEN …] END`; `handler` is None without the exception."""

    line: int
    body: tuple[Statement, ...]
    handler: tuple[Statement, ...] | None


@dataclass(frozen=True)
class Leave:
    """`BREAK` or `LEAVE`, `CONTINUE` or `ITERATE`, `RETURN`: named by the first of each."""

    line: int
    kind: str


@dataclass(frozen=True)
class Execute:
    """`EXECUTE IMMEDIATE sql [INTO names] [USING values]`; values with or without a name."""

    line: int
    sql: exp.Expr
    into: tuple[str, ...]
    using: tuple[tuple[str | None, exp.Expr], ...]


@dataclass(frozen=True)
class Raise:
    """`RAISE [USING MESSAGE = text]`."""

    line: int
    message: exp.Expr | None


@dataclass(frozen=True)
class Assert:
    """`ASSERT condition [AS 'description']`."""

    line: int
    condition: exp.Expr
    description: str


@dataclass(frozen=True)
class Transact:
    """`BEGIN`, `COMMIT` or `ROLLBACK`, of a transaction."""

    line: int
    verb: str


ScriptStatement = (
    Declare
    | Assign
    | UseDataset
    | Branches
    | Loop
    | ForEach
    | Block
    | Leave
    | Execute
    | Raise
    | Assert
    | Transact
)
SCRIPT_STATEMENTS = (
    Declare,
    Assign,
    UseDataset,
    Branches,
    Loop,
    ForEach,
    Block,
    Leave,
    Execute,
    Raise,
    Assert,
    Transact,
)
