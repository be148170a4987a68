"""The training rows of time series: which series each is of, when, and how much."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.scoring.expressions import call, feature
from goldloop.training.family import Sample
from goldloop.training.labels import numeric_label
from goldloop.training.matrix import select
from goldloop.training.time_series.frequency import Times
from goldloop.training.time_series.loess import Floats

_TIME_TYPES = re.compile(r"DATE|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?")


@dataclass(frozen=True)
class Series:
    """One series: the values of its id columns, and its measurements in any order.

    `rows` are its rows among the training rows; none where it is a sum of others.
    """

    ids: tuple[object, ...]
    times: Times
    values: Floats
    rows: NDArray[np.int64]


@dataclass(frozen=True)
class SeriesSet:
    """All series of a training set, in the order of their ids."""

    id_columns: tuple[str, ...]
    id_types: tuple[pa.DataType, ...]
    series: tuple[Series, ...]


def read_series(sample: Sample) -> SeriesSet:
    """Return the series of the training rows; rows are in the order of `select`.

    Raises:
        TrainingDataError: a time point is no date or timestamp, is NULL or infinite; the data
            are no finite numbers.
    """
    options = sample.options
    values = numeric_label(sample)
    times = _times(sample, str(options["time_series_timestamp_col"]))
    id_columns: Sequence[str] = options["time_series_id_col"] or ()
    if not id_columns:
        whole = Series((), times, values, np.arange(len(values)))
        return SeriesSet((), (), (whole,))
    table = select(
        sample.con, sample.data, [_rank(id_columns), *(feature(name) for name in id_columns)]
    )
    code = table.column(0).to_numpy()
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    ids = zip(*(column.take(first).to_pylist() for column in table.columns[1:]), strict=True)
    order = np.argsort(inverse, kind="stable")
    bounds = np.searchsorted(inverse[order], np.arange(len(first) + 1))
    series = []
    for number, each in enumerate(ids):
        rows = order[bounds[number] : bounds[number + 1]]
        series.append(Series(each, times[rows], values[rows], rows))
    types = tuple(column.type for column in table.columns[1:])
    return SeriesSet(tuple(id_columns), types, tuple(series))


def _times(sample: Sample, name: str) -> Times:
    model = sample.options.model
    described = sample.con.execute(
        f"describe select {feature(name).sql('duckdb')} "
        f"from {sample.data.relation().sql('duckdb')} as _row"
    ).fetchall()
    sql_type = described[0][1]
    if not _TIME_TYPES.fullmatch(sql_type):
        raise TrainingDataError(
            f"Model {model}: time_series_timestamp_col '{name}' is {sql_type}; expected a DATE, "
            "TIMESTAMP or DATETIME. Cast it in the query."
        )
    finite = exp.case().when(call("isfinite", feature(name)), call("epoch_us", feature(name)))
    column = select(sample.con, sample.data, [finite]).column(0)
    if column.null_count:
        raise TrainingDataError(
            f"Model {model}: time_series_timestamp_col '{name}' is NULL or infinite in "
            f"{column.null_count} rows; leave them out in the query."
        )
    return column.to_numpy().astype("datetime64[us]")


def _rank(columns: Sequence[str]) -> exp.Expression:
    ordered = [exp.Ordered(this=feature(name), nulls_first=True) for name in columns]
    return exp.Window(this=call("dense_rank"), order=exp.Order(expressions=ordered))
