"""The judgements that ML.ROC_CURVE and ML.CONFUSION_MATRIX count."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.errors import StatementError
from goldloop.evaluation.judged import PART, judged_query
from goldloop.evaluation.model import scored_query
from goldloop.functions.call import Call
from goldloop.functions.declaration import Warehouse


def judged(call: Call, warehouse: Warehouse) -> exp.Query:
    """Return the judgements over the call's rows, or those kept when the model was trained.

    These are of the rows that evaluate, of the training rows where none were held out.

    Raises:
        StatementError: no rows are given, and none were kept.
    """
    card = call.card
    if call.source is not None:
        rows = duckdb_sql(exp.select("*").from_(call.rows()))
        return judged_query(scored_query(card.name, card.problem_type, card.label, rows))
    if not warehouse.has_part(card, PART):
        raise StatementError(
            f"{call.name}(MODEL {card.name}): the model was trained before judgements were kept; "
            "give the rows to judge, TABLE t or (query), or train it again."
        )
    return exp.select("*").from_(card.part(PART))
