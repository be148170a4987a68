"""ML.DETECT_ANOMALIES: what a model did not expect; each kind of model has a file for how."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, TableFunction, Warehouse, problems
from goldloop.functions.infer import anomalous_rows
from goldloop.functions.time_series.detect_anomalies import OUTPUT, time_series_anomalies
from goldloop.functions.time_series.parameters import ANOMALY_PROB_THRESHOLD


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    if call.card.problem_type == "time_series":
        return time_series_anomalies(call)
    return anomalous_rows.anomalous_rows(call)


DETECT_ANOMALIES = TableFunction(
    "ML.DETECT_ANOMALIES",
    Group.INFER,
    "Which values or rows are anomalies, and how improbable or far off they are.",
    _query,
    (OUTPUT, *anomalous_rows.OUTPUTS),
    serves=problems("time_series", *anomalous_rows.SCORED),
    parameters=(ANOMALY_PROB_THRESHOLD, anomalous_rows.CONTAMINATION),
    arrangement=("model", "parameters", "sources"),
)
