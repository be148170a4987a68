"""ML.EVALUATE of implicit feedback: how well the items of each user are ranked."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.functions.call import Call
from goldloop.functions.declaration import Output
from goldloop.recommendation.ranking import RANKING_METRICS, ranking_query
from goldloop.recommendation.score import ITEMS, USERS


def evaluate_ranking(call: Call) -> exp.Select:
    """Return the query of the ranking's metrics over the call's rows."""
    card = call.card
    options = {"user_col": "user", "item_col": "item", **card.options}
    return ranking_query(
        {key: card.part(key) for key in (USERS, ITEMS)},
        (str(options["user_col"]), str(options["item_col"]), str(card.label)),
        duckdb_sql(exp.select("*").from_(call.rows())),
    )


OUTPUT = Output(
    "matrix factorization implicit (tutorial output: the name that is really returned)",
    tuple((metric, "FLOAT64") for metric in RANKING_METRICS),
)
