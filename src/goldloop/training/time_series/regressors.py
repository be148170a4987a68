"""ARIMA_PLUS_XREG's linear regression: a series is modelled after it is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from goldloop.scoring.expressions import balanced_sum, call, case, double, feature, multiply
from goldloop.scoring.function import struct
from goldloop.training.family import Sample
from goldloop.training.matrix import Floats, Numbers
from goldloop.training.terms import (
    Term,
    design_matrix,
    has_level,
    level_name,
    standard_score,
    terms,
)

WEIGHTS = "_weights"


@dataclass(frozen=True)
class Regressors:
    """The design matrix of all training rows, and its columns as SQL over a row."""

    found: Sequence[Term]
    matrix: Floats

    def effects(self, rows: NDArray[np.int64], weights: Floats) -> dict[str, Floats]:
        """Return what each feature adds in each of the rows."""
        return {
            term.name: term.matrix[rows] @ weights[part]
            for term, part in zip(self.found, self.parts, strict=True)
        }

    @property
    def parts(self) -> list[slice]:
        """Return the columns of each term."""
        ends = np.cumsum([term.width for term in self.found])
        return [slice(int(e) - t.width, int(e)) for t, e in zip(self.found, ends, strict=True)]

    def functions(self) -> dict[str, exp.Expression]:
        """Return the SQL over a row that also has the weights of its series as `_weights`.

        `attributions` is a struct of what each input adds, `effect` their sum.
        """
        added = {
            f"attribution_{term.name}": self._added(term, part)
            for term, part in zip(self.found, self.parts, strict=True)
        }
        return {
            "attributions": struct(added),
            "effect": balanced_sum([each.copy() for each in added.values()]),
        }

    def _added(self, term: Term, part: slice) -> exp.Expression:
        weights = [
            call("list_extract", feature(WEIGHTS), exp.Literal.number(place + 1))
            for place in range(part.start, part.stop)
        ]
        if isinstance(term.column, Numbers):
            z = call("coalesce", standard_score(term.column), double(term.column.fill))
            return multiply(z, weights[0])
        source = term.column.input.expression
        levels = zip(term.levels or (), weights, strict=True)
        return case([(has_level(source, level), w) for level, w in levels], double(0.0))

    def described(self, weights: Floats) -> list[tuple[str, float | None, list | None]]:
        """Return (input, weight, category weights) per term; a number's weight is per its unit."""
        rows: list[tuple[str, float | None, list | None]] = []
        for term, part in zip(self.found, self.parts, strict=True):
            values = [float(weight) for weight in weights[part]]
            if isinstance(term.column, Numbers):
                rows.append((term.name, values[0] / term.column.std, None))
            else:
                levels = [level_name(level) for level in term.levels or ()]
                pairs = zip(levels, values, strict=True)
                rows.append((term.name, None, [{"category": c, "weight": w} for c, w in pairs]))
        return rows

    def offset(self, weights: Floats) -> float:
        """Return the intercept that goes with the weights of `described`: 0 at the mean row."""
        return -sum(
            float(weights[part][0]) * term.column.mean / term.column.std
            for term, part in zip(self.found, self.parts, strict=True)
            if isinstance(term.column, Numbers)
        )


def read_regressors(sample: Sample) -> Regressors:
    """Return the regressors: every column that no option names; raises as `Sample.columns`."""
    found = terms(sample.columns())
    return Regressors(found, design_matrix(found))
