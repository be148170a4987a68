"""ML.ARIMA_EVALUATE: the orders that were tried, and what each came to."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import Group, Output, Parameter, TableFunction, Warehouse
from goldloop.functions.time_series.parameters import TIME_SERIES
from goldloop.functions.time_series.stored import (
    SERIES,
    alias,
    column,
    id_columns,
    ids,
    part,
    same_series,
)
from goldloop.options.declaration import Kind, Option
from goldloop.registry.cards import ModelCard

_CANDIDATES = "_c"
_ORDER = ("non_seasonal_p", "non_seasonal_d", "non_seasonal_q", "has_drift")
_FITTED = ("log_likelihood", "AIC", "variance", "seasonal_periods")
_FOUND = ("has_holiday_effect", "has_spikes_and_dips", "has_step_changes")


def best_models(card: ModelCard) -> exp.Select:
    """Return the deprecated ML.EVALUATE without data: the chosen model of each series."""
    periods = exp.Anonymous(
        this="array_to_string",
        expressions=[column("seasonal_periods", _CANDIDATES), exp.Literal.string(", ")],
    )
    return _candidates(card, only_best=True).select(
        *(column(name, _CANDIDATES) for name in (*_ORDER, "log_likelihood")),
        alias(column("AIC", _CANDIDATES), "aic"),
        column("variance", _CANDIDATES),
        alias(periods, "seasonal_periods"),
        *(column(name, _CANDIDATES) for name in _FOUND),
    )


def _query(call: Call, _warehouse: Warehouse) -> exp.Select:
    card = call.card
    shows_all = call["show_all_candidate_models"]
    if shows_all is None:
        shows_all = not id_columns(card)
    is_decomposed = card.options.get("decompose_time_series") is not False
    names = (*_ORDER, *_FITTED, *(_FOUND if is_decomposed else ()), "error_message")
    return _candidates(card, only_best=not shows_all).select(
        *(column(name, _CANDIDATES) for name in names)
    )


def _candidates(card: ModelCard, only_best: bool) -> exp.Select:
    query = (
        exp.select(*ids(card))
        .from_(part(card, "series", SERIES))
        .join(part(card, "candidates", _CANDIDATES), on=same_series(SERIES, _CANDIDATES))
        .order_by(column("_series", SERIES), column("_rank", _CANDIDATES))
    )
    if only_best:
        is_best = exp.EQ(this=column("_rank", _CANDIDATES), expression=exp.Literal.number(1))
        query = query.where(is_best)
    return query


ARIMA_EVALUATE = TableFunction(
    "ML.ARIMA_EVALUATE",
    Group.EVALUATE,
    "The ARIMA models that were tried, the best first.",
    _query,
    (
        Output(
            "ARIMA_PLUS[_XREG]",
            (
                ("<time_series_id_col...>", "inherited"),
                ("non_seasonal_p", "INT64"),
                ("non_seasonal_d", "INT64"),
                ("non_seasonal_q", "INT64"),
                ("has_drift", "BOOL"),
                ("log_likelihood", "FLOAT64"),
                ("AIC", "FLOAT64"),
                ("variance", "FLOAT64"),
                ("seasonal_periods", "ARRAY<STRING>"),
                ("has_holiday_effect", "BOOL"),
                ("has_spikes_and_dips", "BOOL"),
                ("has_step_changes", "BOOL"),
                ("error_message", "STRING"),
            ),
        ),
    ),
    serves=TIME_SERIES,
    sources=(0, 0),
    parameters=(
        Parameter(
            Option(
                "show_all_candidate_models",
                Kind.BOOLEAN,
                None,
                "Whether every order tried is shown, not the best of a series only; unset: for a "
                "model of one series.",
            )
        ),
    ),
)
