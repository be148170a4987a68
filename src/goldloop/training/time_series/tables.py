"""What a trained model leaves in the warehouse: tables that its functions read by plain SQL.

Columns of their own begin with an underscore; series are numbered in `_series`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from goldloop.options.resolve import Options
from goldloop.training.time_series.component_tables import (
    forecast_table,
    history_table,
    holiday_columns,
)
from goldloop.training.time_series.fitted_series import FittedSeries
from goldloop.training.time_series.holiday_calendar import Holiday
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.order_search import Candidate
from goldloop.training.time_series.reading import SeriesSet
from goldloop.training.time_series.regressors import Regressors
from goldloop.training.time_series.scaling import naive_error

_CATEGORY_WEIGHTS = pa.list_(pa.struct([("category", pa.string()), ("weight", pa.float64())]))
_CANDIDATE = {
    "_series": pa.int64(),
    "_rank": pa.int64(),
    "non_seasonal_p": pa.int64(),
    "non_seasonal_d": pa.int64(),
    "non_seasonal_q": pa.int64(),
    "has_drift": pa.bool_(),
    "log_likelihood": pa.float64(),
    "AIC": pa.float64(),
    "variance": pa.float64(),
    "seasonal_periods": pa.list_(pa.string()),
    "has_holiday_effect": pa.bool_(),
    "has_spikes_and_dips": pa.bool_(),
    "has_step_changes": pa.bool_(),
    "error_message": pa.string(),
}


def tables(
    found: SeriesSet,
    fitted: Sequence[FittedSeries],
    holidays: Sequence[Holiday],
    options: Options,
    regressors: Regressors | None,
) -> Mapping[str, pa.Table]:
    """Return the tables of a version by name."""
    # Components of a series modelled on another scale do not add up on that of the data.
    is_limited = any(options.get(f"forecast_limit_{end}_bound") is not None for end in _ENDS)
    has_parts = options.get("decompose_time_series", True) and not is_limited
    columns = holiday_columns(fitted) if has_parts else {}
    parts = {"history": history_table(fitted, columns, regressors)} if has_parts else {}
    return {
        "series": _series(found, fitted),
        "forecast": forecast_table(fitted, columns, has_parts),
        "candidates": _candidates(fitted),
        "coefficients": _coefficients(fitted, regressors),
        "holidays": _holidays(holidays),
        **parts,
    }


_ENDS = ("lower", "upper")


def _series(found: SeriesSet, fitted: Sequence[FittedSeries]) -> pa.Table:
    """Return a row a series: its ids, the naive forecast's error, and the regressors' weights."""
    ids = list(zip(*(each.ids for each in fitted), strict=True))
    return pa.table(
        {
            "_series": pa.array(range(len(fitted)), pa.int64()),
            "_naive_error": pa.array(
                [naive_error(f.series.times, f.series.values) for f in fitted], pa.float64()
            ),
            "_weights": pa.array(
                [None if f.weights is None else f.weights.tolist() for f in fitted],
                pa.list_(pa.float64()),
            ),
            **{
                name: pa.array(ids[place], found.id_types[place])
                for place, name in enumerate(found.id_columns)
            },
        }
    )


def _candidates(fitted: Sequence[FittedSeries]) -> pa.Table:
    rows = []
    for number, each in enumerate(fitted):
        if each.model is None:
            rows.append({"_series": number, "_rank": 1, "error_message": each.error})
            continue
        parts = each.model.parts
        known = {
            "_series": number,
            "seasonal_periods": each.model.seasonal_periods,
            "has_holiday_effect": bool(parts.holidays),
            "has_spikes_and_dips": bool(parts.spikes_and_dips.any()),
            "has_step_changes": bool(parts.step_changes.any()),
        }
        rows += [
            known | {"_rank": rank} | _candidate(candidate)
            for rank, candidate in enumerate(each.model.candidates, start=1)
        ]
    return pa.Table.from_pylist(rows, pa.schema(_CANDIDATE))


def _candidate(candidate: Candidate) -> dict[str, object]:
    order, model = candidate.order, candidate.model
    return {
        "non_seasonal_p": order.p,
        "non_seasonal_d": order.d,
        "non_seasonal_q": order.q,
        "has_drift": order.has_drift,
        "log_likelihood": model.arma.log_likelihood if model else None,
        "AIC": model.aic if model else None,
        "variance": model.arma.variance if model else None,
        "error_message": candidate.error or None,
    }


def _coefficients(fitted: Sequence[FittedSeries], regressors: Regressors | None) -> pa.Table:
    rows = []
    for number, each in enumerate(fitted):
        if each.model is None:
            continue
        arma = each.model.arima.arma
        known = {
            "_series": number,
            "ar_coefficients": arma.ar.tolist(),
            "ma_coefficients": arma.ma.tolist(),
            "intercept_or_drift": arma.mean,
        }
        if regressors is None or each.weights is None:
            rows.append(known)
            continue
        rows += [
            known | {"processed_input": name, "weight": weight, "category_weights": categories}
            for name, weight, categories in _regression(regressors, each.weights)
        ]
    fields = {
        "_series": pa.int64(),
        "ar_coefficients": pa.list_(pa.float64()),
        "ma_coefficients": pa.list_(pa.float64()),
        "intercept_or_drift": pa.float64(),
        "processed_input": pa.string(),
        "weight": pa.float64(),
        "category_weights": _CATEGORY_WEIGHTS,
    }
    return pa.Table.from_pylist(rows, pa.schema(fields))


def _regression(regressors: Regressors, weights: Floats) -> list[tuple]:
    return [*regressors.described(weights), ("__INTERCEPT__", regressors.offset(weights), None)]


def _holidays(holidays: Sequence[Holiday]) -> pa.Table:
    return pa.table(
        {
            "region": pa.array([each.region for each in holidays], pa.string()),
            "holiday_name": pa.array([each.name for each in holidays], pa.string()),
            "primary_date": pa.array([each.date for each in holidays], pa.date32()),
            "preholiday_days": pa.array([each.days_before for each in holidays], pa.int64()),
            "postholiday_days": pa.array([each.days_after for each in holidays], pa.int64()),
        }
    )
