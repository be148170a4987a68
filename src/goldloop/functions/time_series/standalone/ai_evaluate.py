"""AI.EVALUATE: forecasts of a history against what was measured since."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import ROW, Call
from goldloop.functions.declaration import Group, Need, Output, TableFunction, Warehouse
from goldloop.functions.time_series.evaluate import METRICS, metrics
from goldloop.functions.time_series.standalone.gathered import (
    STATUS,
    id_columns,
    measured,
    ordered,
    require_columns,
    results,
    whole,
)
from goldloop.functions.time_series.standalone.matched import matched
from goldloop.functions.time_series.standalone.parameters import (
    CONTEXT_WINDOW,
    DATA_COL,
    ID_COLS,
    MODEL,
    TIMESTAMP_COL,
    horizon,
)
from goldloop.functions.time_series.stored import alias, column
from goldloop.scoring.expressions import case


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    require_columns(call, warehouse)
    found = results(call, measured(call), "forecast", whole(call["horizon"]), whole(None))
    rows = matched(call, measured(call, 1), found)
    center = column("_center", ROW)
    # Without a forecast, a measurement is not evaluated either.
    is_forecast = exp.Not(this=exp.Is(this=center, expression=exp.Null()))
    actual = case([(is_forecast, column("_actual", ROW))], exp.Null())
    ids = [column(name, ROW) for name in id_columns(call)]
    query = exp.select(
        *ids,
        *metrics(actual, center.copy(), column("_naive_error", ROW)),
        alias(exp.AnyValue(this=column(STATUS, ROW)), "ai_evaluate_status"),
    ).from_(rows.subquery(ROW))
    return ordered(query.group_by(*ids), call, ROW)


AI_EVALUATE = TableFunction(
    "AI.EVALUATE",
    Group.INFER,
    "Metrics of forecasts of time series without a model, against later measurements.",
    _query,
    (
        Output(
            "",
            (
                ("<id_cols...>", "inherited"),
                *((name, "FLOAT64") for name in METRICS),
                ("ai_evaluate_status", "STRING"),
            ),
        ),
    ),
    need=Need.NONE,
    sources=(2, 2),
    source_names=("history", "actual"),
    are_named=True,
    parameters=(DATA_COL, TIMESTAMP_COL, MODEL, ID_COLS, horizon(1024), CONTEXT_WINDOW),
)
