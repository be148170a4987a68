"""What a dbt Python model returns: a fitted estimator and what Goldloop should know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class TrainedModel:
    """A fitted scikit-learn estimator or pipeline, to become a card and a function.

    Args:
        estimator: fitted; exported to SQL if it can be, else scored natively.
        label: the label column; None for clustering and transformers.
        training: the rows it was fitted on (DataFrame, Arrow table or DuckDB relation); gives the
            features' types and the row count.
        evaluation: held-out rows with the label, scored by the new function for the card's
            metrics; without them the training rows are.
        features: the feature columns in the estimator's order; default
            `estimator.feature_names_in_`. A column of fixed-length arrays counts as its elements.
        metrics: further metrics for the card, by name.
        lineage: further facts of where it came from, added to the card's lineage.
        comment: a sentence for the card.
    """

    estimator: Any
    label: str | None = None
    training: Any = None
    evaluation: Any = None
    features: Sequence[str] | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    lineage: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None
