"""A model's function in steps that every SQL has: named numbers, each of features and steps before.

DuckDB's macro binds values by lambdas over lists; other dialects have no such thing, but all
have subqueries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from goldloop.registry.cards import Feature


@dataclass(frozen=True)
class Step:
    """A value that later ones name."""

    name: str
    value: exp.Expr


@dataclass(frozen=True)
class Program:
    """What a model computes of a row: `outputs` by name, of its features and steps."""

    features: tuple[Feature, ...]
    steps: tuple[Step, ...]
    outputs: Mapping[str, exp.Expr]

    def query(self, source: exp.Expr) -> exp.Select:
        """Return the outputs as a query over `source`, the steps in as few subqueries as can be.

        Args:
            source: what stands in FROM and has the features as columns; None has parameters.
        """
        inner: exp.Expr = source
        for layer in self._layers():
            named = [exp.alias_(step.value.copy(), step.name, quoted=True) for step in layer]
            query = exp.select("*", *named).from_(inner)
            inner = query.subquery("steps")
        outputs = [exp.alias_(v.copy(), name, quoted=True) for name, v in self.outputs.items()]
        return exp.select(*outputs).from_(inner)

    def _layers(self) -> list[list[Step]]:
        """Return the steps in groups, each of which needs the groups before it only."""
        level: dict[str, int] = {}
        layers: list[list[Step]] = []
        for step in self.steps:
            needed = [level[n] + 1 for n in names_in([step.value]) if n in level]
            level[step.name] = max(needed, default=0)
            if level[step.name] == len(layers):
                layers.append([])
            layers[level[step.name]].append(step)
        return layers


def names_in(values: Sequence[exp.Expr]) -> set[str]:
    """Return the names of all columns in `values`."""
    return {column.name for value in values for column in value.find_all(exp.Column)}
