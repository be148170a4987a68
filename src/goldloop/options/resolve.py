"""A user's options, checked against the declarations and completed with defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goldloop.errors import OptionError, nearest
from goldloop.options.declaration import Kind, ModelType
from goldloop.options.search import Search, Space, as_search
from goldloop.options.tuning import objective, search_spaces
from goldloop.options.types import model_type
from goldloop.options.values import checked


@dataclass(frozen=True)
class Options:
    """Resolved options of one model: every option has a value, `given` names those a user set.

    `spaces` are what trials vary, empty without tuning; `searches` what a user asked for,
    whose options have their defaults here.
    """

    model: str
    type: ModelType
    values: Mapping[str, Any]
    given: frozenset[str]
    spaces: Mapping[str, Space] = field(default_factory=dict)
    searches: Mapping[str, Search] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Return the value of the option `name`."""
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of `name`, or `default` where the type has no such option."""
        return self.values.get(name, default)

    @property
    def label(self) -> str | None:
        """Return the label column, None for a type without one."""
        value = self.values[self.type.target_option] if self.type.target_option else None
        return value[0] if isinstance(value, list) else value

    def columns(self, features: bool = False) -> dict[str, str]:
        """Return the option that names it, by each column that options name, the label aside.

        Only those that stay features with `features`, only those that do not without.
        """
        named: dict[str, str] = {}
        for option in self.type.options:
            is_column = option.kind in (Kind.COLUMN, Kind.COLUMNS) and not option.refused
            if not is_column or option.name == self.type.target_option:
                continue
            if option.is_feature is features:
                value = self[option.name]
                for column in [value] if isinstance(value, str) else value or []:
                    named[column] = option.name
        return named

    def as_given(self) -> dict[str, Any]:
        """Return model_type and what the user set, canonical: what a fingerprint reads."""
        chosen = {name: self.values[name] for name in sorted(self.given)}
        searched = {name: repr(search) for name, search in self.searches.items()}
        return {"model_type": self.type.name, **chosen, **searched}

    @property
    def divides_three_ways(self) -> bool:
        """Return whether several models are tried, which some rows judge and others test."""
        return bool(self.spaces) or self.type.is_search

    @property
    def objective(self) -> str:
        """Return the metric that trials are judged by."""
        return objective(self.model, self.type, self.values)

    def of_trial(self, hyperparameters: Mapping[str, Any]) -> Options:
        """Return the options of a trial: those of the model, with these values.

        Raises:
            OptionError: the values do not go together.
        """
        values = {**self.values, **hyperparameters}
        given = self.given | set(hyperparameters)
        if self.type.check:
            self.type.check(self.model, values, set(given))
        return replace(self, values=values, given=given, spaces={}, searches={})


def resolve(model: str, raw: Mapping[str, Any]) -> Options:
    """Check the options `raw` (keys in any case) of model `model`.

    Raises:
        OptionError: for an unknown, unsupported, repeated, mistyped or out-of-range option, or
            a contradiction; the message names model, option, what was expected and the nearest
            valid name.
    """
    folded = _fold(model, raw)
    declared = model_type(model, folded.pop("model_type", None))
    if declared.complete:
        declared = declared.complete(model, declared, folded)
    values = {option.name: option.default for option in declared.options if not option.refused}
    given: set[str] = set()
    searches: dict[str, Search] = {}
    for name, value in folded.items():
        option = declared.option(name)
        if option is None:
            names = [each.name for each in declared.options if not each.refused]
            raise OptionError(
                f"Model {model}: {declared.name} has no option '{name}'; expected one of "
                f"{', '.join(names)}.{nearest(name, names)}"
            )
        if option.name in given or option.name in searches:
            raise OptionError(f"Model {model}: option {option.name} is given twice; keep one.")
        if option.refused and value not in (None, option.default):
            raise OptionError(
                f"Model {model}: option {option.name} is not supported: {option.refused}."
            )
        if value is None or option.refused:
            continue
        if (search := as_search(option.name, value)) is not None:
            searches[option.name] = search
            continue
        values[option.name] = checked(f"Model {model}: option", option, value)
        given.add(option.name)
    if declared.check:
        declared.check(model, values, given)
    _check_split(model, values, given)
    spaces = search_spaces(model, declared, values, given, searches)
    resolved = Options(model, declared, values, frozenset(given), spaces, searches)
    if spaces:
        _ = resolved.objective  # is checked
    return resolved


def _fold(model: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    folded: dict[str, Any] = {}
    for key, value in raw.items():
        name = str(key).casefold()
        if name in folded:
            raise OptionError(f"Model {model}: option {name} is given twice; keep one.")
        folded[name] = value
    return folded


def _check_split(model: str, values: Mapping[str, Any], given: set[str]) -> None:
    method = values.get("data_split_method")
    if method is None:
        return
    if method in {"custom", "seq"} and not values["data_split_col"]:
        raise OptionError(
            f"Model {model}: data_split_method '{method}' needs data_split_col, the column to "
            "split by."
        )
    if "data_split_col" in given and method not in {"custom", "seq"}:
        raise OptionError(
            f"Model {model}: option data_split_col needs data_split_method 'custom' or 'seq'; "
            f"it is '{method}'."
        )
    fractions = ("data_split_eval_fraction", "data_split_test_fraction")
    for name in fractions:
        if name in given and method not in {"random", "seq"}:
            raise OptionError(
                f"Model {model}: option {name} needs data_split_method 'random' or 'seq'; it is "
                f"'{method}'."
            )
    if sum(values.get(name) or 0.0 for name in fractions) >= 1:
        raise OptionError(
            f"Model {model}: {' and '.join(fractions)} leave no row to train on; expected a sum "
            "below 1."
        )
