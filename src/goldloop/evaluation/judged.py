"""A classifier's judgements of labelled rows, counted: what curves and confusion matrices read."""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from goldloop.registry.names import ModelName

PART = "judged"
_ROW, _SAID = "_goldloop_row", "_goldloop_prediction"


def judged_query(name: ModelName, label: str, source: str) -> exp.Select:
    """Return the query that lets model `name` judge the rows of the DuckDB query `source`.

    Columns: label; class, its position among the model's ascending classes, NULL
    of another label; position, that of the class predicted; probability, that of the
    larger of two classes; cases. Each class has a row of 0 cases, unless there are no
    rows at all. Rows without a label or a prediction do not count.
    """
    truth, predicted = (
        exp.to_identifier(column, quoted=True).sql("duckdb")
        for column in (label, f"predicted_{label}")
    )
    probabilities = exp.to_identifier(f"predicted_{label}_probs", quoted=True).sql("duckdb")
    return sqlglot.parse_one(
        f"""
        with scored as (
            select
                {_ROW}.{truth} as label,
                {_SAID}.{predicted} as predicted,
                {_SAID}.{probabilities} as probs
            from (
                select {_ROW}.*, {name.sql()}({_ROW}) as {_SAID}
                from (\n{source}\n) as {_ROW}
            ) as {_ROW}
        ),
        known as (
            select list_reverse(list_transform(any_value(probs), lambda entry: entry.label)) as k
            from scored
        ),
        cases as (
            select
                label,
                list_position(known.k, label)::bigint as class,
                list_position(known.k, predicted)::bigint as position,
                if(len(probs) = 2, probs[1].prob, null)::double as probability,
                count(*) as cases
            from scored, known
            where label is not null and predicted is not null
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
