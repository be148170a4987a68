"""Statistics of the rows a version was trained on, which ML.VALIDATE_DATA_SKEW compares with."""

from __future__ import annotations

import duckdb

from goldloop.errors import StatementError
from goldloop.monitoring.columns import Measured, measured_columns
from goldloop.monitoring.statistics import STATISTICS, Sizes, statistics_query
from goldloop.options.resolve import Options
from goldloop.registry.names import part_name
from goldloop.training.dataset import HELD_OUT, TrainingSet
from goldloop.training.fitted import Detail

_AT_ONCE = 10


def store_statistics(
    con: duckdb.DuckDBPyConnection, version_id: str, options: Options, data: TrainingSet
) -> tuple[Detail, ...]:
    """Store the statistics of the raw features of the training rows as a part of the version.

    Returns:
        The detail that says of how many columns they are; none where nothing is stored, as of
        model types that do not learn from features.
    """
    columns = _columns(data) if options.type.takes_transform else []
    if not columns:
        return ()
    name = part_name(STATISTICS, version_id).sql("duckdb")
    rows = f"{data.raw_relation().sql('duckdb')} where not {HELD_OUT}"
    for start in range(0, len(columns), _AT_ONCE):
        some = columns[start : start + _AT_ONCE]
        query = statistics_query(rows, some, Sizes(), start + 1)
        con.execute(f"{f'insert into {name}' if start else f'create table {name} as'} {query}")
    return (Detail(STATISTICS, "columns", float(len(columns))),)


def _columns(data: TrainingSet) -> list[Measured]:
    found = []
    for column in data.inputs:
        try:
            found += measured_columns(data.model, [column])
        except StatementError:  # of a type that only a TRANSFORM clause reads, such as JSON
            continue
    return found
