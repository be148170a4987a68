"""The columns that parameters of a function name, looked up in its source."""

from __future__ import annotations

from collections.abc import Sequence

from goldloop.errors import StatementError, nearest
from goldloop.functions.call import Call
from goldloop.functions.declaration import Warehouse
from goldloop.registry.cards import Feature


def source_columns(call: Call, warehouse: Warehouse, position: int = 0) -> list[Feature]:
    """Return the columns of a source; none where they cannot be told, as of a lateral join."""
    try:
        return warehouse.describe(call, position)
    except StatementError:
        return []


def named_column(call: Call, columns: Sequence[Feature], parameter: str, name: str) -> Feature:
    """Return the column that `parameter` names, in any case, as the source spells it.

    Where the columns cannot be told, it is taken as it is written, of no type.

    Raises:
        StatementError: the source has no such column.
    """
    if not columns:
        return Feature(name, "")
    found = next((each for each in columns if each.name.casefold() == name.casefold()), None)
    if found is None:
        names = [each.name for each in columns]
        raise StatementError(
            f"{call.name}: {parameter} names the column '{name}', which its rows do not have; "
            f"they have {', '.join(names)}.{nearest(name, names)}"
        )
    return found


def require_type(call: Call, column: Feature, parameter: str, expected: str, is_it: bool) -> None:
    """Raise StatementError unless the column is of the `expected` type, or of one not known."""
    if column.sql_type and not is_it:
        raise StatementError(
            f"{call.name}: {parameter} names '{column.name}' of type {column.sql_type}; expected "
            f"{expected}. Cast it in the query."
        )
