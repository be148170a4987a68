"""What DuckDB says against a statement, as an error of Goldloop in the statement's own terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import duckdb

from goldloop.dialect.script import at_line
from goldloop.errors import GoldloopError, StatementError
from goldloop.functions.call import Call
from goldloop.native.messages import in_short

_MISSING_KEY = re.compile(r'Could not find key "(?P<name>.+?)" in struct', re.DOTALL)
_MISSING_COLUMN = re.compile(r'Referenced column "(?P<name>.+?)" not found', re.DOTALL)


@contextmanager
def in_statement(line: int) -> Iterator[None]:
    """Say of every error within, DuckDB's or Goldloop's, in which line its statement begins."""
    try:
        with from_duckdb():
            yield
    except GoldloopError as error:
        raise at_line(line, error) from error.__cause__


@contextmanager
def from_duckdb(
    calls: Sequence[Call] = (), columns_of: Callable[[Call], Sequence[str]] = lambda _call: ()
) -> Iterator[None]:
    """Raise DuckDB's errors within as Goldloop's; bugs of DuckDB and interrupts stay what they are.

    Args:
        calls: the calls over models that run within.
        columns_of: tells the columns of a call's source, none where they are unknown.
    """
    try:
        yield
    except (duckdb.InternalException, duckdb.InterruptException):
        raise
    except duckdb.Error as error:
        message = str(error)
        explained = next(
            filter(None, (_missing(message, call, columns_of) for call in calls)), None
        )
        raise StatementError(explained or in_short(message)) from error


def _missing(message: str, call: Call, columns_of: Callable[[Call], Sequence[str]]) -> str | None:
    card = call.model
    if card is None:
        return None
    features = {feature.name.casefold(): feature.name for feature in card.features}
    key = _MISSING_KEY.search(message)
    column = _MISSING_COLUMN.search(message)
    if key and key["name"].casefold() in features:
        name = features[key["name"].casefold()]
        missing = f"feature '{name}'"
    elif call.name == "ML.EVALUATE" and column and column["name"] == card.label:
        name = card.label
        missing = f"label '{name}'"
    else:
        return None
    columns = columns_of(call)
    if name.casefold() in {each.casefold() for each in columns}:
        return None  # another call of the statement misses it
    given = f", which have the columns {', '.join(columns)}" if columns else ""
    return (
        f"Model {card.name}: the {missing} is missing from the rows given to {call.name}"
        f"{given}; the model's features are {', '.join(features.values())}."
    )
