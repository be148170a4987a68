"""ML.SEASONALITY: the seasonal components of the rows given."""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import OptionError, nearest
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
from goldloop.options.declaration import Kind, Option
from goldloop.options.time_series import SEASONALITIES

_SEASONS = ("yearly", "quarterly", "monthly", "weekly", "daily")


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    require_columns(call, warehouse)
    found = results(call, measured(call), "seasonality", whole(call["horizon"]), _wanted(call))
    return history_rows(call, found, _SEASONS)


def _wanted(call: Call) -> exp.Expression:
    """Return the seasons asked for, NULL for those that are found."""
    words = [word.upper() for word in call["seasonalities"] or ["AUTO"]]
    for word in words:
        if word not in SEASONALITIES:
            raise OptionError(
                f"{call.name}: seasonalities has '{word}'; expected any of "
                f"{', '.join(SEASONALITIES)}.{nearest(word, SEASONALITIES)}"
            )
    if len(words) > 1 and {"AUTO", "NO_SEASONALITY"} & set(words):
        raise OptionError(f"{call.name}: AUTO and NO_SEASONALITY of seasonalities stand alone.")
    texts = exp.DataType.build("VARCHAR[]", dialect="duckdb")
    if words == ["AUTO"]:
        return exp.Cast(this=exp.Null(), to=texts)
    named = [exp.Literal.string(word) for word in words if word != "NO_SEASONALITY"]
    return exp.Cast(this=exp.Array(expressions=named), to=texts)


SEASONALITY = TableFunction(
    "ML.SEASONALITY",
    Group.STATS,
    "The seasonal components of time series.",
    _query,
    (
        Output(
            "",
            (
                ("<id_cols>", "as input"),
                ("<timestamp_col>", "TIMESTAMP"),
                ("time_series_type", "STRING"),
                ("<data_col>", "FLOAT64"),
                *((season, "FLOAT64") for season in _SEASONS),
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
        Parameter(
            Option(
                "seasonalities",
                Kind.TEXTS,
                None,
                "The seasons: AUTO, NO_SEASONALITY, or any of DAILY, WEEKLY, MONTHLY, QUARTERLY "
                "and YEARLY; unset: AUTO.",
            )
        ),
        horizon(0, least=0),
    ),
)
