"""Which rows evaluate: BigQuery ML's data_split_method as a SQL condition over the training set.

How trials divide them three ways is in `three_ways`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.options.resolve import Options
from goldloop.registry.cards import Feature

# The columns of a training set that are its own: a hash of the row, and whether it evaluates.
HASH = "_goldloop_hash"
HELD_OUT = "_goldloop_held_out"

_SMALL, _LARGE, _LARGE_EVALUATION = 500, 50_000, 10_000
_BUCKETS = 10_000


def evaluation_marker(
    options: Options, rows: int, columns: Sequence[Feature], hash_column: str
) -> str:
    """Return a BOOLEAN DuckDB expression that is true for rows that evaluate.

    The random split reads a hash of the row's content: the same row always
    falls on the same side, and so do its duplicates. BigQuery's FARM_FINGERPRINT
    is of a row form that is not published, so its very rows cannot be had.

    Raises:
        TrainingDataError: data_split_col is not of the type that the method needs.
    """
    method = options.get("data_split_method", "no_split")
    if method == "auto_split":
        if rows < _SMALL:
            return "false"
        if rows > _LARGE:
            order = f'row_number() over (order by "{hash_column}")'
            return f"{order} <= {_LARGE_EVALUATION}"
        return _bucket(hash_column, 0.2)
    if method == "random":
        return _bucket(hash_column, options["data_split_eval_fraction"])
    if method == "custom":
        return _custom(options, columns)
    if method == "seq":
        column = exp.to_identifier(options["data_split_col"], quoted=True).sql("duckdb")
        keep = round(rows * (1 - options["data_split_eval_fraction"]))
        order = f'row_number() over (order by {column} nulls first, "{hash_column}")'
        return f"({column} is not null and {order} > {keep})"
    return "false"


def _bucket(hash_column: str, fraction: float) -> str:
    return f'("{hash_column}" % {_BUCKETS}) < {round(fraction * _BUCKETS)}'


def _custom(options: Options, columns: Sequence[Feature]) -> str:
    name = options["data_split_col"]
    column = next(each for each in columns if each.name.casefold() == name.casefold())
    if column.sql_type != "BOOLEAN":
        raise TrainingDataError(
            f"Model {options.model}: data_split_col '{name}' is {column.sql_type}; CUSTOM expects "
            "BOOLEAN (TRUE or NULL evaluates). Compare it in the query, as in `x > 3 as is_test`."
        )
    return f"coalesce({exp.to_identifier(column.name, quoted=True).sql('duckdb')}, true)"
