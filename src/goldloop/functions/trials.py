"""Calls over tuned models: which trial answers, and the column that says so.

A trial's card stands in for the model's, so that no function has to know of trials.
"""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from goldloop.errors import ModelKindError, OptionError
from goldloop.functions.call import Call
from goldloop.functions.declaration import Warehouse
from goldloop.registry.cards import ModelCard
from goldloop.registry.names import trial_name, trial_version_id
from goldloop.registry.trials import SUCCEEDED, Trial
from goldloop.scoring.expressions import literal


def query_over_trials(call: Call, warehouse: Warehouse) -> exp.Query:
    """Return the query of a call: of the trial it asks for, the best by default.

    Tuned models get a first column `trial_id` from functions that take the parameter
    of that name.

    Raises:
        ModelKindError: a trial of a model that has none.
        OptionError: there is no such trial, or it failed.
    """
    if call.model is None or call.function.parameter("trial_id") is None:
        return call.function.query(call, warehouse)
    asked = call.parameters.get("trial_id")
    if not call.card.is_tuned:
        if asked is not None:
            raise ModelKindError(
                f"{call.name}: trial_id is {asked}, but model {call.card.name} was trained without "
                "num_trials. Leave it out."
            )
        return call.function.query(call, warehouse)
    trials = warehouse.find_trials(call.card)
    if asked is not None:
        return _query_of(call, warehouse, asked_trial(call.name, call.card, trials, asked))
    best = next(trial for trial in trials if trial.is_optimal)
    return _numbered(best, call.function.query(call, warehouse))


def trial_card(card: ModelCard, trial: Trial) -> ModelCard:
    """Return the card of a trial of the version that `card` is of."""
    return replace(
        card,
        name=trial_name(card.name, card.version_id, trial.trial_id),
        version_id=trial_version_id(card.version_id, trial.trial_id),
        options={**card.options, **trial.hyperparameters},
        metrics=trial.metrics,
    )


def asked_trial(where: str, card: ModelCard, trials: list[Trial], trial_id: int) -> Trial:
    """Return the trial of that number.

    Raises:
        OptionError: there is none, or it failed; the message begins with `where`.
    """
    trial = next((each for each in trials if each.trial_id == trial_id), None)
    if trial is None:
        raise OptionError(
            f"{where}: trial_id is {trial_id}; model {card.name} has the trials 1 to {len(trials)}."
        )
    if trial.status != SUCCEEDED:
        raise OptionError(
            f"{where}: trial {trial_id} of model {card.name} is {trial.status}: "
            f"{trial.error_message}"
        )
    return trial


def _query_of(call: Call, warehouse: Warehouse, trial: Trial) -> exp.Query:
    of_trial = replace(call, model=trial_card(call.card, trial))
    return _numbered(trial, call.function.query(of_trial, warehouse))


def _numbered(trial: Trial, query: exp.Query) -> exp.Query:
    number = exp.alias_(exp.cast(literal(trial.trial_id), exp.DType.BIGINT), "trial_id")
    return exp.select(number, "*").from_(query.subquery("trial"))
