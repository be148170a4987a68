"""ML.PRINCIPAL_COMPONENTS and ML.PRINCIPAL_COMPONENT_INFO: what a PCA model is made of."""

from __future__ import annotations

from goldloop.functions.declaration import Group, Output, TableFunction, problems
from goldloop.functions.stored_rows import stored_rows

PRINCIPAL_COMPONENTS = TableFunction(
    "ML.PRINCIPAL_COMPONENTS",
    Group.INSPECT,
    "The loadings of each principal component, a row a feature.",
    stored_rows("principal_components"),
    (
        Output(
            "",
            (
                ("principal_component_id", "INT64"),
                ("feature", "STRING"),
                ("numerical_value", "FLOAT64"),
                ("categorical_value", "ARRAY<STRUCT<category STRING, value FLOAT64>>"),
            ),
        ),
    ),
    serves=problems("pca"),
    sources=(0, 0),
)
PRINCIPAL_COMPONENT_INFO = TableFunction(
    "ML.PRINCIPAL_COMPONENT_INFO",
    Group.INSPECT,
    "The variance that each principal component explains.",
    stored_rows("principal_component_info"),
    (
        Output(
            "",
            (
                ("principal_component_id", "INT64"),
                ("eigenvalue", "FLOAT64"),
                ("explained_variance_ratio", "FLOAT64"),
                ("cumulative_explained_variance_ratio", "FLOAT64"),
            ),
        ),
    ),
    serves=problems("pca"),
    sources=(0, 0),
)
