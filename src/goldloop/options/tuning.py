"""The options of hyperparameter tuning, which every model type has or refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goldloop.errors import OptionError, nearest
from goldloop.options.declaration import Kind, ModelType, Option, Range
from goldloop.options.hyperparameters import TUNING, objectives_of
from goldloop.options.neural import takes_penalty
from goldloop.options.search import Interval, Search, Space, default_space, space_of

_OPTIONS = (
    Option(
        "num_trials",
        Kind.INTEGER,
        None,
        "Trains so many models with other hyperparameters, of which the best serves; the first "
        "has the defaults. Searched are the options given as HPARAM_RANGE or HPARAM_CANDIDATES, "
        "and those not given that have a default range.",
        range=Range(1, 100),
    ),
    Option(
        "max_parallel_trials",
        Kind.INTEGER,
        1,
        "Trials that are chosen together, before the results of any is known; they run one after "
        "another, each on all cores.",
        range=Range(1, 5),
    ),
    Option(
        "hparam_tuning_algorithm",
        Kind.CHOICE,
        "vizier_default",
        "VIZIER_DEFAULT is Optuna's tree-structured Parzen estimator here. GRID_SEARCH takes "
        "discrete hyperparameters only, and only those given.",
        choices=("vizier_default", "random_search", "grid_search"),
    ),
    Option(
        "hparam_tuning_objectives",
        Kind.TEXTS,
        None,
        "The metric that trials are judged by, on the rows that evaluate; one.",
    ),
)
_SPLIT_FRACTION = "data_split_test_fraction"
_NEED_TRIALS = ("max_parallel_trials", "hparam_tuning_algorithm", "hparam_tuning_objectives")


def with_tuning(declared: ModelType) -> ModelType:
    """Return the model type with the options of tuning, refused where nothing can be tuned."""
    tuning = TUNING.get(declared.name)
    if tuning is None:
        reason = f"{declared.name} has no hyperparameters that are tuned"
        refused = tuple(replace(option, refused=reason) for option in _OPTIONS)
        return replace(declared, options=(*declared.options, *refused))
    *first, objectives = _OPTIONS
    meaning = f"{objectives.meaning} Unset: the first of {', '.join(tuning.objectives)}."
    options = (*declared.options, *first, replace(objectives, meaning=meaning))
    return replace(declared, options=options)


def search_spaces(
    model: str,
    declared: ModelType,
    values: Mapping[str, Any],
    given: set[str],
    searches: Mapping[str, Search],
) -> dict[str, Space]:
    """Return the space of each hyperparameter that trials vary; none without NUM_TRIALS.

    Args:
        model: its name, for errors.
        declared: the model's type.
        values: every option's value, defaults included.
        given: the options that a user set, those searched included.
        searches: the options that a user gave a search instead of a value.

    Raises:
        OptionError: an option is not tunable, tuning is not on or finds nothing to search, or an
            objective is none of the type's.
    """
    tuning = TUNING.get(declared.name)
    for name, search in searches.items():
        _require_tunable(model, declared, name, search)
    if tuning is None or values.get("num_trials") is None:
        _refuse_without_trials(model, given, searches)
        return {}
    if values.get("warm_start"):
        raise OptionError(
            f"Model {model}: warm_start continues one model, and num_trials, of this statement or "
            "of the model that serves, trains several; train without warm_start."
        )
    spaces: dict[str, Space] = {}
    is_grid = values["hparam_tuning_algorithm"] == "grid_search"
    for name, search in searches.items():
        option, hyperparameter = declared.option(name), tuning.hyperparameter(name)
        assert option is not None
        assert hyperparameter is not None
        spaces[option.name] = space_of(model, option, hyperparameter, search)
        space = spaces[option.name]
        if is_grid and isinstance(space, Interval) and not space.is_integer:
            raise OptionError(
                f"Model {model}: option {name} is {search!r}, and GRID_SEARCH takes discrete "
                "values; write HPARAM_CANDIDATES([...]) or use another hparam_tuning_algorithm."
            )
    for hyperparameter in () if is_grid else tuning.hyperparameters:
        option = declared.option(hyperparameter.option)
        if option is None or option.refused or option.name in given or option.name in spaces:
            continue
        if (found := _default(declared, option, hyperparameter, values)) is not None:
            spaces[option.name] = found
    if not spaces:
        raise OptionError(
            f"Model {model}: num_trials is {values['num_trials']}, but no option is searched; give "
            "one of "
            f"{', '.join(each.option for each in tuning.hyperparameters)} as HPARAM_CANDIDATES."
        )
    return spaces


def objective(model: str, declared: ModelType, values: Mapping[str, Any]) -> str:
    """Return the metric that trials are judged by.

    Raises:
        OptionError: several are given, or one that the type does not have.
    """
    known = objectives_of(declared.name, values)
    asked = values["hparam_tuning_objectives"]
    if asked is None:
        return known[0]
    names = [str(name).casefold() for name in asked]
    if len(names) != 1:
        raise OptionError(
            f"Model {model}: option hparam_tuning_objectives names {len(names)} metrics; expected "
            f"one of {', '.join(known)}."
        )
    if names[0] not in known:
        raise OptionError(
            f"Model {model}: option hparam_tuning_objectives is '{asked[0]}'; {declared.name} is "
            f"judged by one of {', '.join(known)}.{nearest(names[0], known)}"
        )
    return names[0]


def _default(
    declared: ModelType, option: Option, hyperparameter: Any, values: Mapping[str, Any]
) -> Space | None:
    is_explicit = values.get("feedback_type") == "explicit"
    if option.name == "wals_alpha" and declared.name == "matrix_factorization" and is_explicit:
        return None  # of implicit feedback only
    if option.name in {"l1_reg", "l2_reg"} and not takes_penalty(values.get("optimizer")):
        return None
    return default_space(option, hyperparameter)


def _require_tunable(model: str, declared: ModelType, name: str, search: Search) -> None:
    tuning = TUNING.get(declared.name)
    known = tuning.hyperparameters if tuning else ()
    tunable = [each.option for each in known if declared.option(each.option)]
    if name not in tunable:
        raise OptionError(
            f"Model {model}: option {name} is {search!r}; expected a plain value, as "
            f"{declared.name} tunes {', '.join(tunable) or 'nothing'}.{nearest(name, tunable)}"
        )


def _refuse_without_trials(model: str, given: set[str], searches: Mapping[str, Search]) -> None:
    if searches:
        name, search = next(iter(searches.items()))
        raise OptionError(
            f"Model {model}: option {name} is {search!r}, which needs num_trials, the number of "
            "models to try; set it, or give a plain value."
        )
    alone = [name for name in (*_NEED_TRIALS, _SPLIT_FRACTION) if name in given]
    if alone:
        raise OptionError(
            f"Model {model}: option {alone[0]} needs num_trials, which turns tuning on; set it, or "
            f"drop {alone[0]}."
        )
