"""A classifier's judgements of labelled rows, counted: what curves and confusion matrices read."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

PART = "judged"


def judged_query(scored: str) -> exp.Select:
    """Return the query that counts a classifier's judgements, of the query of its `scored_query`.

    Columns: label; class, its position among the model's ascending classes, NULL
    of another label; position, that of the class predicted; probability, that of the
    larger of two classes; cases. Each class has a row of 0 cases, unless there are no
    rows at all. Rows without a label or a prediction do not count.
    """
    return sqlglot.parse_one(
        f"""
        with scored as (
            {scored}
        ),
        known as (
            select list_reverse(list_transform(any_value(probs), lambda entry: entry.label)) as k
            from scored
        ),
        cases as (
            select
                label,
                list_position(known.k, label)::bigint as class,
                list_position(known.k, predicted_label)::bigint as position,
                if(len(probs) = 2, probs[1].prob, null)::double as probability,
                count(*) as cases
            from scored, known
            where label is not null and predicted_label is not null
            group by all
        )
        select label, class, position, probability, cases from cases
        union all by name
        select unnest(k) as label, unnest(range(1, len(k) + 1))::bigint as class, 0 as cases
        from known
        """,
        dialect="duckdb",
        into=exp.Select,
    )
