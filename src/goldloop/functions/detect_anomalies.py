"""ML.DETECT_ANOMALIES: what a model did not expect; each kind of model has a file for how."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, TableFunction, Warehouse, problems
from goldloop.functions.time_series.detect_anomalies import OUTPUT, time_series_anomalies
from goldloop.functions.time_series.parameters import ANOMALY_PROB_THRESHOLD


def _query(call: Call, _warehouse: Warehouse) -> exp.Query:
    return time_series_anomalies(call)


DETECT_ANOMALIES = TableFunction(
    "ML.DETECT_ANOMALIES",
    Group.INFER,
    "Which values or rows are anomalies, and how improbable they are.",
    _query,
    (OUTPUT,),
    serves=problems("time_series"),
    parameters=(ANOMALY_PROB_THRESHOLD,),
    arrangement=("model", "parameters", "sources"),
)
