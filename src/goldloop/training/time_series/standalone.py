"""Time series without a model object: what AI.FORECAST, ML.SEASONALITY and ML.TREND compute.

Each takes one series and returns a dictionary per time point.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from goldloop.training.time_series.change_points import change_points
from goldloop.training.time_series.decompose import decompose
from goldloop.training.time_series.frequency import Times
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.model import fit_series
from goldloop.training.time_series.regular import regular
from goldloop.training.time_series.seasons import SEASONS
from goldloop.training.time_series.settings import Settings

Points = list[dict[str, Any]]
_LONGEST = 10_000


def forecast_points(times: Times, values: Floats, horizon: int | None, until: int | None) -> Points:
    """Return the steps of the forecast: `horizon` of them, or those up to the instant `until`.

    Raises:
        ValueError, NoModelError: see `fit_series`.
    """
    wanted = _steps_until(times, until) if until is not None else int(horizon or 1)
    if not wanted:
        return []
    future = fit_series(times, values, Settings(horizon=wanted)).future
    columns = (_instants(future.times), future.values.tolist(), future.errors.tolist())
    return [
        {"at": at, "center": center, "error": error}
        for at, center, error in zip(*columns, strict=True)
        if until is None or at <= until
    ]


def seasonality_points(
    times: Times, values: Floats, horizon: int, seasonalities: list[str] | None
) -> Points:
    """Return the seasonal components of the history and of the `horizon` points after it.

    Raises:
        ValueError: see `regular`.
    """
    series = regular(times, values)
    wanted = None if seasonalities is None else tuple(seasonalities)
    found = decompose(series, Settings(seasonalities=wanted)).seasons
    parts = {
        part.calendar.name.lower(): np.concatenate([part.history, part.ahead(series.grid, horizon)])
        for part in found
    }
    names = [season.name.lower() for season in SEASONS]
    points = _points(series.grid.at(np.arange(len(series.values) + horizon)), series.values)
    for place, point in enumerate(points):
        point |= {name: float(parts[name][place]) if name in parts else None for name in names}
    return points


def trend_points(
    times: Times, values: Floats, horizon: int, window: int, adjust_steps: bool
) -> Points:
    """Return the smoothed trend of the history, and its forecast.

    Raises:
        ValueError, NoModelError: see `fit_series`.
    """
    settings = Settings(
        horizon=max(horizon, 1), smoothing_window=window, adjust_step_changes=adjust_steps
    )
    model = fit_series(times, values, settings)
    trend = np.concatenate([model.level, model.future.trend[:horizon]])
    length = len(model.series.values)
    points = _points(model.series.grid.at(np.arange(length + horizon)), model.series.values)
    for place, point in enumerate(points):
        point["trend"] = float(trend[place])
    return points


def change_point_rows(times: Times, values: Floats) -> Points:
    """Return the stretches that begin with a change of the level, and what is in them.

    Raises:
        ValueError: see `regular`.
    """
    at, data, found = change_points(times, values)
    instants, rows = _instants(at), []
    for each in found:
        inside = data[each.begin : each.end]
        rows.append(
            {
                "begin": instants[each.begin],
                "end": instants[each.end - 1],
                "avg": float(inside.mean()),
                "min": float(inside.min()),
                "max": float(inside.max()),
                "stddev": float(inside.std(ddof=1)) if len(inside) > 1 else None,
                "count": len(inside),
            }
        )
    return rows


def _points(times: Times, history: Floats) -> Points:
    return [
        {
            "type": "history" if place < len(history) else "forecast",
            "at": at,
            "data": float(history[place]) if place < len(history) else None,
        }
        for place, at in enumerate(_instants(times))
    ]


def _instants(times: Times) -> list[int]:
    return times.astype("datetime64[us]").astype(np.int64).tolist()


def _steps_until(times: Times, until: int) -> int:
    grid = regular(times, np.zeros(len(times))).grid
    instant = np.datetime64(until, "us")
    last = int(grid.index_of(np.array([times.max()]))[0])
    return min(max(int(grid.index_of(np.array([instant]))[0]) - last, 0), _LONGEST)
