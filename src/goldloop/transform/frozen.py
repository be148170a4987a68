"""What of a TRANSFORM clause stays in the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import ROW, let, struct
from goldloop.transform.columns import Column
from goldloop.transform.references import RAW, raw_columns


@dataclass(frozen=True)
class Transform:
    """The columns of a transformation, over the raw row `_raw`, statistics and all.

    `raw` are the columns of the training query, `columns` and `types` those that are made;
    `roles` the names, in lower case, of those that are no features (label, split and the like).
    """

    raw: tuple[Feature, ...]
    columns: tuple[Column, ...]
    types: Mapping[str, str]
    roles: frozenset[str]

    @property
    def parameter(self) -> str:
        """What a macro over the raw row calls it."""
        return RAW

    @property
    def inputs(self) -> tuple[Feature, ...]:
        """The raw columns that scoring reads."""
        read = set().union(*(raw_columns(column.expression) for column in self._scored()))
        return tuple(column for column in self.raw if column.name in read)

    @property
    def row(self) -> exp.Expr:
        """The transformed row as a struct, over `_raw`; columns with a role are not in it."""
        return struct({column.name: column.expression.copy() for column in self._scored()})

    def bound(self, body: exp.Expr) -> exp.Expr:
        """Return `body`, an expression over the transformed row, over the raw one."""
        return let(ROW, self.row, body)

    def _scored(self) -> list[Column]:
        return [column for column in self.columns if column.name.casefold() not in self.roles]


def select_list(columns: Sequence[Column]) -> str:
    """Return `columns` as a select list over the raw rows, called `_raw`."""
    return ", ".join(
        exp.alias_(column.expression.copy(), column.name, quoted=True).sql("duckdb")
        for column in columns
    )
