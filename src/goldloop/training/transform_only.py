"""TRANSFORM_ONLY: nothing is fitted; the model's function returns the transformed row."""

from __future__ import annotations

from goldloop.scoring.expressions import feature
from goldloop.scoring.prediction import Fields
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted


def fit(sample: Sample) -> Fitted:
    """Return the transformed columns as they are."""
    columns = {column.name: feature(column.name) for column in sample.data.features}
    return Fitted(Fields(columns), "transform_only", metrics={})
