"""What a build reports: the one line a user sees, and what tests and dbt read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goldloop.registry.names import ModelName

HEADLINE = {
    "regression": "r2_score",
    "binary_classification": "roc_auc",
    "multiclass_classification": "accuracy",
    "clustering": "davies_bouldin_index",
    "autoencoder": "mean_squared_error",
    "pca": "total_explained_variance_ratio",
    "explicit_recommendation": "mean_squared_error",
    "implicit_recommendation": "mean_average_precision",
}


@dataclass(frozen=True)
class BuildReport:
    """What a build did; `headline` is the metric that names the model's quality."""

    name: ModelName
    version: int
    outcome: str
    seconds: float
    training_rows: int
    evaluation_rows: int
    headline: tuple[str, float | None]
    metrics: Mapping[str, float | None]

    def __str__(self) -> str:
        """Return the one line a user sees of it."""
        metric, value = self.headline
        shown = f"{metric} {value:.4f}" if value is not None else f"{metric} unknown"
        rows = f"{self.training_rows:,} rows"
        if self.outcome == "unchanged":
            return f"{self.name} v{self.version}: unchanged, serving ({rows}, {shown})"
        held_out = f" + {self.evaluation_rows:,} held out" if self.evaluation_rows else ""
        took = f"in {self.seconds:.1f} s"
        return f"{self.name} v{self.version}: trained on {rows}{held_out} {took}, {shown}"


def headline(problem_type: str, metrics: Mapping[str, float | None]) -> tuple[str, float | None]:
    """Return the metric that names a model's quality; the first one where none is known to."""
    name = HEADLINE.get(problem_type, "")
    return (name, metrics[name]) if name in metrics else next(iter(metrics.items()), ("", None))
