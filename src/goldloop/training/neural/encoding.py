"""A network's inputs: features standardised and one-hot, as arrays and as one SQL list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.training.family import Sample
from goldloop.training.matrix import Floats, select
from goldloop.training.terms import Term, design_matrix, terms


@dataclass(frozen=True, eq=False)
class Encoding:
    """The encoded training rows, and the terms that say how rows are encoded."""

    terms: tuple[Term, ...]
    matrix: Floats

    @property
    def width(self) -> int:
        """The number of a network's inputs."""
        return self.matrix.shape[1]

    def sql(self) -> exp.Expression:
        """Return the encoded row as a list of DOUBLEs; no element is NULL."""
        return exp.Array(expressions=[each for term in self.terms for each in term.columns_sql()])

    def held_out(self, sample: Sample) -> Floats:
        """Return the encoded rows that evaluate, in the order of `matrix.select`.

        Raises:
            TrainingDataError: a number is NaN or infinite in some row.
        """
        rows = select(sample.con, sample.data, [self.sql()], held_out=True).column(0)
        matrix = pc.list_flatten(rows).to_numpy().reshape(len(rows), self.width)
        if not np.isfinite(matrix).all():
            column = int(np.flatnonzero(~np.isfinite(matrix).all(axis=0))[0])
            names = [term.name for term in self.terms for _ in range(term.width)]
            raise TrainingDataError(
                f"Model {sample.options.model}: feature '{names[column]}' holds NaN or infinity in "
                "rows that evaluate; expected finite numbers or NULL. Filter or replace them in "
                "the query."
            )
        return matrix


def encode(sample: Sample) -> Encoding:
    """Return the encoding of the training rows; raises as `Sample.columns`."""
    found = tuple(terms(sample.columns()))
    return Encoding(found, design_matrix(found))
