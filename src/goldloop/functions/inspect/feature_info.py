"""ML.FEATURE_INFO: statistics of each input column, measured when the model was trained."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse
from goldloop.functions.details import details, query

_DOUBLES = ("min", "max", "mean", "median", "stddev")
_COUNTS = ("category_count", "null_count", "dimension")


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    columns = [f"(json ->> '{name}')::double as {name}" for name in _DOUBLES]
    columns += [f"(json ->> '{name}')::bigint as {name}" for name in _COUNTS]
    return query(
        f"select key as input, {', '.join(columns)} from details order by position",
        details=details(call.card, "feature_info"),
    )


FEATURE_INFO = TableFunction(
    "ML.FEATURE_INFO",
    Group.INSPECT,
    "Statistics of the columns that a model was trained on.",
    _query,
    (
        Output(
            "",
            (
                ("input", "STRING"),
                *((name, "FLOAT64") for name in _DOUBLES),
                *((name, "INT64") for name in _COUNTS),
            ),
        ),
    ),
    sources=(0, 0),
)
