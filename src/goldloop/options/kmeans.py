"""KMEANS."""

from __future__ import annotations

from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option, Range
from goldloop.options.shared import ITERATIONS, REFUSED, WARM_START


def _check(model: str, options: dict[str, Any], given: set[str]) -> None:
    is_custom = options["kmeans_init_method"] == "custom"
    if is_custom and not options["kmeans_init_col"]:
        raise OptionError(
            f"Model {model}: kmeans_init_method 'custom' needs kmeans_init_col, a BOOL column "
            "that is TRUE for the rows to start from."
        )
    if not is_custom and "kmeans_init_col" in given:
        raise OptionError(
            f"Model {model}: option kmeans_init_col needs kmeans_init_method='custom'."
        )


KMEANS = ModelType(
    "kmeans",
    "clustering",
    "Groups rows around num_clusters centroids.",
    (
        Option(
            "num_clusters",
            Kind.INTEGER,
            None,
            "Clusters; unset: log10 of the rows, at least 2.",
            range=Range(2, 100),
        ),
        Option(
            "kmeans_init_method",
            Kind.CHOICE,
            "random",
            "How the first centroids are chosen.",
            choices=("random", "kmeans++", "custom"),
        ),
        Option("kmeans_init_col", Kind.COLUMN, None, "Rows to start from; never a feature."),
        Option(
            "distance_type",
            Kind.CHOICE,
            "euclidean",
            "EUCLIDEAN, or COSINE: sqrt(1 - cos).",
            choices=("euclidean", "cosine"),
        ),
        Option("standardize_features", Kind.BOOLEAN, True, "Standardise the numeric columns."),
        *ITERATIONS,
        WARM_START,
        *REFUSED,
    ),
    _check,
)
