"""ML.DESCRIBE_DATA: statistics of every column, a row each."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.monitor.measuring import measured, query_of
from goldloop.functions.preprocess.buckets import shown
from goldloop.monitoring.statistics import Sizes
from goldloop.options.declaration import Kind, Option, Range

_MOST_QUANTILES, _MOST_VALUES = 100_000, 10_000
_COLUMNS = """
    name, num_rows, num_nulls, num_zeros, coalesce({min}, min_text) as min,
    coalesce({max}, max_text) as max, mean, std as stddev, median, quantiles,
    categories as "unique", avg_text as avg_string_length, num_values, ranks as top_values,
    min_length as min_array_length, max_length as max_array_length, avg_length as avg_array_length,
    total_length as total_array_length, length_quantiles as array_length_quantiles, dimension
"""


def _query(call: Call, warehouse: Warehouse) -> exp.Query:
    sizes = Sizes(1, call["num_quantiles"], call["num_array_length_quantiles"], call["top_k"])
    statistics, _ = measured(call, warehouse, sizes)
    low, high = (shown(exp.column(name)).sql("duckdb") for name in ("min", "max"))
    columns = _COLUMNS.format(min=low, max=high)
    return query_of(f"select {columns} from ({statistics}) as measured order by position")


DESCRIBE_DATA = TableFunction(
    "ML.DESCRIBE_DATA",
    Group.MONITOR,
    "Statistics of every column of rows.",
    _query,
    (
        Output(
            "row per input column",
            (
                ("name", "STRING"),
                ("num_rows", "INT64"),
                ("num_nulls", "INT64"),
                ("num_zeros", "INT64"),
                ("min", "STRING"),
                ("max", "STRING"),
                ("mean", "FLOAT64"),
                ("stddev", "FLOAT64"),
                ("median", "FLOAT64"),
                ("quantiles", "ARRAY<FLOAT64>"),
                ("unique", "INT64"),
                ("avg_string_length", "FLOAT64"),
                ("num_values", "INT64"),
                ("top_values", "ARRAY<STRUCT<value STRING, count INT64>>"),
                ("min_array_length", "INT64"),
                ("max_array_length", "INT64"),
                ("avg_array_length", "FLOAT64"),
                ("total_array_length", "INT64"),
                ("array_length_quantiles", "ARRAY<INT64>"),
                ("dimension", "INT64"),
            ),
        ),
    ),
    need=Need.NONE,
    sources=(1, 1),
    parameters=(
        Parameter(
            Option(
                "num_quantiles",
                Kind.INTEGER,
                2,
                "Parts that the quantiles of numbers bound; there is one more of them.",
                range=Range(1, _MOST_QUANTILES),
            )
        ),
        Parameter(
            Option(
                "num_array_length_quantiles",
                Kind.INTEGER,
                10,
                "Parts that the quantiles of the lengths of arrays bound.",
                range=Range(1, _MOST_QUANTILES),
            )
        ),
        Parameter(
            Option(
                "top_k",
                Kind.INTEGER,
                1,
                "Most frequent values of categories.",
                range=Range(1, _MOST_VALUES),
            )
        ),
    ),
)
