"""Which macro evaluates which kind of model, what it reads and what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

# BigQuery ML's columns, in the order ML.EVALUATE returns them; all are DOUBLE.
REGRESSION_METRICS = (
    "mean_absolute_error",
    "mean_squared_error",
    "mean_squared_log_error",
    "median_absolute_error",
    "r2_score",
    "explained_variance",
)
CLASSIFICATION_METRICS = ("precision", "recall", "accuracy", "f1_score", "log_loss", "roc_auc")
CLUSTERING_METRICS = ("davies_bouldin_index", "mean_squared_distance")
RECONSTRUCTION_METRICS = ("mean_absolute_error", "mean_squared_error", "mean_squared_log_error")
PROJECTION_METRICS = ("total_explained_variance_ratio",)


@dataclass(frozen=True)
class Evaluator:
    """A table macro of the schema `goldloop`.

    `relations` names its parameters, each the name of a relation or CTE, with
    the columns that relation must have; `metrics` are the columns it returns.
    `part` is the part of a version that scores, None its model's function.
    """

    macro: str
    relations: Mapping[str, tuple[str, ...]]
    metrics: tuple[str, ...]
    part: str | None = None

    @property
    def query(self) -> str:
        """The macro's body: the SQL file of its name beside this module."""
        return (files(__package__) / f"{self.macro}.sql").read_text(encoding="utf-8")


REGRESSOR = Evaluator("evaluate_regressor", {"scored": ("label", "prediction")}, REGRESSION_METRICS)
CLASSIFIER = Evaluator(
    "evaluate_classifier", {"scored": ("label", "predicted_label", "probs")}, CLASSIFICATION_METRICS
)
CLUSTERER = Evaluator(
    "evaluate_clustering",
    {
        "scored": ("centroid_id", "nearest_centroids_distance"),
        "separations": ("centroid_id", "other_id", "distance"),
    },
    CLUSTERING_METRICS,
)
RECONSTRUCTOR = Evaluator(
    "evaluate_reconstruction",
    {"scored": RECONSTRUCTION_METRICS},
    RECONSTRUCTION_METRICS,
    part="reconstruct",
)
PROJECTOR = Evaluator(
    "evaluate_projection",
    {"scored": ("explained", "unexplained")},
    PROJECTION_METRICS,
    part="reconstruct",
)

EVALUATORS: Mapping[str, Evaluator] = MappingProxyType(
    {
        "regression": REGRESSOR,
        "binary_classification": CLASSIFIER,
        "multiclass_classification": CLASSIFIER,
        "clustering": CLUSTERER,
        "autoencoder": RECONSTRUCTOR,
        "pca": PROJECTOR,
        "explicit_recommendation": REGRESSOR,
    }
)
