"""What a fitted model is worth: metrics of its function over rows, and all facts of a version."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from goldloop.evaluation.model import evaluate_query
from goldloop.registry.names import ModelName
from goldloop.training.fitted import Detail, Fitted


def measure(
    con: duckdb.DuckDBPyConnection,
    name: ModelName,
    fitted: Fitted,
    label: str | None,
    source: str,
    version_id: str = "",
) -> dict[str, float | None]:
    """Return the metrics of the function that stands under `name` over the rows of `source`.

    Some kinds are measured by a part of their version, which `version_id` names.
    """
    cursor = con.execute(
        evaluate_query(
            name,
            fitted.problem_type,
            label,
            source,
            separations=fitted.separations,
            version_id=version_id,
        )
    )
    columns = [column[0] for column in cursor.description]
    return dict(zip(columns, cursor.fetchall()[0], strict=True))


def details_of(fitted: Fitted, metrics: Mapping[str, float | None]) -> tuple[Detail, ...]:
    """Return the details of a fitted model, its metrics and its centroids' distances included."""
    separations = (
        Detail("separations", f"{one}-{other}", distance, {"centroid_id": one, "other_id": other})
        for one, other, distance in fitted.separations
    )
    evaluation = (Detail("evaluation", key, value) for key, value in metrics.items())
    return (*evaluation, *fitted.details, *separations)
