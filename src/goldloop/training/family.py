"""What a model family gets to train on: the session, the training set and the options."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from goldloop.errors import TrainingDataError
from goldloop.options.resolve import Options
from goldloop.registry.cards import Feature
from goldloop.training.dataset import TrainingSet
from goldloop.training.inputs import expand
from goldloop.training.matrix import Column, read


@dataclass(frozen=True)
class Sample:
    """The training rows of one model, read on demand."""

    con: duckdb.DuckDBPyConnection
    data: TrainingSet
    options: Options

    @property
    def label(self) -> Feature:
        """Return the label column of a supervised model."""
        if self.data.label is None:
            raise LookupError(f"{self.options.type.name} has no label")
        return self.data.label

    def columns(self) -> list[Column]:
        """Return the features as arrays, in order.

        Raises:
            TrainingDataError: no feature says anything, or see `expand` and `read`.
        """
        inputs = expand(self.con, self.data)
        if not inputs:
            raise TrainingDataError(
                f"Model {self.options.model}: every feature is an array without an element; "
                "expected at least one feature with values."
            )
        return read(self.con, self.data, inputs)
