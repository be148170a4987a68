"""A user's options, checked against the declarations and completed with defaults."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldloop.errors import OptionError, nearest
from goldloop.options.declaration import Kind, ModelType, Option
from goldloop.options.types import model_type


@dataclass(frozen=True)
class Options:
    """Resolved options of one model: every option has a value, `given` names those a user set."""

    model: str
    type: ModelType
    values: Mapping[str, Any]
    given: frozenset[str]

    def __getitem__(self, name: str) -> Any:
        """Return the value of the option `name`."""
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of `name`, or `default` where the type has no such option."""
        return self.values.get(name, default)

    @property
    def label(self) -> str | None:
        """Return the label column, None for a type without one."""
        return self.values["input_label_cols"][0] if self.type.is_supervised else None

    def as_given(self) -> dict[str, Any]:
        """Return model_type and what the user set, canonical: what a fingerprint reads."""
        chosen = {name: self.values[name] for name in sorted(self.given)}
        return {"model_type": self.type.name, **chosen}


def resolve(model: str, raw: Mapping[str, Any]) -> Options:
    """Check the options `raw` (keys in any case) of model `model`.

    Raises:
        OptionError: for an unknown, unsupported, repeated, mistyped or out-of-range option, or
            a contradiction; the message names model, option, what was expected and the nearest
            valid name.
    """
    folded = _fold(model, raw)
    declared = model_type(model, folded.pop("model_type", None))
    values = {option.name: option.default for option in declared.options if not option.refused}
    given: set[str] = set()
    for name, value in folded.items():
        option = declared.option(name)
        if option is None:
            names = [each.name for each in declared.options if not each.refused]
            raise OptionError(
                f"Model {model}: {declared.name} has no option '{name}'; expected one of "
                f"{', '.join(names)}.{nearest(name, names)}"
            )
        if option.name in given:
            raise OptionError(f"Model {model}: option {option.name} is given twice; keep one.")
        if option.refused and value not in (None, option.default):
            raise OptionError(
                f"Model {model}: option {option.name} is not supported: {option.refused}."
            )
        if value is None or option.refused:
            continue
        values[option.name] = _checked(model, option, value)
        given.add(option.name)
    if declared.check:
        declared.check(model, values, given)
    _check_split(model, values, given)
    return Options(model, declared, values, frozenset(given))


def _fold(model: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    folded: dict[str, Any] = {}
    for key, value in raw.items():
        name = str(key).casefold()
        if name in folded:
            raise OptionError(f"Model {model}: option {name} is given twice; keep one.")
        folded[name] = value
    return folded


def _checked(model: str, option: Option, value: Any) -> Any:
    expected = option.kind.value
    match option.kind:
        case Kind.BOOLEAN:
            if isinstance(value, bool):
                return value
            if isinstance(value, str) and value.casefold() in {"true", "false"}:
                return value.casefold() == "true"
        case Kind.INTEGER:
            number = _number(value)
            if number is not None and number == int(number):
                return _in_range(model, option, int(number))
        case Kind.NUMBER:
            number = _number(value)
            if number is not None:
                return _in_range(model, option, float(number))
        case Kind.CHOICE:
            if isinstance(value, str):
                return _choice(model, option, value)
        case Kind.COLUMN:
            if isinstance(value, str) and value:
                return value
        case Kind.COLUMNS:
            columns = [value] if isinstance(value, str) else value
            if isinstance(columns, list | tuple) and all(isinstance(c, str) and c for c in columns):
                return _one_label(model, option, list(columns))
        case Kind.WEIGHTS:
            return _weights(model, option, value)
    raise OptionError(
        f"Model {model}: option {option.name} is {value!r}; expected {expected}"
        f"{' in ' + str(option.range) if option.range else ''}."
    )


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _in_range(model: str, option: Option, number: Any) -> Any:
    if option.range is not None and number not in option.range:
        raise OptionError(
            f"Model {model}: option {option.name} is {number:g}; expected {option.kind.value} in "
            f"{option.range}."
        )
    return number


def _choice(model: str, option: Option, value: str) -> str:
    word = value.casefold()
    if word in option.refused_choices:
        raise OptionError(
            f"Model {model}: option {option.name} = '{value}' is not supported: "
            f"{option.refused_choices[word]}."
        )
    if word not in option.choices:
        raise OptionError(
            f"Model {model}: option {option.name} is '{value}'; expected one of "
            f"{', '.join(c for c in option.choices if c not in option.refused_choices)}."
            f"{nearest(value, option.choices)}"
        )
    return word


def _one_label(model: str, option: Option, columns: list[str]) -> list[str]:
    if option.name == "input_label_cols" and len(columns) != 1:
        raise OptionError(
            f"Model {model}: option input_label_cols names {len(columns)} columns; expected one."
        )
    return columns


def _weights(model: str, option: Option, value: Any) -> list[tuple[Any, float]]:
    pairs = list(value.items()) if isinstance(value, Mapping) else value
    weights: list[tuple[Any, float]] = []
    for pair in pairs if isinstance(pairs, list | tuple) else [None]:
        items = list(pair.values()) if isinstance(pair, Mapping) else pair
        weight = _number(items[1]) if isinstance(items, list | tuple) and len(items) == 2 else None
        if weight is None or weight < 0:
            raise OptionError(
                f"Model {model}: option {option.name} is {value!r}; expected "
                "[(label, weight), ...] with weights of 0 or more."
            )
        weights.append((items[0], weight))
    return weights


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
    if "data_split_eval_fraction" in given and method not in {"random", "seq"}:
        raise OptionError(
            f"Model {model}: option data_split_eval_fraction needs data_split_method 'random' or "
            f"'seq'; it is '{method}'."
        )
