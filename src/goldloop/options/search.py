"""What a hyperparameter is searched over: an interval or candidates, as a user asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlglot
from sqlglot.errors import SqlglotError

from goldloop.dialect.statements import HparamCandidates, HparamRange
from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, Option, Range
from goldloop.options.hyperparameters import Hyperparameter
from goldloop.options.values import checked

_KEYWORDS = ("hparam_range", "hparam_candidates")
# A log scale cannot begin at 0: it begins this far below its end.
_DECADES = 1e-6


@dataclass(frozen=True)
class Interval:
    """Numbers from `low` to `high`, both included; on a log scale where `is_log`."""

    low: float
    high: float
    is_integer: bool = False
    is_log: bool = False


@dataclass(frozen=True)
class Candidates:
    """One of these values."""

    values: tuple[Any, ...]


Space = Interval | Candidates
Search = HparamRange | HparamCandidates


def as_search(option: str, value: Any) -> Search | None:
    """Return the search that `value` asks for, None where it is a plain value.

    Besides SQL's own keywords these are their texts, `HPARAM_RANGE(0, 1)`, which is what
    dbt macros render, and mappings of one of the keywords, `{hparam_range: [0, 1]}`.

    Raises:
        OptionError: it is a search that cannot be read.
    """
    if isinstance(value, HparamRange | HparamCandidates):
        return value
    if isinstance(value, str) and value.strip().casefold().startswith(_KEYWORDS):
        return _read(option, value)
    if isinstance(value, Mapping) and len(value) == 1:
        ((keyword, items),) = value.items()
        if str(keyword).casefold() in _KEYWORDS:
            return _listed(option, str(keyword).casefold(), items)
    return None


def space_of(model: str, option: Option, hyperparameter: Hyperparameter, search: Search) -> Space:
    """Return the space of a search, its bounds or candidates checked against the option.

    Raises:
        OptionError: a bound or candidate is no value of the option, or there is nothing between.
    """
    where = f"Model {model}: option"
    if isinstance(search, HparamCandidates):
        values = [checked(where, option, _unwrapped(value)) for value in search.values]
        if not values:
            raise OptionError(
                f"{where} {option.name} is {search!r}; expected at least one candidate."
            )
        return Candidates(tuple(dict.fromkeys(map(_hashable, values))))
    if option.kind not in (Kind.INTEGER, Kind.NUMBER):
        raise OptionError(
            f"{where} {option.name} is {search!r}; expected HPARAM_CANDIDATES([...]), as its "
            f"value is {option.kind.value}."
        )
    # An end that the option excludes may still bound its search: (0, 10] is HPARAM_RANGE(0, 10).
    closed = (
        replace(option, range=replace(option.range, low_open=False, high_open=False))
        if (option.range)
        else option
    )
    low, high = (checked(where, closed, bound) for bound in (search.low, search.high))
    if low >= high:
        raise OptionError(
            f"{where} {option.name} is {search!r}; expected a first bound below the second."
        )
    return _interval(option, Range(low, high), hyperparameter.is_log)


def default_space(option: Option, hyperparameter: Hyperparameter) -> Space | None:
    """Return what is searched where a user sets nothing; None where nothing is."""
    if hyperparameter.default is None:
        return None
    return _interval(option, hyperparameter.default, hyperparameter.is_log)


def _interval(option: Option, bounds: Range, is_log: bool) -> Interval:
    assert bounds.low is not None
    assert bounds.high is not None
    low, high, is_integer = bounds.low, bounds.high, option.kind is Kind.INTEGER
    if is_integer:
        return Interval(int(low), int(high), True, is_log and low > 0)
    excludes = option.range
    gap = (high - low) * _DECADES
    if low <= 0 and (is_log or (excludes and excludes.low_open and excludes.low == low)):
        low = gap
    if (excludes and excludes.high_open and excludes.high == high) or bounds.high_open:
        high -= gap
    return Interval(low, high, False, is_log and low > 0)


def _read(option: str, text: str) -> Search:
    from goldloop.dialect.values import python_value

    try:
        found = python_value(option, sqlglot.parse_one(text, dialect="bigquery"))
    except SqlglotError as error:
        raise _unreadable(option, text) from error
    if not isinstance(found, HparamRange | HparamCandidates):
        raise _unreadable(option, text)
    return found


def _listed(option: str, keyword: str, items: Any) -> Search:
    if keyword == "hparam_candidates" and isinstance(items, list | tuple):
        return HparamCandidates(tuple(items))
    match items:
        case [int() | float() as low, int() | float() as high]:
            return HparamRange(low, high)
    raise _unreadable(option, f"{keyword}: {items!r}")


def _unwrapped(value: Any) -> Any:
    # A candidate that is an array stands in a STRUCT, as SQL has no arrays of arrays.
    items = list(value.values()) if isinstance(value, Mapping) else value
    is_wrapped = isinstance(value, Mapping | tuple) and len(items) == 1
    return items[0] if is_wrapped and isinstance(items[0], list | tuple) else value


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _unreadable(option: str, text: str) -> OptionError:
    return OptionError(
        f"Option {option} is {text}; expected HPARAM_RANGE(low, high) or "
        "HPARAM_CANDIDATES([value, ...])."
    )
