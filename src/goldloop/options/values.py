"""A value that a user gave an option or a parameter, checked against its declaration."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goldloop.errors import OptionError, nearest
from goldloop.options.declaration import Kind, Option


def checked(where: str, option: Option, value: Any) -> Any:
    """Return `value` as the option's kind has it.

    Args:
        where: what names the option in an error, such as `Model m: option`.
        option: the declaration that the value is checked against.
        value: a constant as SQL, YAML or Python has it.

    Raises:
        OptionError: it is of another kind, out of range or none of the choices.
    """
    if option.parts:
        return _by_part(where, option, value)
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
                return _in_range(where, option, int(number))
        case Kind.NUMBER:
            number = _number(value)
            if number is not None:
                return _in_range(where, option, float(number))
        case Kind.CHOICE:
            if isinstance(value, str):
                return _choice(where, option, value)
        case Kind.COLUMN:
            if isinstance(value, str) and value:
                return value
        case Kind.COLUMNS:
            columns = [value] if isinstance(value, str) else value
            if isinstance(columns, list | tuple) and all(isinstance(c, str) and c for c in columns):
                return _one_label(where, option, list(columns))
        case Kind.WEIGHTS:
            return _weights(where, option, value)
        case Kind.TEXT:
            if isinstance(value, str):
                return value
        case Kind.TEXTS:
            texts = [value] if isinstance(value, str) else value
            if isinstance(texts, list | tuple) and all(isinstance(text, str) for text in texts):
                return list(texts)
        case Kind.NUMBERS | Kind.INTEGERS:
            if isinstance(value, list | tuple):
                single = Kind.INTEGER if option.kind is Kind.INTEGERS else Kind.NUMBER
                return [checked(where, replace(option, kind=single), each) for each in value]
        case Kind.VALUE | Kind.EXPRESSION:
            return value
    raise OptionError(
        f"{where} {option.name} is {value!r}; expected {expected}"
        f"{' in ' + str(option.range) if option.range else ''}."
    )


def _by_part(where: str, option: Option, value: Any) -> dict[str, Any]:
    whole = replace(option, parts=())
    if not isinstance(value, list | tuple | Mapping):
        return dict.fromkeys(option.parts, checked(where, whole, value))

    def fault(reason: str) -> OptionError:
        kind = option.kind.value
        return OptionError(
            f"{where} {option.name} is {value!r}; expected {kind} or [(part, {kind}), ...] with "
            f"each of {', '.join(option.parts)} at most once: {reason}"
        )

    chosen: dict[str, Any] = {}
    for pair in list(value.items()) if isinstance(value, Mapping) else value:
        items = list(pair.values()) if isinstance(pair, Mapping) else pair
        if not (isinstance(items, list | tuple) and len(items) == 2):
            raise fault(f"{pair!r} is no pair.")
        part = str(items[0]).casefold()
        if part not in option.parts:
            raise fault(f"'{items[0]}' is no part.{nearest(part, option.parts)}")
        if part in chosen:
            raise fault(f"'{items[0]}' is given twice.")
        chosen[part] = checked(where, whole, items[1])
    if not chosen:
        raise fault("no part is given.")
    return {**option.default, **chosen}


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


def _in_range(where: str, option: Option, number: Any) -> Any:
    if option.range is not None and number not in option.range:
        raise OptionError(
            f"{where} {option.name} is {number:g}; expected {option.kind.value} in {option.range}."
        )
    return number


def _choice(where: str, option: Option, value: str) -> str:
    word = value.casefold()
    if word in option.refused_choices:
        raise OptionError(
            f"{where} {option.name} = '{value}' is not supported: {option.refused_choices[word]}."
        )
    if word not in option.choices:
        raise OptionError(
            f"{where} {option.name} is '{value}'; expected one of "
            f"{', '.join(c for c in option.choices if c not in option.refused_choices)}."
            f"{nearest(value, option.choices)}"
        )
    return word


def _one_label(where: str, option: Option, columns: list[str]) -> list[str]:
    if option.name == "input_label_cols" and len(columns) != 1:
        raise OptionError(f"{where} {option.name} names {len(columns)} columns; expected one.")
    return columns


def _weights(where: str, option: Option, value: Any) -> list[tuple[Any, float]]:
    pairs = list(value.items()) if isinstance(value, Mapping) else value
    weights: list[tuple[Any, float]] = []
    for pair in pairs if isinstance(pairs, list | tuple) else [None]:
        items = list(pair.values()) if isinstance(pair, Mapping) else pair
        weight = _number(items[1]) if isinstance(items, list | tuple) and len(items) == 2 else None
        if weight is None or weight < 0:
            raise OptionError(
                f"{where} {option.name} is {value!r}; expected "
                "[(label, weight), ...] with weights of 0 or more."
            )
        weights.append((items[0], weight))
    return weights
