"""ML.GET_INSIGHTS: the segments that a contribution analysis found, the greatest change first."""

from __future__ import annotations

from goldloop.functions.declaration import Group, Output, TableFunction, types
from goldloop.functions.stored_rows import stored_rows

_BOTH = ("metric_test", "metric_control")
_DIFFERENCE = ("difference", "relative_difference")
_ENDS = ("apriori_support", "contribution")


def _output(variant: str, *columns: str) -> Output:
    return Output(
        variant,
        (
            ("contributors", "ARRAY<STRING>"),
            ("<dimension columns>", "as input"),
            *((name, "numeric") for name in (*_BOTH, *columns, *_ENDS)),
        ),
    )


GET_INSIGHTS = TableFunction(
    "ML.GET_INSIGHTS",
    Group.EXPLAIN,
    "The segments that a metric's change between control and test comes from.",
    stored_rows("insights"),
    (
        _output("SUM(x)", *_DIFFERENCE, "unexpected_difference", "relative_unexpected_difference"),
        _output(
            "SUM(a)/SUM(b)",
            "metric_test_over_metric_control",
            "metric_test_over_complement",
            "metric_control_over_complement",
            "aumann_shapley_attribution",
        ),
        _output(
            "SUM(x)/COUNT(DISTINCT c)",
            *_DIFFERENCE,
            "metric_test_over_population",
            "metric_control_over_population",
        ),
    ),
    serves=types("contribution_analysis"),
    sources=(0, 0),
)
