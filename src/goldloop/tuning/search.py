"""The search: trials trained one after another, judged on rows held out, the best chosen.

Each trial is a version in small: a function, parts and details of its own, so that it can
be asked for by `trial_id` later.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from goldloop.errors import GoldloopError, OptionError, TrainingDataError
from goldloop.options.hyperparameters import MAXIMIZED
from goldloop.registry import write
from goldloop.registry.measuring import details_of
from goldloop.registry.names import ModelName, trial_name
from goldloop.registry.trials import FAILED, INFEASIBLE, SUCCEEDED, Trial
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.tuning.suggestions import suggestions
from goldloop.tuning.trial import Outcome, train_trial


@dataclass(frozen=True)
class Tuned:
    """The best trial's fitted model and metrics, and the details of all trials."""

    fitted: Fitted
    metrics: Mapping[str, float | None]
    details: tuple[Detail, ...]


def tune(sample: Sample, name: ModelName) -> Tuned:
    """Train NUM_TRIALS models of the sample's options and return the best.

    A trial that fails is recorded with its reason, and the search goes on.

    Raises:
        TrainingDataError: every trial fails.
    """
    objective = sample.options.objective
    maximizes = objective in MAXIMIZED
    tried: list[tuple[Trial, Fitted | None]] = []
    for trial_id, hyperparameters, learn in _proposals(sample, maximizes):
        trial, fitted = _try(sample, name, trial_id, hyperparameters, objective)
        learn(trial.judgement)
        tried.append((trial, fitted))
        sample.progress(_line(trial, sample.options["num_trials"]))
    best = _best([trial for trial, _ in tried], maximizes)
    if best is None:
        first = tried[0][0]
        raise TrainingDataError(
            f"Model {sample.options.model}: all {len(tried)} trials fail. The first: "
            f"{first.error_message}"
        )
    number = write.next_number(sample.con, name)
    for trial, fitted in tried:
        if fitted is not None:
            details = details_of(fitted, trial.metrics)
            own = trial_name(name, sample.version_id, trial.trial_id)
            write.record_details(sample.con, own, number, details)
    chosen = next(fitted for trial, fitted in tried if trial is best)
    assert chosen is not None
    marked = tuple(replace(trial, is_optimal=trial is best).detail() for trial, _ in tried)
    return Tuned(chosen, best.metrics, marked)


def _proposals(sample: Sample, maximizes: bool) -> Iterator[tuple[int, dict[str, Any], Any]]:
    """Yield a trial's number and hyperparameters, and what is told of it; the defaults first."""
    options = sample.options
    count = options["num_trials"]
    search = suggestions(options["hparam_tuning_algorithm"], options.spaces, maximizes, count)
    defaults = {name: options[name] for name in options.spaces}
    yield 1, {}, lambda judgement: search.tell(defaults, judgement)
    trial_id = 1
    while trial_id < count:
        together = min(options["max_parallel_trials"], count - trial_id)
        proposals = search.ask(together)
        for proposal in proposals:
            if proposal == defaults:  # a point of the grid, tried already
                continue
            trial_id += 1
            yield (
                trial_id,
                proposal,
                lambda judgement, asked=proposal: search.tell(asked, judgement),
            )
        if not proposals:
            return


def _try(
    sample: Sample,
    name: ModelName,
    trial_id: int,
    hyperparameters: Mapping[str, Any],
    objective: str,
) -> tuple[Trial, Fitted | None]:
    defaults = {option: sample.options[option] for option in sample.options.spaces}
    shown = {**defaults, **hyperparameters}
    trial = Trial(trial_id, shown, objective)
    try:
        outcome = train_trial(sample, name, trial_id, hyperparameters)
    except OptionError as error:
        return replace(trial, status=INFEASIBLE, error_message=str(error)), None
    except (GoldloopError, ValueError, ArithmeticError, MemoryError) as error:
        reason = str(error) if isinstance(error, GoldloopError) else repr(error)
        return replace(trial, status=FAILED, error_message=reason), None
    return _judged(trial, outcome)


def _judged(trial: Trial, outcome: Outcome) -> tuple[Trial, Fitted | None]:
    judgement = outcome.judged.get(trial.objective)
    if judgement is None or not math.isfinite(judgement):
        reason = f"its {trial.objective} on the rows that judge is {judgement}"
        return replace(trial, status=FAILED, error_message=reason), None
    return (
        replace(
            trial,
            judgement=judgement,
            training_loss=outcome.training_loss,
            eval_loss=outcome.eval_loss,
            metrics=outcome.tested,
        ),
        outcome.fitted,
    )


def _best(trials: list[Trial], maximizes: bool) -> Trial | None:
    """Return the best trial that succeeded, the earlier of equals."""
    succeeded = [trial for trial in trials if trial.status == SUCCEEDED]
    sign = -1 if maximizes else 1
    return min(succeeded, key=lambda trial: sign * float(trial.judgement or 0.0), default=None)


def _line(trial: Trial, count: int) -> str:
    values = ", ".join(
        f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in trial.hyperparameters.items()
    )
    end = (
        f"{trial.objective} {trial.judgement:.6g}"
        if trial.judgement is not None
        else f"{trial.status}: {' '.join(str(trial.error_message).split())}"
    )
    return f"trial {trial.trial_id}/{count}: {values} → {end}"
