"""AI.KEY_DRIVERS: a contribution analysis of a summed metric, without a model."""

from __future__ import annotations

from sqlglot import exp

from goldloop.contribution.insights import Analysis, insights
from goldloop.contribution.metrics import INTEGERS, Metric, MetricKind, metric
from goldloop.errors import OptionError
from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.feature_types import family
from goldloop.functions.source_columns import named_column, require_type, source_columns
from goldloop.options.declaration import Kind, Option, Range

_MOST_DIMENSIONS = 12
_NAMES = ("drivers", "metric_interest", "metric_reference")


def _query(call: Call, warehouse: Warehouse) -> exp.Select:
    columns = source_columns(call, warehouse)
    asked = metric(f"{call.name}: metric_col", call["metric_col"], (MetricKind.SUM,))
    summed = named_column(call, columns, "metric_col", asked.column)
    require_type(call, summed, "metric_col", "a number", family(summed.sql_type) == "a number")
    label = named_column(call, columns, "interest_label_col", call["interest_label_col"])
    require_type(call, label, "interest_label_col", "BOOL", label.sql_type == "BOOLEAN")
    dimensions = [named_column(call, columns, "dimension_cols", d) for d in call["dimension_cols"]]
    for each in dimensions:
        is_served = each.sql_type in (*INTEGERS, "BOOLEAN", "VARCHAR")
        require_type(call, each, "dimension_cols", "INT64, BOOL or STRING", is_served)
    names = tuple(each.name for each in dimensions)
    _check(call, names, {summed.name.casefold(), label.name.casefold()})
    top_k = call["top_k"]
    support = None if top_k else call["min_apriori_support"]
    analysis = Analysis(
        names,
        Metric(MetricKind.SUM, summed.name),
        label.name,
        support,
        top_k,
        call["enable_pruning"],
        integers=frozenset({summed.name} if summed.sql_type in INTEGERS else ()),
        names=_NAMES,
        refusal="" if support == 0 else f"{call.name}: with min_apriori_support above 0 metric_col",
    )
    return insights(analysis, exp.select("*").from_(call.rows()))


def _check(call: Call, names: tuple[str, ...], others: set[str]) -> None:
    if call.parameters.get("top_k") and call.parameters.get("min_apriori_support") is not None:
        raise OptionError(
            f"{call.name}: min_apriori_support and top_k exclude each other; keep one of them."
        )
    folded = [name.casefold() for name in names]
    if not 1 <= len(names) <= _MOST_DIMENSIONS:
        raise OptionError(
            f"{call.name}: dimension_cols names {len(names)} columns; expected 1 to "
            f"{_MOST_DIMENSIONS}."
        )
    for name in names:
        if name.casefold() in others or folded.count(name.casefold()) > 1:
            raise OptionError(
                f"{call.name}: dimension_cols names '{name}', which is given twice or is "
                "metric_col or interest_label_col; expected other columns, once each."
            )


_PARAMETERS = (
    Parameter(
        Option("metric_col", Kind.TEXT, None, "The column that is summed: `x` or `SUM(x)`."),
        required=True,
    ),
    Parameter(
        Option("dimension_cols", Kind.COLUMNS, None, "1 to 12 columns that segments are made of."),
        required=True,
    ),
    Parameter(
        Option(
            "interest_label_col",
            Kind.COLUMN,
            None,
            "The BOOL column that is TRUE for rows of interest, FALSE for those of reference.",
        ),
        required=True,
    ),
    Parameter(
        Option(
            "min_apriori_support",
            Kind.NUMBER,
            0.1,
            "The least share of the sum, of interest or reference, that is told; 0: all.",
            range=Range(0, 1),
        )
    ),
    Parameter(
        Option(
            "top_k",
            Kind.INTEGER,
            None,
            "Tell this many segments of the largest support instead.",
            range=Range(1, 1_000_000),
        )
    ),
    Parameter(
        Option(
            "enable_pruning",
            Kind.BOOLEAN,
            True,
            "Leave out a segment where a finer one has its metrics.",
        )
    ),
)

KEY_DRIVERS = TableFunction(
    "AI.KEY_DRIVERS",
    Group.EXPLAIN,
    "The segments that drive the difference between rows of interest and of reference.",
    _query,
    (
        Output(
            "",
            (
                ("drivers", "ARRAY<STRING>"),
                ("<dimension columns>", "as input"),
                *(
                    (name, "numeric")
                    for name in (
                        *_NAMES[1:],
                        "difference",
                        "relative_difference",
                        "unexpected_difference",
                        "relative_unexpected_difference",
                        "apriori_support",
                        "contribution",
                    )
                ),
            ),
        ),
    ),
    need=Need.NONE,
    sources=(1, 1),
    parameters=_PARAMETERS,
    are_named=True,
)
