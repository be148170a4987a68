"""History and forecast of a series as rows: a time point, its type and value, and components."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.time_series.standalone.gathered import (
    POINT,
    SERIES,
    STATUS,
    field,
    id_columns,
    instant,
    ordered,
    points,
)
from goldloop.functions.time_series.stored import alias, column


def history_rows(call: Call, found: exp.Select, components: Sequence[str]) -> exp.Select:
    """Return the points of a native function that have `type`, `at`, `data` and `components`."""
    at = field(column(POINT, SERIES), "at")
    query = exp.select(
        *(column(name, SERIES) for name in id_columns(call)),
        alias(instant(at), call["timestamp_col"]),
        alias(field(column(POINT, SERIES), "type"), "time_series_type"),
        alias(field(column(POINT, SERIES), "data"), call["data_col"]),
        *(alias(field(column(POINT, SERIES), name), name) for name in components),
        alias(column(STATUS, SERIES), "status"),
    ).from_(points(call, found).subquery(SERIES))
    return ordered(query, call, SERIES, at.copy())
