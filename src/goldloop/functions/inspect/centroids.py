"""ML.CENTROIDS: where the centroids of a k-means model lie, feature by feature."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Output,
    TableFunction,
    Warehouse,
    types,
)
from goldloop.functions.parameters import STANDARDIZE, TRIAL_ID


def _query(call: Call, _warehouse: Warehouse) -> exp.Select:
    value = "standardized_value" if call["standardize"] else "numerical_value"
    return exp.select(
        "centroid_id",
        "feature",
        exp.alias_(exp.column(value), "numerical_value"),
        "categorical_value",
        exp.alias_(exp.cast(exp.null(), exp.DType.VARCHAR), "geography_value"),
    ).from_(call.card.part("centroids"))


CENTROIDS = TableFunction(
    "ML.CENTROIDS",
    Group.INSPECT,
    "The centroids of a k-means model, a row a feature.",
    _query,
    (
        Output(
            "kmeans, row per feature per centroid",
            (
                ("centroid_id", "INT64"),
                ("feature", "STRING"),
                ("numerical_value", "FLOAT64"),
                ("categorical_value", "ARRAY<STRUCT<category STRING, value FLOAT64>>"),
                ("geography_value", "STRING"),
            ),
        ),
    ),
    serves=types("kmeans"),
    sources=(0, 0),
    parameters=(STANDARDIZE, TRIAL_ID),
)
