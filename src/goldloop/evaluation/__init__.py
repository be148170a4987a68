"""Metrics of a model as table macros of the warehouse, the same for dbt, sessions and training.

Evaluation knows scored rows only: it neither reads models nor scores.
"""

from goldloop.evaluation.evaluators import (
    CLASSIFICATION_METRICS,
    CLUSTERING_METRICS,
    EVALUATORS,
    REGRESSION_METRICS,
    Evaluator,
)
from goldloop.evaluation.install import evaluation_sql, install

__all__ = [
    "CLASSIFICATION_METRICS",
    "CLUSTERING_METRICS",
    "EVALUATORS",
    "REGRESSION_METRICS",
    "Evaluator",
    "evaluation_sql",
    "install",
]
