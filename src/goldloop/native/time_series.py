"""Time series functions without a model: a series is a list of instants and a list of values.

Each returns a struct: `status`, empty or the reason why there are no points, and `points`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from goldloop.native.function import NativeFunction

_SERIES = ("BIGINT[]", "DOUBLE[]")
_DOUBLES = {"DOUBLE": pa.float64(), "BIGINT": pa.int64(), "VARCHAR": pa.string()}

_FORECAST = {"at": "BIGINT", "center": "DOUBLE", "error": "DOUBLE"}
_HISTORY = {"type": "VARCHAR", "at": "BIGINT", "data": "DOUBLE"}
_SEASONS = dict.fromkeys(("yearly", "quarterly", "monthly", "weekly", "daily"), "DOUBLE")
_STRETCH = {
    "begin": "BIGINT",
    "end": "BIGINT",
    **dict.fromkeys(("avg", "min", "max", "stddev"), "DOUBLE"),
    "count": "BIGINT",
}


def _forecast(times: pa.Array, values: pa.Array, horizon: pa.Array, until: pa.Array) -> pa.Array:
    from goldloop.training.time_series.scaling import naive_error
    from goldloop.training.time_series.standalone import forecast_points

    columns = (times, values, horizon, until)
    return _each(
        forecast_points, _FORECAST, columns, naive_error=lambda t, v, *_: naive_error(t, v)
    )


def _seasonality(
    times: pa.Array, values: pa.Array, horizon: pa.Array, seasonalities: pa.Array
) -> pa.Array:
    from goldloop.training.time_series.standalone import seasonality_points

    return _each(seasonality_points, _HISTORY | _SEASONS, (times, values, horizon, seasonalities))


def _trend(
    times: pa.Array, values: pa.Array, horizon: pa.Array, window: pa.Array, adjusts: pa.Array
) -> pa.Array:
    from goldloop.training.time_series.standalone import trend_points

    columns = (times, values, horizon, window, adjusts)
    return _each(trend_points, _HISTORY | {"trend": "DOUBLE"}, columns)


def _change_points(times: pa.Array, values: pa.Array) -> pa.Array:
    from goldloop.training.time_series.standalone import change_point_rows

    return _each(change_point_rows, _STRETCH, (times, values))


def _each(
    function: Callable[..., list[dict[str, Any]]],
    point: dict[str, str],
    columns: tuple[pa.Array, ...],
    **more: Callable[..., float | None],
) -> pa.Array:
    """Return what `function` says of each series; `more` are further fields of the struct."""
    from goldloop.training.time_series.model import NoModelError

    rows: list[dict[str, Any]] = []
    for times, values, *arguments in _series(columns):
        row: dict[str, Any] = {"status": "", "points": []}
        try:
            if not np.isfinite(values).all():
                raise ValueError("the data hold NaN or infinity; leave those rows out")
            row["points"] = function(times, values, *arguments)
            row |= {name: field(times, values, *arguments) for name, field in more.items()}
        except (ValueError, NoModelError) as error:
            row["status"] = f"{error}"
        rows.append(row)
    fields = [(name, _DOUBLES[kind]) for name, kind in point.items()]
    return pa.array(
        rows,
        pa.struct(
            [
                ("status", pa.string()),
                ("points", pa.list_(pa.struct(fields))),
                *((name, pa.float64()) for name in more),
            ]
        ),
    )


def _series(columns: tuple[pa.Array, ...]) -> Iterator[tuple]:
    times, values, *rest = ([each.as_py() for each in column] for column in columns)
    for row, (instants, data) in enumerate(zip(times, values, strict=True)):
        yield (
            np.array(instants or [], dtype=np.int64).astype("datetime64[us]"),
            np.array(data or [], dtype=np.float64),
            *(column[row] for column in rest),
        )


def _declared(
    name: str,
    function: Callable[..., pa.Array],
    parameters: tuple[str, ...],
    point: dict[str, str],
    *more: str,
) -> NativeFunction:
    fields = ", ".join(f'"{field}" {kind}' for field, kind in point.items())
    others = "".join(f", {field} DOUBLE" for field in more)
    returned = f"STRUCT(status VARCHAR, points STRUCT({fields})[]{others})"
    return NativeFunction(f"goldloop_{name}", function, (*_SERIES, *parameters), returned)


TIME_SERIES_FUNCTIONS = (
    _declared("forecast", _forecast, ("BIGINT", "BIGINT"), _FORECAST, "naive_error"),
    _declared("seasonality", _seasonality, ("BIGINT", "VARCHAR[]"), _HISTORY | _SEASONS),
    _declared("trend", _trend, ("BIGINT", "BIGINT", "BOOLEAN"), _HISTORY | {"trend": "DOUBLE"}),
    _declared("change_points", _change_points, (), _STRETCH),
)
