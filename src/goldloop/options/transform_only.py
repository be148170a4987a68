"""TRANSFORM_ONLY: a TRANSFORM clause with its statistics, and no estimator."""

from __future__ import annotations

from goldloop.options.declaration import ModelType

TRANSFORM_ONLY = ModelType(
    "transform_only",
    "transform_only",
    "Keeps the statistics of its TRANSFORM clause, for ML.TRANSFORM.",
    (),
    needs_transform=True,
)
