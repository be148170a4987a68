"""What training returns: a model that can be scored, and what there is to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from sqlglot import exp

from goldloop.scoring.prediction import Label, Prediction


@dataclass(frozen=True)
class Detail:
    """One fact of a fitted model, a row of the warehouse's metrics table.

    `section` is weights, centroids, training_info, feature_importance and the like.
    """

    section: str
    key: str
    value: float | None = None
    json: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class StoredEstimator:
    """A fitted estimator that the native function scores by, and what it reads of a row."""

    estimator: Any
    signature: Any


@dataclass(frozen=True)
class Fitted:
    """A fitted model: how it predicts, its classes, its details, and its parts.

    `prediction` None: rows are not scored one by one (a forecast, insights).
    `functions` are further expressions over `_row`, each installed as the
    macro `goldloop."<key>_<version_id>"(_row)`; `tables` are stored as
    `goldloop."<key>_<version_id>"`. Both belong to this version only and are
    dropped with its model. `metrics` are those a family measures by itself,
    where no evaluator does. `stored` is what scores natively where SQL cannot.
    """

    prediction: Prediction | None
    problem_type: str
    classes: tuple[Label, ...] = ()
    details: tuple[Detail, ...] = field(default_factory=tuple)
    # Clustering: (centroid_id, other_id, distance) in the encoded space.
    separations: tuple[tuple[int, int, float], ...] = ()
    functions: Mapping[str, exp.Expression] = field(default_factory=dict)
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    metrics: Mapping[str, float | None] | None = None
    scoring: str = "sql"
    stored: StoredEstimator | None = None
