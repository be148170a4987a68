"""What a model family gets to train on: the session, the training set and the options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import duckdb

from goldloop.errors import TrainingDataError
from goldloop.options.resolve import Options
from goldloop.registry.cards import Feature, ModelCard
from goldloop.training.dataset import TrainingSet
from goldloop.training.inputs import expand
from goldloop.training.matrix import Column, read


@dataclass(frozen=True)
class Sample:
    """The training rows of one model, read on demand, and what else a family may need.

    `version_id` is that of the version being trained, by which its parts are
    named; `queries` are the further queries of `AS (training_data AS …, …)` by
    name; `champion` is the card that serves, which WARM_START continues;
    `progress` takes a line for the user to see while training goes on.
    """

    con: duckdb.DuckDBPyConnection
    data: TrainingSet
    options: Options
    version_id: str = ""
    queries: Mapping[str, str] = field(default_factory=dict)
    champion: ModelCard | None = None
    progress: Callable[[str], None] = lambda _line: None

    @property
    def label(self) -> Feature:
        """Return the label column of a supervised model.

        Raises:
            LookupError: the model is of a type without one, which no trainer should ask.
        """
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
