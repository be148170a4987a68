"""ML.DETECT_CHANGE_POINTS: stretches of a series that begin with a lasting change of its level."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Need, Output, TableFunction, Warehouse
from goldloop.functions.time_series.standalone.gathered import (
    POINT,
    SERIES,
    STATUS,
    field,
    id_columns,
    instant,
    measured,
    ordered,
    points,
    require_columns,
    results,
)
from goldloop.functions.time_series.standalone.parameters import DATA_COL, ID_COLS, TIMESTAMP_COL
from goldloop.functions.time_series.stored import alias, column
from goldloop.scoring.function import struct

_METRICS = ("avg", "min", "max", "stddev", "count")


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    require_columns(call, warehouse)
    found = points(call, results(call, measured(call), "change_points"))
    begin = field(column(POINT, SERIES), "begin")
    within = struct({name: field(column(POINT, SERIES), name) for name in _METRICS})
    query = exp.select(
        *(column(name, SERIES) for name in id_columns(call)),
        alias(instant(begin), "begin_timestamp"),
        alias(instant(field(column(POINT, SERIES), "end")), "end_timestamp"),
        alias(within, "metrics"),
        alias(column(STATUS, SERIES), "status"),
    ).from_(found.subquery(SERIES))
    return ordered(query, call, SERIES, begin.copy())


DETECT_CHANGE_POINTS = TableFunction(
    "ML.DETECT_CHANGE_POINTS",
    Group.STATS,
    "The stretches of time series that begin with a lasting change of their level.",
    _query,
    (
        Output(
            "",
            (
                ("<id_cols>", "as input"),
                ("begin_timestamp", "TIMESTAMP"),
                ("end_timestamp", "TIMESTAMP"),
                ("metrics", "STRUCT<avg,min,max,stddev FLOAT64, count INT64>"),
                ("status", "STRING"),
            ),
        ),
    ),
    need=Need.NONE,
    sources=(1, 1),
    are_named=True,
    parameters=(DATA_COL, TIMESTAMP_COL, ID_COLS),
)
