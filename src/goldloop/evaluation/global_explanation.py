"""What each feature contributes to a model's predictions over many rows, by its part `explain`."""

from __future__ import annotations

import duckdb
from sqlglot import exp

from goldloop.registry.names import part_name
from goldloop.scoring.expressions import ROW

PART = "explain"


def global_attributions(
    con: duckdb.DuckDBPyConnection, version_id: str, source: str
) -> list[tuple[str, int | None, float | None]]:
    """Return (feature, score, mean absolute attribution) over the rows of the query `source`.

    `score` is a number from 0 on for the score of a class, and None for the score of the class
    that is predicted, which is what ML.EXPLAIN_PREDICT explains; of models of one score they
    are the same.
    """
    function = part_name(PART, version_id)
    explain = exp.Anonymous(this=function.this, expressions=[exp.column(ROW)])
    called = exp.Dot.build([function.args["db"], explain]).sql("duckdb")
    return con.execute(
        f"""
        with explained as (
            select {called} as e from (\n{source}\n) as {ROW}
        ),
        entries as (
            select
                unnest(e.attributions) as entry,
                unnest(range(1, len(e.attributions) + 1)) as place,
                list_position(e.prediction, list_max(e.prediction)) as chosen
            from explained
        ),
        scores as (
            select entry.feature as feature, place, null as score, entry.attribution[chosen] as a
            from entries
            union all
            select
                entry.feature,
                place,
                unnest(range(0, len(entry.attribution))),
                unnest(entry.attribution)
            from entries
        )
        select feature, score, avg(abs(a)) from scores group by feature, score, place
        order by score nulls first, place
        """
    ).fetchall()
