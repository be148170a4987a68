"""ML.EVALUATE: the metrics of a model over labelled rows, or those stored in training."""

from __future__ import annotations

import math

import sqlglot
from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql
from goldloop.errors import StatementError
from goldloop.evaluation import EVALUATORS
from goldloop.evaluation.model import evaluate_query
from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse, problems
from goldloop.functions.evaluate.ranking import OUTPUT as RANKING
from goldloop.functions.evaluate.ranking import evaluate_ranking
from goldloop.functions.parameters import THRESHOLD, TRIAL_ID
from goldloop.functions.time_series import evaluate as time_series
from goldloop.registry.cards import ModelCard
from goldloop.scoring.expressions import double


def stored_metrics(card: ModelCard) -> exp.Select:
    """Return the query of the metrics measured when `card` was trained, one row."""
    evaluator = EVALUATORS.get(card.problem_type)
    names = evaluator.metrics if evaluator else tuple(card.metrics)
    return exp.select(*(exp.alias_(_double(card.metrics.get(name)), name) for name in names))


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    card = call.card
    if card.problem_type == "time_series":
        return time_series.evaluate_time_series(call)
    if call.source is None:
        if call["threshold"] is not None:
            raise StatementError(
                f"ML.EVALUATE(MODEL {card.name}): threshold needs rows to evaluate; add TABLE t."
            )
        return stored_metrics(card)
    if card.problem_type == "implicit_recommendation":
        return evaluate_ranking(call)
    is_clustering = card.problem_type == "clustering"
    query = evaluate_query(
        card.name,
        card.problem_type,
        card.label,
        duckdb_sql(exp.select("*").from_(call.rows())),
        threshold=call["threshold"],
        separations=warehouse.find_separations(card) if is_clustering else (),
        version_id=card.version_id,
    )
    return sqlglot.parse_one(query, dialect="duckdb", into=exp.Select)


def _double(value: float | None) -> exp.Expr:
    if value is None or math.isnan(value):
        return exp.cast(exp.null(), exp.DType.DOUBLE)
    return double(value)


def _output(variant: str, problem_type: str) -> Output:
    return Output(variant, tuple((m, "FLOAT64") for m in EVALUATORS[problem_type].metrics))


EVALUATE = TableFunction(
    "ML.EVALUATE",
    Group.EVALUATE,
    "Metrics over labelled rows; without rows, those stored in training.",
    _query,
    (
        _output("regression", "regression"),
        _output("classification", "binary_classification"),
        _output("kmeans", "clustering"),
        _output("autoencoder", "autoencoder"),
        *time_series.OUTPUTS,
        _output("pca", "pca"),
        RANKING,
    ),
    serves=problems(*EVALUATORS, "implicit_recommendation", "time_series"),
    sources=(0, 1),
    parameters=(THRESHOLD, TRIAL_ID, *time_series.PARAMETERS),
)
