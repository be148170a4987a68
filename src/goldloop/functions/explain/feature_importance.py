"""ML.FEATURE_IMPORTANCE: how often, and how well, trees split on each feature."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse, types
from goldloop.functions.details import details, query
from goldloop.functions.parameters import TRIAL_ID

TREES = types(
    "boosted_tree_regressor",
    "boosted_tree_classifier",
    "random_forest_regressor",
    "random_forest_classifier",
)


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    kinds = ("weight", "gain", "cover")
    columns = ", ".join(f"(json ->> '{kind}')::double as importance_{kind}" for kind in kinds)
    return query(
        f"select key as feature, {columns} from details order by position",
        details=details(call.card, "feature_importance"),
    )


FEATURE_IMPORTANCE = TableFunction(
    "ML.FEATURE_IMPORTANCE",
    Group.EXPLAIN,
    "XGBoost's weight (splits), gain and cover (mean of a split) of each feature.",
    _query,
    (
        Output(
            "boosted tree / random forest",
            (
                ("feature", "STRING"),
                ("importance_weight", "FLOAT64 (counts)"),
                ("importance_gain", "FLOAT64"),
                ("importance_cover", "FLOAT64"),
            ),
        ),
    ),
    serves=TREES,
    sources=(0, 0),
    parameters=(TRIAL_ID,),
)
