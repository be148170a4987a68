"""The tables `history` and `forecast`: a row a time point, a column a component."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from goldloop.training.time_series.fitted_series import FittedSeries
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.model import SeriesModel
from goldloop.training.time_series.regressors import Regressors
from goldloop.training.time_series.seasons import SEASONS

# Longest first, as ML.EXPLAIN_FORECAST has them.
_SEASON_COLUMNS = {s.name: f"seasonal_period_{s.name.lower()}" for s in reversed(SEASONS)}
_DISTURBANCES = ("spikes_and_dips", "step_changes", "residual")


def holiday_columns(fitted: Sequence[FittedSeries]) -> dict[str, str]:
    """Return the column of each holiday that has an effect in some series, by its name."""
    names = sorted({n for f in fitted if f.model for n in f.model.parts.holidays})
    columns: dict[str, str] = {}
    for name in names:
        column = "holiday_effect_" + re.sub(r"\W+", "_", name).strip("_")
        taken = {each.casefold() for each in columns.values()}
        while column.casefold() in taken:
            column += "_"
        columns[name] = column
    return columns


def forecast_table(
    fitted: Sequence[FittedSeries], holidays: dict[str, str], has_parts: bool
) -> pa.Table:
    """Return the forecast of every series: `_step` 1 is the first point after its history."""
    parts = []
    for number, each in enumerate(fitted):
        if each.model is None:
            continue
        future = each.model.future
        values = future.values if each.reconciled is None else each.reconciled
        steps = len(future.times)
        columns = {
            "_series": pa.array(np.full(steps, number)),
            "_step": pa.array(np.arange(1, steps + 1)),
            "_timestamp": pa.array(future.times),
            "_center": _doubles(values),
            "_error": _doubles(future.errors),
        }
        if has_parts:
            # The trend of a reconciled sum is what its other components leave.
            trend = future.trend + (values - future.values)
            columns |= _components(trend, future.seasons, future.holidays, holidays, {})
        parts.append(pa.table(columns))
    return pa.concat_tables(parts)


def history_table(
    fitted: Sequence[FittedSeries], holidays: dict[str, str], regressors: Regressors | None
) -> pa.Table:
    """Return the history of every series, taken apart.

    `_fitted` is what the model expected, NULL for the first d points, of which it
    cannot expect anything; `_is_measured` tells interpolated points apart.
    """
    return pa.concat_tables(
        _history(number, each, each.model, holidays, regressors)
        for number, each in enumerate(fitted)
        if each.model
    )


def _history(
    number: int,
    each: FittedSeries,
    model: SeriesModel,
    holidays: dict[str, str],
    regressors: Regressors | None,
) -> pa.Table:
    length, parts = len(model.series.values), model.parts
    attributions = _attributions(each, model, regressors)
    explained = sum(attributions.values(), np.zeros(length))
    is_measured = np.zeros(length, dtype=bool)
    is_measured[model.series.positions] = True
    expected = model.series.values - model.residual - parts.spikes_and_dips + explained
    seasons = {part.calendar.name: part.history for part in parts.seasons}
    disturbances = {
        "spikes_and_dips": parts.spikes_and_dips,
        "step_changes": parts.step_changes,
        "residual": model.residual,
    }
    return pa.table(
        {
            "_series": pa.array(np.full(length, number)),
            "_timestamp": pa.array(model.series.times),
            "_is_measured": pa.array(is_measured),
            "_data": _doubles(model.series.values + explained),
            "_adjusted": _doubles(model.adjusted + explained),
            "_fitted": pa.array(expected, mask=np.arange(length) < model.arima.order.d),
            "_error": _doubles(np.full(length, np.sqrt(model.arima.arma.variance))),
            **_components(model.trend, seasons, parts.holidays, holidays, disturbances),
            **{f"attribution_{name}": _doubles(part) for name, part in attributions.items()},
        }
    )


def _attributions(
    each: FittedSeries, model: SeriesModel, regressors: Regressors | None
) -> dict[str, Floats]:
    """Return what each regressor adds at every point: averaged and interpolated as the data."""
    if regressors is None or each.weights is None:
        return {}
    index = model.series.grid.index_of(each.series.times)
    positions, where = np.unique(index - index.min(), return_inverse=True)
    counts, points = np.bincount(where), np.arange(len(model.series.values))
    return {
        name: np.interp(points, positions, np.bincount(where, weights=effect) / counts)
        for name, effect in regressors.effects(each.series.rows, each.weights).items()
    }


def _components(
    trend: Floats,
    seasons: dict[str, Floats],
    holidays: dict[str, Floats],
    columns: dict[str, str],
    disturbances: dict[str, Floats],
) -> dict[str, pa.Array]:
    """Return the columns of the components, in the order of ML.EXPLAIN_FORECAST.

    NULL where there is no such component.
    """
    total = sum(holidays.values(), np.zeros(len(trend)))
    found: dict[str, Floats | None] = {
        "trend": trend,
        **{column: seasons.get(name) for name, column in _SEASON_COLUMNS.items()},
        "holiday_effect": total if holidays else None,
        **{name: disturbances.get(name) for name in _DISTURBANCES},
        **{column: holidays.get(name) for name, column in columns.items()},
    }
    nothing = pa.nulls(len(trend), pa.float64())
    return {n: nothing if part is None else _doubles(part) for n, part in found.items()}


def _doubles(values: Floats) -> pa.Array:
    return pa.array(values, pa.float64())
