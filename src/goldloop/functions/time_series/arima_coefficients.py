"""ML.ARIMA_COEFFICIENTS: the chosen ARIMA of every series, and the regressors' weights."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, TableFunction, Warehouse
from goldloop.functions.time_series.parameters import TIME_SERIES
from goldloop.functions.time_series.stored import (
    SERIES,
    column,
    has_regressors,
    ids,
    part,
    same_series,
)

_COEFFICIENTS = "_c"


def _query(call: Call, _warehouse: Warehouse) -> exp.Select:
    card = call.card
    names = ["ar_coefficients", "ma_coefficients", "intercept_or_drift"]
    if has_regressors(card):
        names += ["processed_input", "weight", "category_weights"]
    return (
        exp.select(*ids(card), *(column(name, _COEFFICIENTS) for name in names))
        .from_(part(card, "series", SERIES))
        .join(part(card, "coefficients", _COEFFICIENTS), on=same_series(SERIES, _COEFFICIENTS))
        .order_by(column("_series", SERIES), exp.column("rowid", table=_COEFFICIENTS))
    )


ARIMA_COEFFICIENTS = TableFunction(
    "ML.ARIMA_COEFFICIENTS",
    Group.INSPECT,
    "The coefficients of the ARIMA of each series; of ARIMA_PLUS_XREG, the regressors' weights.",
    _query,
    (
        Output(
            "",
            (
                ("<time_series_id_col...>", "inherited"),
                ("ar_coefficients", "ARRAY<FLOAT64>"),
                ("ma_coefficients", "ARRAY<FLOAT64>"),
                ("intercept_or_drift", "FLOAT64"),
            ),
        ),
        Output(
            "XREG adds",
            (
                ("processed_input", "STRING"),
                ("weight", "FLOAT64"),
                ("category_weights", "ARRAY<STRUCT<category STRING, weight FLOAT64>>"),
            ),
        ),
    ),
    serves=TIME_SERIES,
    sources=(0, 0),
)
