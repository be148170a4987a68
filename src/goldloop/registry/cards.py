"""A model's card as Python sees it; the row of the card relation, read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from goldloop.registry.names import ModelName, part_name


@dataclass(frozen=True)
class Feature:
    """One input of a model: the column's name and its DuckDB type."""

    name: str
    sql_type: str


@dataclass(frozen=True)
class ModelCard:
    """One version of a model.

    `problem_type` is regression, binary_classification, multiclass_classification,
    clustering, projection or what its model type declares; `scoring` is sql or native;
    `settings` are those of
    ALTER MODEL and what people say of it (`record_words`); `metrics` those of the evaluation split
    (training set when none was held out); `lineage` says what it was trained from.
    """

    name: ModelName
    version: int
    status: str
    model_type: str
    problem_type: str
    label: str | None
    classes: tuple[object, ...]
    features: tuple[Feature, ...]
    options: Mapping[str, object]
    metrics: Mapping[str, float | None]
    scoring: str
    training_rows: int
    evaluation_rows: int
    training_fingerprint: str
    training_sql: str | None
    trained_at: dt.datetime
    seconds: float
    comment: str | None = None
    version_id: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    lineage: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_tuned(self) -> bool:
        """Return whether the version is the best of several trials."""
        return "num_trials" in self.options

    def part(self, key: str) -> exp.Table:
        """Return the name of a part of this version: a macro or a table of the schema goldloop."""
        return part_name(key, self.version_id)
