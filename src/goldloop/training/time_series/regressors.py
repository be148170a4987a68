"""ARIMA_PLUS_XREG's linear regression: a series is modelled after it is taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from goldloop.scoring.expressions import call, case, double
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


@dataclass(frozen=True)
class Regressors:
    """The design matrix of all training rows, and its columns as SQL over a row."""

    found: Sequence[Term]
    matrix: Floats

    def weights(self, rows: NDArray[np.int64], values: Floats, penalty: float) -> Floats:
        """Return the ridge regression's weights on the rows; the intercept is not penalised."""
        design = self.matrix[rows]
        centred, target = design - design.mean(axis=0), values - values.mean()
        if penalty:
            width = design.shape[1]
            centred = np.vstack([centred, np.sqrt(penalty) * np.eye(width)])
            target = np.concatenate([target, np.zeros(width)])
        return np.asarray(np.linalg.lstsq(centred, target, rcond=None)[0], dtype=np.float64)

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

    def row(self) -> exp.Expression:
        """Return the SQL of a row of the design matrix: a list of doubles."""
        columns: list[exp.Expression] = []
        for term in self.found:
            if isinstance(term.column, Numbers):
                z = call("coalesce", standard_score(term.column), double(term.column.fill))
                columns.append(z)
                continue
            source = term.column.input.expression
            for level in term.levels or ():
                columns.append(case([(has_level(source, level), double(1.0))], double(0.0)))
        return exp.Array(expressions=columns)

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
