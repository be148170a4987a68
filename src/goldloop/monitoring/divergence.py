"""How far two sets of statistics are apart, as TensorFlow Data Validation measures it.

The formulas, and how histograms of different bounds are aligned, are those of
`tensorflow_data_validation/anomalies/metrics.cc`; logarithms are of base 2, no root is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from goldloop.scoring.expressions import double

L_INFTY, JENSEN_SHANNON = "L_INFTY", "JENSEN_SHANNON_DIVERGENCE"


@dataclass(frozen=True)
class Criteria:
    """What is measured of categories (of numbers it is the divergence), and what is too much.

    `thresholds` are those of single columns, by name in lower case.
    """

    categorical_metric: str = L_INFTY
    categorical_threshold: float = 0.3
    numerical_threshold: float = 0.3
    thresholds: Mapping[str, float] = field(default_factory=dict)


def comparison_query(base: str, study: str, criteria: Criteria) -> str:
    """Return the query of position, name, metric, threshold and value of each column of both.

    A column that is numeric on one side only has no divergence and is left out; its distance
    is that to no value at all. Where a side has no value, `value` is NULL.

    Args:
        base: the query of the statistics to compare with: position, name, kind, histogram,
            num_nan and ranks, as `statistics_query` returns them.
        study: the query of those that are compared.
        criteria: what is measured and what is too much.
    """
    return _QUERY.format(
        base=base,
        study=study,
        categorical=criteria.categorical_metric,
        threshold=_threshold(criteria),
        p_aligned=_ALIGNED.format(h="p"),
        q_aligned=_ALIGNED.format(h="q"),
        p_counts=_COUNTS.format(h="p_ranks"),
        q_counts=_COUNTS.format(h="q_ranks"),
    )


def _threshold(criteria: Criteria) -> str:
    branches = "".join(
        f" when {exp.Literal.string(name).sql('duckdb')} then {double(value).sql('duckdb')}"
        for name, value in criteria.thresholds.items()
    )
    general = (
        f"case when is_number then {double(criteria.numerical_threshold).sql('duckdb')} "
        f"else {double(criteria.categorical_threshold).sql('duckdb')} end"
    )
    return f"case lower(name){branches} else {general} end" if branches else general


# A bucket's mass is spread evenly over the edges within it; a bucket without width is a point,
# compared with the same point only.
_ALIGNED = """list_concat(
    list_transform(range(1, len(edges)), lambda i: coalesce(list_sum(list_transform(
        list_filter({h}, lambda b:
            b.low < b.high and b.low <= edges[i] and b.high >= edges[i + 1]),
        lambda b: b.count * (edges[i + 1] - edges[i]) / (b.high - b.low))), 0)),
    list_transform(points, lambda x: coalesce(list_sum(list_transform(
        list_filter({h}, lambda b: b.low = x and b.high = x), lambda b: b.count)), 0))
)"""
_COUNTS = """list_transform(names, lambda x: coalesce(list_sum(list_transform(
    list_filter({h}, lambda r: r.value = x), lambda r: r.count::double)), 0))"""
# Materialized: a step's lists would else be planned again wherever the next one names them.
# TFDV counts NaN as values that the other side has not: a bucket for each side's.
_QUERY = """
with base as ({base}), study as ({study}),
paired as (
    select b.position, b.name,
        b.kind in ('INT', 'FLOAT') as is_number,
        s.kind in ('INT', 'FLOAT') as is_number_too,
        coalesce(b.histogram, []) as p, coalesce(s.histogram, []) as q,
        coalesce(b.num_nan, 0)::double as p_nan, coalesce(s.num_nan, 0)::double as q_nan,
        coalesce(b.ranks, []) as p_ranks, coalesce(s.ranks, []) as q_ranks
    from base as b join study as s on lower(b.name) = lower(s.name)
),
edged as materialized (
    select *,
        case when is_number then '{jsd}' else '{{categorical}}' end as metric,
        list_sort(list_distinct(flatten(list_transform(
            list_filter(list_concat(p, q), lambda b: b.low < b.high),
            lambda b: [b.low, b.high])))) as edges,
        list_sort(list_distinct(list_transform(
            list_filter(list_concat(p, q), lambda b: b.low = b.high), lambda b: b.low))) as points,
        list_sort(list_distinct(list_transform(
            list_concat(p_ranks, q_ranks), lambda r: r.value))) as names
    from paired
),
masses as materialized (
    select position, name, is_number, is_number_too, metric,
        case when is_number then list_concat({{p_aligned}}, [p_nan, 0]) else {{p_counts}} end as p,
        case when is_number then list_concat({{q_aligned}}, [0, q_nan]) else {{q_counts}} end as q
    from edged
),
shares as materialized (
    select position, name, is_number, metric,
        list_sum(p) as p_total, list_sum(q) as q_total,
        list_transform(p, lambda x: x / coalesce(nullif(list_sum(p), 0), 1)) as p,
        list_transform(q, lambda x: x / coalesce(nullif(list_sum(q), 0), 1)) as q
    from masses where is_number = is_number_too or metric = '{l_infty}'
)
select position, name, is_number, metric, {{threshold}} as threshold,
    case when metric = '{l_infty}' then
        case when p_total > 0 or q_total > 0 then list_max(list_transform(
            range(1, len(p) + 1), lambda i: abs(p[i] - q[i]))) end
    when p_total > 0 and q_total > 0 then least(1::double, list_sum(list_transform(
        range(1, len(p) + 1), lambda i:
            case when p[i] > 0 then p[i] * log2(2 * p[i] / (p[i] + q[i])) else 0 end
            + case when q[i] > 0 then q[i] * log2(2 * q[i] / (p[i] + q[i])) else 0 end
    )) / 2) end as value
from shares
""".format(jsd=JENSEN_SHANNON, l_infty=L_INFTY, base="{base}", study="{study}")
