"""ML.ROC_CURVE: hits and false alarms of a binary classifier at each threshold."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse, problems
from goldloop.functions.details import query
from goldloop.functions.evaluate.judged import judged
from goldloop.functions.parameters import TRIAL_ID

# Without thresholds: each hundredth of the rows, by their probability.
_PERCENTILES = """
    select distinct min(below.probability) as threshold
    from range(0, 101) as percent(p), (
        select
            probability,
            sum(positives + negatives) over (order by probability) as cases,
            sum(positives + negatives) over () as total
        from chances
    ) as below
    where below.cases * 100 >= percent.p * below.total
    group by percent.p
"""


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    thresholds = _PERCENTILES
    if call.arguments:
        listed = duckdb_sql(_listed(call.arguments[0]))
        thresholds = f"select distinct unnest({listed})::double as threshold"
    return query(
        f"""
        with chances as (
            select
                probability,
                coalesce(sum(cases) filter (where class = 2), 0) as positives,
                coalesce(sum(cases) filter (where class is distinct from 2), 0) as negatives
            from judged
            where cases > 0
            group by probability
        ),
        thresholds as ({thresholds}),
        counts as (
            select
                threshold,
                sum(positives) filter (where probability >= threshold) as hits,
                sum(negatives) filter (where probability >= threshold) as alarms,
                sum(positives) as positives,
                sum(negatives) as negatives
            from thresholds, chances
            group by threshold
        )
        select
            threshold,
            coalesce(hits, 0)::double / nullif(positives, 0) as recall,
            coalesce(alarms, 0)::double / nullif(negatives, 0) as false_positive_rate,
            coalesce(hits, 0)::bigint as true_positives,
            coalesce(alarms, 0)::bigint as false_positives,
            (negatives - coalesce(alarms, 0))::bigint as true_negatives,
            (positives - coalesce(hits, 0))::bigint as false_negatives
        from counts
        order by threshold
        """,
        judged=judged(call, warehouse),
    )


def _listed(thresholds: exp.Expr) -> exp.Expr:
    """Return a list of numbers; DuckDB's series are of integers, BigQuery's of any."""
    if not isinstance(thresholds, exp.GenerateSeries):
        return thresholds
    step = thresholds.args.get("step") or exp.Literal.number(1)
    low, high, step = (
        exp.paren(exp.cast(each.copy(), exp.DType.DOUBLE))
        for each in (thresholds.args["start"], thresholds.args["end"], step)
    )
    # Rounding must not lose the last one: (0.6 - 0.4) / 0.01 is just below 20.
    count = exp.Floor(this=exp.paren(high - low) / step + exp.Literal.number("1e-9"))
    last = exp.cast(count, exp.DType.BIGINT)
    steps = exp.Anonymous(this="generate_series", expressions=[exp.Literal.number(0), last])
    value = low.copy() + exp.column("i") * step.copy()
    item = exp.Lambda(this=value, expressions=[exp.to_identifier("i")])
    return exp.Anonymous(this="list_transform", expressions=[steps, item])


ROC_CURVE = TableFunction(
    "ML.ROC_CURVE",
    Group.EVALUATE,
    "Recall and false positive rate of a binary classifier by threshold: those given, or the "
    "percentiles of the probabilities predicted.",
    _query,
    (
        Output(
            "binary classifier",
            (
                ("threshold", "FLOAT64"),
                ("recall", "FLOAT64"),
                ("false_positive_rate", "FLOAT64"),
                ("true_positives", "INT64"),
                ("false_positives", "INT64"),
                ("true_negatives", "INT64"),
                ("false_negatives", "INT64"),
            ),
        ),
    ),
    serves=problems("binary_classification"),
    sources=(0, 1),
    arguments=("thresholds",),
    parameters=(TRIAL_ID,),
)
