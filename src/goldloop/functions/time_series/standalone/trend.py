"""ML.TREND: the trend of the rows given, without seasons and outliers."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.time_series.standalone.gathered import (
    measured,
    require_columns,
    results,
    whole,
)
from goldloop.functions.time_series.standalone.parameters import (
    DATA_COL,
    ID_COLS,
    TIMESTAMP_COL,
    horizon,
)
from goldloop.functions.time_series.standalone.rows import history_rows
from goldloop.options.declaration import Kind, Option, Range


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    require_columns(call, warehouse)
    found = results(
        call,
        measured(call),
        "trend",
        whole(call["horizon"]),
        whole(call["smoothing_window_size"]),
        exp.Boolean(this=call["adjust_step_changes"]),
    )
    return history_rows(call, found, ["trend"])


TREND = TableFunction(
    "ML.TREND",
    Group.STATS,
    "The trend of time series.",
    _query,
    (
        Output(
            "",
            (
                ("<id_cols>", "as input"),
                ("<timestamp_col>", "TIMESTAMP"),
                ("time_series_type", "STRING"),
                ("<data_col>", "FLOAT64"),
                ("trend", "FLOAT64"),
                ("status", "STRING"),
            ),
        ),
    ),
    need=Need.NONE,
    sources=(1, 1),
    are_named=True,
    parameters=(
        DATA_COL,
        TIMESTAMP_COL,
        ID_COLS,
        horizon(0, least=0),
        Parameter(
            Option(
                "smoothing_window_size",
                Kind.INTEGER,
                5,
                "Points of the centred moving average that smooths the trend.",
                range=Range(1),
            )
        ),
        Parameter(
            Option(
                "adjust_step_changes",
                Kind.BOOLEAN,
                False,
                "Whether level shifts are taken out of the trend.",
            )
        ),
    ),
)
