"""Which hyperparameters to try next, given how those tried were judged.

Optuna searches at random and by its tree-structured Parzen estimator; a grid is
walked in a seeded random order, so that a part of it is spread over all of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Protocol

from goldloop.options.search import Candidates, Space

_SEED = 0
# Trials that explore before the estimator has anything to go by; of few, a third.
_MOST_STARTING = 10
# A search of few candidates ends when so many proposals in a row bring nothing new.
_MOST_REPEATS = 100
_GUIDED_REPEATS = 10

Values = dict[str, Any]


class Suggestions(Protocol):
    """Proposes hyperparameters and learns from what came of them."""

    def ask(self, count: int) -> list[Values]:
        """Return up to `count` proposals, made together; none when nothing is left to try."""

    def tell(self, proposal: Values, judgement: float | None) -> None:
        """Take the objective's value of a proposal, None where it failed."""


def suggestions(
    algorithm: str, spaces: Mapping[str, Space], maximizes: bool, trials: int
) -> Suggestions:
    """Return the search of `algorithm`, one of hparam_tuning_algorithm, over `spaces`."""
    if algorithm == "grid_search":
        return _Grid(spaces)
    return _Study(spaces, maximizes, trials, is_random=algorithm == "random_search")


class _Grid:
    def __init__(self, spaces: Mapping[str, Space]) -> None:
        self._names = list(spaces)
        self._axes = [_points(space) for space in spaces.values()]
        size = math.prod(len(axis) for axis in self._axes)
        # Indices, not points: a grid may have more of them than fit into memory.
        self._indices = _shuffled(size)

    def ask(self, count: int) -> list[Values]:
        found = []
        for index in self._indices:
            found.append(self._point(index))
            if len(found) == count:
                break
        return found

    def tell(self, proposal: Values, judgement: float | None) -> None:
        """Learn nothing: a grid is walked whatever comes of it."""

    def _point(self, index: int) -> Values:
        values = {}
        for name, axis in zip(self._names, self._axes, strict=True):
            index, position = divmod(index, len(axis))
            values[name] = axis[position]
        return values


def _points(space: Space) -> list[Any]:
    if isinstance(space, Candidates):
        return [_plain(value) for value in space.values]
    return list(range(int(space.low), int(space.high) + 1))


def _shuffled(size: int) -> Iterator[int]:
    random, seen = Random(_SEED), set()
    if size <= 10_000:
        yield from random.sample(range(size), size)
        return
    while True:  # at most 100 of these many are ever asked for
        index = random.randrange(size)
        if index not in seen:
            seen.add(index)
            yield index


class _Study:
    def __init__(
        self, spaces: Mapping[str, Space], maximizes: bool, trials: int, is_random: bool
    ) -> None:
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        starting = max(1, min(_MOST_STARTING, trials // 3))
        self._random = optuna.samplers.RandomSampler(seed=_SEED)
        sampler = (
            self._random
            if is_random
            else optuna.samplers.TPESampler(seed=_SEED, n_startup_trials=starting)
        )
        self._spaces = spaces
        self._study = optuna.create_study(
            sampler=sampler, direction="maximize" if maximizes else "minimize"
        )
        self._distributions = {
            name: _distribution(optuna.distributions, space) for name, space in spaces.items()
        }
        self._asked: list[tuple[Values, Any]] = []
        self._known: list[Values] = []
        self._states = optuna.trial.TrialState
        self._create = optuna.trial.create_trial

    def ask(self, count: int) -> list[Values]:
        proposals: list[Values] = []
        guided = self._study.sampler
        for attempt in range(_MOST_REPEATS):
            if len(proposals) == count:
                break
            if attempt >= _GUIDED_REPEATS:
                # The estimator insists on what it knows: of few values, another is drawn.
                self._study.sampler = self._random
            trial = self._study.ask(self._distributions)
            values = {name: self._value(name, found) for name, found in trial.params.items()}
            if values in self._known:
                self._study.tell(trial, state=self._states.FAIL)
                continue
            self._known.append(values)
            self._asked.append((values, trial))
            proposals.append(values)
        self._study.sampler = guided
        return proposals

    def tell(self, proposal: Values, judgement: float | None) -> None:
        for values, trial in self._asked:
            if values is proposal:
                if judgement is None:
                    self._study.tell(trial, state=self._states.FAIL)
                else:
                    self._study.tell(trial, judgement)
                return
        self._learn(proposal, judgement)

    def _learn(self, values: Values, judgement: float | None) -> None:
        """Take in what it did not propose itself, where it could have: the defaults."""
        self._known.append(values)
        parameters = {}
        for name, space in self._spaces.items():
            value = values.get(name)
            if isinstance(space, Candidates):
                known = [_plain(each) for each in space.values]
                if value not in known:
                    return
                parameters[name] = known.index(value)
            elif value is None or not space.low <= value <= space.high:
                return
            else:
                parameters[name] = value
        if judgement is not None:
            self._study.add_trial(
                self._create(params=parameters, distributions=self._distributions, value=judgement)
            )

    def _value(self, name: str, found: Any) -> Any:
        space = self._spaces[name]
        return _plain(space.values[found]) if isinstance(space, Candidates) else found


def _distribution(distributions: Any, space: Space) -> Any:
    if isinstance(space, Candidates):
        # By position: candidates may be lists, which Optuna would not take.
        return distributions.CategoricalDistribution(list(range(len(space.values))))
    if space.is_integer:
        return distributions.IntDistribution(int(space.low), int(space.high), log=space.is_log)
    return distributions.FloatDistribution(space.low, space.high, log=space.is_log)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
