"""How an option and a model type are declared: data that checker, docs and trainer read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from goldloop.errors import OptionError


class Kind(Enum):
    """What an option's value is."""

    INTEGER = "an integer"
    NUMBER = "a number"
    BOOLEAN = "true or false"
    CHOICE = "a word"
    COLUMN = "a column name"
    COLUMNS = "a list of column names"
    WEIGHTS = "a list of (label, weight)"
    TEXT = "a text"
    TEXTS = "a list of texts"
    NUMBERS = "a list of numbers"
    INTEGERS = "a list of integers"
    VALUE = "a constant"
    EXPRESSION = "an expression"


@dataclass(frozen=True)
class Range:
    """The numbers an option accepts; an open end excludes its bound."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: float) -> bool:
        """Return whether `value` lies in the range."""
        above = self.low is None or (value > self.low if self.low_open else value >= self.low)
        below = self.high is None or (value < self.high if self.high_open else value <= self.high)
        return above and below

    def __str__(self) -> str:
        """Return the range as mathematics writes it, such as `(0, 1]`."""
        low = "-inf" if self.low is None else f"{self.low:g}"
        high = "inf" if self.high is None else f"{self.high:g}"
        left = "(" if self.low is None or self.low_open else "["
        right = ")" if self.high is None or self.high_open else "]"
        return f"{left}{low}, {high}{right}"


@dataclass(frozen=True)
class Option:
    """One option of a model type.

    `default` None means unset; `refused` is the reason why the option is known
    to BigQuery ML and not served here, told to whoever sets it. A column that
    an option names is no feature, unless `is_feature` says so. An option of a
    model with `parts` takes one value for all of them or [(part, value), ...];
    its value is a dict of each part's.
    """

    name: str
    kind: Kind
    default: Any
    meaning: str
    choices: tuple[str, ...] = ()
    range: Range | None = None
    aliases: tuple[str, ...] = ()
    refused: str | None = None
    refused_choices: dict[str, str] = field(default_factory=dict)
    is_feature: bool = False
    parts: tuple[str, ...] = ()


_SCORED_BY_ROW = frozenset(
    {
        "regression",
        "classification",
        "clustering",
        "pca",
        "autoencoder",
        "estimator",
        "transform_only",
    }
)


@dataclass(frozen=True)
class ModelType:
    """One model type: its name, what it predicts, its options, and how options may contradict.

    `problem` is regression, classification, clustering or another problem type
    of cards; `check` raises OptionError when options that are each valid do not
    go together. `label_option` names the option that names the target, for types
    that are not supervised by INPUT_LABEL_COLS; `keeps_unlabelled` keeps rows
    whose target is NULL; `needs_query` and `needs_features` are False for types
    that are trained without rows, or on the columns that options name only.
    `queries` are the further ones that `AS (training_data AS …, …)` may have.
    `is_search`: it tries several models, so some rows judge them and others test the best.
    `complete` returns the type with the options that depend on what a user gave.
    `needs_transform`: it is nothing but its TRANSFORM clause.
    """

    name: str
    problem: str
    meaning: str
    options: tuple[Option, ...]
    check: Callable[[str, dict[str, Any], set[str]], None] | None = None
    label_option: str | None = None
    keeps_unlabelled: bool = False
    needs_query: bool = True
    needs_features: bool = True
    queries: tuple[str, ...] = ()
    is_search: bool = False
    complete: Callable[[str, ModelType, Mapping[str, Any]], ModelType] | None = None
    needs_transform: bool = False

    @property
    def takes_transform(self) -> bool:
        """Return whether a TRANSFORM clause may make the type's features: it scores row by row."""
        return self.problem in _SCORED_BY_ROW and not self.is_search

    @property
    def is_supervised(self) -> bool:
        """Return whether the type needs a label."""
        return self.problem in {"regression", "classification"}

    @property
    def target_option(self) -> str | None:
        """Return the option that names the target column, None for a type without one."""
        return self.label_option or ("input_label_cols" if self.is_supervised else None)

    def option(self, name: str) -> Option | None:
        """Return the option called `name` (or by that alias), or None."""
        wanted = name.casefold()
        for option in self.options:
            if wanted == option.name or wanted in option.aliases:
                return option
        return None


def exclusive(model: str, given: set[str], *names: str) -> None:
    """Raise OptionError when more than one of the options `names` was given."""
    both = [name for name in names if name in given]
    if len(both) > 1:
        raise OptionError(
            f"Model {model}: options {' and '.join(both)} exclude each other; keep one of them."
        )
