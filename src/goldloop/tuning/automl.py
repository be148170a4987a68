"""AUTOML_CLASSIFIER and AUTOML_REGRESSOR: the best of several types, within a budget of time.

Every type is first tried with its defaults; then the types take turns, the best more
often, each searching its own hyperparameters as NUM_TRIALS would. All of them predict in
SQL, so the model that results is one of the ordinary ones.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goldloop.errors import GoldloopError, TrainingDataError
from goldloop.options.resolve import Options, resolve
from goldloop.options.types import MODEL_TYPES
from goldloop.registry.names import trial_version_id
from goldloop.registry.parts import create_parts, drop_parts
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted
from goldloop.tuning.automl_objectives import Objective, objective_of
from goldloop.tuning.suggestions import Suggestions, suggestions

# The types tried, with options that suit a search: trees of a size that SQL scores quickly.
_BOOSTED = {"max_iterations": 50, "max_tree_depth": {"hparam_range": [2, 8]}}
_FOREST = {
    "num_parallel_tree": {"hparam_range": [10, 100]},
    "max_tree_depth": {"hparam_range": [3, 12]},
}
_TYPES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "regression": {
        "linear_reg": {},
        "boosted_tree_regressor": _BOOSTED,
        "random_forest_regressor": _FOREST,
        "dnn_regressor": {},
    },
    "classification": {
        "logistic_reg": {},
        "boosted_tree_classifier": _BOOSTED,
        "random_forest_classifier": _FOREST,
        "dnn_classifier": {},
    },
}
_MOST_TRIALS = 100
# The search ends when so many models in a row are no better than the best.
_PATIENCE = 15
# Of three models after the defaults, two are of the best type.
_TURNS = 3


@dataclass
class _Contender:
    """A type in the race: its options, its search, and how its best was judged."""

    options: Options
    search: Suggestions
    best: float | None = None
    seconds: float = 0.0
    exhausted: bool = False
    tried: int = 0


@dataclass
class _Race:
    """What has been tried: the details of each model, and the best of them."""

    objective: Objective
    fitted: Fitted | None = None
    judgement: float | None = None
    version_id: str | None = None
    since_better: int = 0
    details: list[Detail] = field(default_factory=list)


def fit(sample: Sample) -> Fitted:
    """Try models until BUDGET_HOURS are over, 100 are tried, or 15 in a row are no better.

    A model that is being trained is not interrupted; none is begun that would, going
    by the last of its type, take longer than what is left.

    Raises:
        TrainingDataError: every model fails; the message has the first reason.
    """
    deadline = time.monotonic() + sample.options["budget_hours"] * 3600
    race = _Race(objective_of(sample))
    failures: list[str] = []
    for contender, hyperparameters in _turns(sample, race, deadline):
        started = time.monotonic()
        options = contender.options.of_trial(hyperparameters)
        shown = _shown(options, hyperparameters)
        version_id = trial_version_id(sample.version_id, len(race.details) + 1)
        try:
            fitted = _train(sample, options, version_id)
            judgement = race.objective.judge(fitted)
        except (GoldloopError, ValueError, ArithmeticError, MemoryError) as error:
            failures.append(str(error))
            contender.search.tell(hyperparameters, None)
            drop_parts(sample.con, [version_id])
            _record(sample, race, shown, None, str(error))
            race.since_better += 1
        else:
            contender.search.tell(hyperparameters, judgement)
            _record(sample, race, shown, judgement, None)
            drop_parts(sample.con, _beaten(race, contender, fitted, judgement, version_id))
        contender.seconds = time.monotonic() - started
    if race.fitted is None:
        raise TrainingDataError(
            f"Model {sample.options.model}: every model that was tried fails. The first: "
            f"{failures[0]}"
        )
    return replace(race.fitted, details=(*race.fitted.details, *race.details))


def _turns(
    sample: Sample, race: _Race, deadline: float
) -> Iterator[tuple[_Contender, dict[str, Any]]]:
    """Yield the models to try: first each type's defaults, whatever time that takes."""
    contenders = [
        _contender(sample, race.objective, model_type, given)
        for model_type, given in _TYPES[sample.options.type.problem].items()
        if model_type in MODEL_TYPES
    ]
    for number, contender in enumerate(contenders):
        if number and time.monotonic() >= deadline:
            return
        contender.tried += 1
        yield contender, {}
    for turn in range(len(contenders), _MOST_TRIALS):
        left = deadline - time.monotonic()
        able = [each for each in contenders if each.seconds < left and not each.exhausted]
        if not able or left <= 0 or race.since_better >= _PATIENCE:
            return
        contender = _next(able, race.objective, turn)
        proposals = contender.search.ask(1)
        if not proposals:
            contender.exhausted = True
            continue
        contender.tried += 1
        yield contender, proposals[0]


def _next(able: list[_Contender], objective: Objective, turn: int) -> _Contender:
    if turn % _TURNS == 0:
        return min(able, key=lambda each: each.tried)
    worst = float("-inf")
    return max(able, key=lambda each: worst if each.best is None else objective.sign * each.best)


def _contender(
    sample: Sample, objective: Objective, model_type: str, given: Mapping[str, Any]
) -> _Contender:
    options = resolve(
        sample.options.model,
        {
            "model_type": model_type,
            "input_label_cols": [sample.label.name],
            "data_split_method": "no_split",
            "num_trials": _MOST_TRIALS,
            **given,
        },
    )
    search = suggestions("vizier_default", options.spaces, objective.sign > 0, _MOST_TRIALS)
    return _Contender(options, search)


def _train(sample: Sample, options: Options, version_id: str) -> Fitted:
    from goldloop.training.families import TRAINERS

    own = replace(sample, options=options, version_id=version_id, progress=lambda _line: None)
    fitted = TRAINERS[options.type.name](own)
    # Its prediction may read them, by the names of its version.
    create_parts(sample.con, version_id, fitted.functions, fitted.tables)
    return fitted


def _beaten(
    race: _Race, contender: _Contender, fitted: Fitted, judgement: float, version_id: str
) -> list[str]:
    """Take the model as the best if it is; return the versions that are out of the race."""
    sign = race.objective.sign
    if contender.best is None or sign * judgement > sign * contender.best:
        contender.best = judgement
    if race.judgement is not None and sign * judgement <= sign * race.judgement:
        race.since_better += 1
        return [version_id]
    beaten = [race.version_id] if race.version_id else []
    race.fitted, race.judgement, race.since_better = fitted, judgement, 0
    race.version_id = version_id
    return beaten


def _shown(options: Options, hyperparameters: Mapping[str, Any]) -> dict[str, Any]:
    return {"model_type": options.type.name, **hyperparameters}


def _record(
    sample: Sample,
    race: _Race,
    shown: Mapping[str, Any],
    judgement: float | None,
    error: str | None,
) -> None:
    number = len(race.details) + 1
    facts = {"options": shown, "objective": race.objective.name, "error_message": error}
    race.details.append(Detail("automl", str(number), judgement, facts))
    values = ", ".join(
        f"{value:.4g}"
        if isinstance(value, float)
        else str(value)
        if name == "model_type"
        else f"{name} {value}"
        for name, value in shown.items()
    )
    end = (
        f"fails: {' '.join(str(error).split())}"
        if judgement is None
        else f"{race.objective.name} {judgement:.6g}"
    )
    sample.progress(" ".join(f"model {number}: {values} → {end}".split()))
