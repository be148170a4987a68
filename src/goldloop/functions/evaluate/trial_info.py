"""ML.TRIAL_INFO: what each trial of a tuned model tried and came to."""

from __future__ import annotations

from typing import Any

from sqlglot import exp

from goldloop.errors import ModelKindError
from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse
from goldloop.options.declaration import Kind, ModelType, Option
from goldloop.options.types import model_type
from goldloop.registry.trials import Trial
from goldloop.scoring.expressions import double, literal
from goldloop.scoring.function import struct

_TYPES = {
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.INTEGERS: "BIGINT[]",
    Kind.NUMBERS: "DOUBLE[]",
}


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    card = call.card
    if not card.is_tuned:
        raise ModelKindError(
            f"ML.TRIAL_INFO: model {card.name} was trained without num_trials, so it has no "
            "trials; train it with NUM_TRIALS."
        )
    declared = model_type(str(card.name), card.model_type)
    rows = [_row(trial, declared) for trial in warehouse.find_trials(card)]
    together = exp.union(*rows, distinct=False, copy=False) if len(rows) > 1 else rows[0]
    return exp.select("*").from_(together.subquery("trials")).order_by("trial_id")


def _row(trial: Trial, declared: ModelType) -> exp.Select:
    hyperparameters: dict[str, exp.Expression] = {
        name: exp.cast(_value(value), _type(declared.option(name)), dialect="duckdb")
        for name, value in trial.hyperparameters.items()
    }
    columns: dict[str, exp.Expression] = {
        "trial_id": exp.cast(literal(trial.trial_id), exp.DType.BIGINT),
        "hyperparameters": struct(hyperparameters),
        "hparam_tuning_evaluation_metrics": struct({trial.objective: _number(trial.judgement)}),
        "training_loss": _number(trial.training_loss),
        "eval_loss": _number(trial.eval_loss),
        "status": literal(trial.status),
        "error_message": _value(trial.error_message),
        "is_optimal": literal(trial.is_optimal),
    }
    return exp.select(*(exp.alias_(value, name) for name, value in columns.items()))


def _type(option: Option | None) -> str:
    return _TYPES.get(option.kind, "VARCHAR") if option else "VARCHAR"


def _value(value: Any) -> exp.Expression:
    if value is None:
        return exp.cast(exp.null(), exp.DType.VARCHAR)
    if isinstance(value, list | tuple):
        return exp.array(*map(_value, value))
    return literal(value)


def _number(value: float | None) -> exp.Expression:
    return exp.cast(exp.null(), exp.DType.DOUBLE) if value is None else double(value)


TRIAL_INFO = TableFunction(
    "ML.TRIAL_INFO",
    Group.EVALUATE,
    "The trials of a tuned model: hyperparameters, losses, status, and which is the best.",
    _query,
    (
        Output(
            "tuned model, one row per trial",
            (
                ("trial_id", "INT64"),
                ("hyperparameters", "STRUCT<one field per tuned option>"),
                ("hparam_tuning_evaluation_metrics", "STRUCT<one field per objective>"),
                ("training_loss", "FLOAT64"),
                ("eval_loss", "FLOAT64"),
                ("status", "STRING SUCCEEDED|FAILED|INFEASIBLE"),
                ("error_message", "STRING"),
                ("is_optimal", "BOOL"),
            ),
        ),
    ),
    sources=(0, 0),
)
