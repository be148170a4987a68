"""ML.TFDV_DESCRIBE and ML.TFDV_VALIDATE: statistics and anomalies as TensorFlow's messages."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    ScalarFunction,
    TableFunction,
    Warehouse,
)
from goldloop.functions.monitor.measuring import measured, query_of
from goldloop.functions.monitor.parameters import BUCKETS, sizes_of, thresholds_of
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.monitoring.divergence import JENSEN_SHANNON, L_INFTY, Criteria, comparison_query
from goldloop.monitoring.proto import anomalies_query, described_query, read_query

_ARGUMENTS = (
    "base_statistics",
    "study_statistics",
    "detection_type",
    "categorical_default_threshold",
    "categorical_metric_type",
    "numerical_default_threshold",
    "numerical_metric_type",
    "thresholds",
)
_BASE, _STUDY = "_goldloop_base", "_goldloop_study"


def _describe(call: Call, warehouse: Warehouse) -> exp.Query:
    statistics, _ = measured(call, warehouse, sizes_of(call))
    return query_of(described_query(statistics))


def _validate(given: list[exp.Expr]) -> exp.Expr:
    arguments = Arguments("ML.TFDV_VALIDATE", TFDV_VALIDATE.signature, _ARGUMENTS, 2, given)
    detection = arguments.choice("detection_type", ("skew", "drift"), "skew")
    metrics = {each.casefold(): each for each in (L_INFTY, JENSEN_SHANNON)}
    arguments.choice("numerical_metric_type", (JENSEN_SHANNON.casefold(),), JENSEN_SHANNON)
    criteria = Criteria(
        metrics[arguments.choice("categorical_metric_type", tuple(metrics), L_INFTY)],
        _threshold(arguments, "categorical_default_threshold"),
        _threshold(arguments, "numerical_default_threshold"),
        thresholds_of(arguments.name, arguments.constant("thresholds"), None),
    )
    comparison = comparison_query(read_query(_BASE), read_query(_STUDY), criteria)
    # What a user wrote keeps the names it had: it stands apart, beside the query.
    messages = exp.select(
        exp.alias_(given[0].copy(), _BASE), exp.alias_(given[1].copy(), _STUDY)
    ).subquery("_goldloop_messages")
    validated = exp.Subquery(this=query_of(anomalies_query(comparison, detection)))
    return exp.Subquery(this=exp.select(validated).from_(messages))


def _threshold(arguments: Arguments, name: str) -> float:
    value = arguments.constant(name, 0.3)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value < 1:  # type: ignore[operator]
        raise arguments.refusal(name, value, "a number in [0, 1)")
    return float(value)  # type: ignore[arg-type]


TFDV_DESCRIBE = TableFunction(
    "ML.TFDV_DESCRIBE",
    Group.MONITOR,
    "Statistics of every column of rows, as TensorFlow Data Validation's message.",
    _describe,
    (Output("one row", (("dataset_feature_statistics_list", "JSON"),)),),
    need=Need.NONE,
    sources=(1, 1),
    parameters=BUCKETS,
)
TFDV_VALIDATE = ScalarFunction(
    "ML.TFDV_VALIDATE",
    Group.MONITOR,
    "Compares two messages of statistics; TensorFlow Data Validation's message of anomalies.",
    "ML.TFDV_VALIDATE(base_statistics, study_statistics [, detection_type] "
    "[, categorical_default_threshold] [, categorical_metric_type] "
    "[, numerical_default_threshold] [, numerical_metric_type] [, thresholds])",
    _validate,
)
