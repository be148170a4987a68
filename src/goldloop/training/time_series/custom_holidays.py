"""The holidays of a model: those of its regions, and those of its query `custom_holiday`."""

from __future__ import annotations

import datetime as dt

import duckdb

from goldloop.errors import TrainingDataError, nearest
from goldloop.training.family import Sample
from goldloop.training.time_series.holiday_calendar import (
    Holiday,
    public_holidays,
    without_replaced,
)

_COLUMNS = ("region", "holiday_name", "primary_date", "preholiday_days", "postholiday_days")
_LAST_YEAR = 2100


def holidays_of(sample: Sample, first: dt.date, last: dt.date) -> tuple[Holiday, ...]:
    """Return the holidays between two dates; an own one replaces the public ones of its name.

    Raises:
        TrainingDataError: the query of custom holidays lacks a column or holds a bad value.
    """
    last = min(last, dt.date(_LAST_YEAR, 12, 31))
    regions = [region.upper() for region in sample.options["holiday_region"] or []]
    public = public_holidays(regions, first, last)
    query = sample.queries.get("custom_holiday")
    return public if query is None else without_replaced(public, _own(sample, query))


def _own(sample: Sample, query: str) -> list[Holiday]:
    rows = _rows(sample.con, sample.options.model, query)
    found = []
    for region, name, date, before, after in rows:
        is_whole = all(isinstance(days, int) and 0 <= days <= 30 for days in (before, after))
        if region is None or name is None or date is None or not is_whole:
            raise TrainingDataError(
                f"Model {sample.options.model}: custom_holiday has the row ({region}, {name}, "
                f"{date}, {before}, {after}); expected a region, a name, a date and from 0 to 30 "
                "days before and after it."
            )
        found.append(Holiday(str(region), str(name), date, before, after))
    return found


def _rows(con: duckdb.DuckDBPyConnection, model: str, query: str) -> list[tuple]:
    described = [name for name, *_ in con.execute(f"describe (\n{query}\n)").fetchall()]
    known = {name.casefold() for name in described}
    for column in _COLUMNS:
        if column not in known:
            raise TrainingDataError(
                f"Model {model}: custom_holiday has no column '{column}'; it returns "
                f"{', '.join(described)}; expected {', '.join(_COLUMNS)}."
                f"{nearest(column, described)}"
            )
    return con.execute(
        "select region::varchar, holiday_name::varchar, primary_date::date, "
        "preholiday_days::bigint, postholiday_days::bigint "
        f"from (\n{query}\n) order by all"
    ).fetchall()
