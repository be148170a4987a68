"""The forecast of a model as rows: every step with its centre and standard error.

What ML.FORECAST and the functions that compare it with measurements start from.
"""

from __future__ import annotations

from sqlglot import exp

from goldloop.errors import StatementError
from goldloop.functions.call import ROW, Call
from goldloop.functions.model_calls import called
from goldloop.functions.time_series.stored import (
    FORECAST,
    SERIES,
    alias,
    column,
    has_regressors,
    horizon,
    joined_ids,
    part,
    same_series,
    same_time,
    star,
    time_column,
)
from goldloop.scoring.expressions import add

_FUTURE = "_x"


def forecast_steps(call: Call) -> exp.Select:
    """Return the steps within the horizon: the stored ones, with what regressors add.

    Columns: those of the tables `series` and `forecast`; of an ARIMA_PLUS_XREG also
    `_effect` and the attributions, NULL where a step has no row, as `_center` then is.

    Raises:
        StatementError: an ARIMA_PLUS_XREG is given no rows.
        OptionError: see `horizon`.
    """
    card = call.card
    steps = (
        exp.select(star(SERIES))
        .from_(part(card, "series", SERIES))
        .join(part(card, "forecast", FORECAST), on=same_series(SERIES, FORECAST))
        .where(exp.LTE(this=column("_step", FORECAST), expression=_number(horizon(call))))
    )
    if not has_regressors(card):
        return steps.select(star(FORECAST, "_series"))
    if not call.sources:
        names = ", ".join(each.name for each in card.features)
        raise StatementError(
            f"{call.name}: model {card.name} is an arima_plus_xreg, which needs its regressors "
            f"({names}) at the time points to forecast; add TABLE t or (query)."
        )
    center = add(column("_center", FORECAST), column("_effect", _FUTURE))
    on = exp.and_(
        same_series(FORECAST, _FUTURE),
        same_time(column("_timestamp", FORECAST), column("_at", _FUTURE)),
    )
    return steps.select(
        star(FORECAST, "_series", "_center"), alias(center, "_center"), star(_FUTURE, "_series")
    ).join(_effects(call).subquery(_FUTURE), on=on, join_type="left")


def refuse_rows(call: Call) -> None:
    """Raise StatementError when rows are given to an ARIMA_PLUS, which forecasts without."""
    if call.sources and not has_regressors(call.card):
        raise StatementError(
            f"{call.name}: model {call.card.name} is an arima_plus, which forecasts without rows; "
            "leave them out."
        )


def _effects(call: Call) -> exp.Select:
    """Return what the regressors of the source's rows add, by series and time point.

    Of several rows of a time point, the mean.
    """
    card = call.card
    rows = (
        exp.select(
            column("_series", SERIES),
            column("_weights", SERIES),
            alias(column(time_column(card), ROW), "_at"),
            star(ROW),
        )
        .from_(call.rows())
        .join(part(card, "series", SERIES), on=joined_ids(card, ROW))
    )
    row = exp.column(ROW)
    added = exp.select(
        column("_series", ROW),
        column("_at", ROW),
        alias(called(card.part("effect"), row), "_effect"),
        exp.Anonymous(this="UNNEST", expressions=[called(card.part("attributions"), row.copy())]),
    ).from_(rows.subquery(ROW))
    every = exp.Columns(this=exp.Star(except_=[exp.to_identifier(n) for n in ("_series", "_at")]))
    return (
        exp.select("_series", "_at", exp.Avg(this=every))
        .from_(added.subquery(ROW))
        .group_by("_series", "_at")
    )


def _number(value: int) -> exp.Expression:
    return exp.Literal.number(value)
