"""ML.HOLIDAY_INFO: the holidays that a model takes into account."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse
from goldloop.functions.time_series.parameters import TIME_SERIES
from goldloop.functions.time_series.stored import column, part

_COLUMNS = {
    "region": "STRING",
    "holiday_name": "STRING",
    "primary_date": "DATE",
    "preholiday_days": "INT64",
    "postholiday_days": "INT64",
}


def _query(call: Call, _warehouse: Warehouse) -> exp.Select:
    columns = [column(name, "_d") for name in _COLUMNS]
    return (
        exp.select(*columns)
        .from_(part(call.card, "holidays", "_d"))
        .order_by(*(column(name, "_d") for name in ("region", "holiday_name", "primary_date")))
    )


HOLIDAY_INFO = TableFunction(
    "ML.HOLIDAY_INFO",
    Group.INSPECT,
    "The holidays of a time series model: those of its regions and its own.",
    _query,
    (Output("", tuple(_COLUMNS.items())),),
    serves=TIME_SERIES,
    sources=(0, 0),
)
