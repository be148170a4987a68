"""Inputs as arrays: numbers standardised, categories one-hot or numbered, and back into SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from goldloop.errors import TrainingDataError
from goldloop.scoring.expressions import ROW
from goldloop.scoring.prediction import Label
from goldloop.training.dataset import HASH, HELD_OUT, TrainingSet
from goldloop.training.inputs import Input, InputKind

Floats = NDArray[np.float64]
NULL_FILLER = "_null_filler"
_NULL, _UNSEEN = -1, -2


@dataclass(frozen=True)
class Numbers:
    """A number's values (NaN where NULL) and training statistics, of `input`.

    `std` is the sample standard deviation of the non-NULL values
    (BigQuery ML's own choice); a constant column has std 1, so z is 0.
    """

    input: Input
    values: Floats
    mean: float
    std: float
    fill: float = 0.0

    def standardized(self) -> Floats:
        """Return z = (x - mean) / std, `fill` where NULL."""
        return np.nan_to_num((self.values - self.mean) / self.std, nan=self.fill)

    def raw(self) -> Numbers:
        """Return the number unscaled: z is x itself, the mean where NULL."""
        return replace(self, mean=0.0, std=1.0, fill=self.mean)


@dataclass(frozen=True)
class Categories:
    """A category's values as codes into `values`; code -1 is NULL, -2 one never seen in training.

    `values` ascend; `has_null` tells whether NULL was seen and so is a category.
    """

    input: Input
    codes: NDArray[np.int64]
    values: tuple[Label, ...]
    has_null: bool

    def levels(self) -> list[Label | None]:
        """Return the categories of the one-hot encoding, NULL (as None) last."""
        return [*self.values, *([None] if self.has_null else [])]

    def one_hot(self) -> Floats:
        """Return a column a level, 1 where the row has it."""
        flags = np.zeros((len(self.codes), len(self.levels())))
        columns = np.where(self.codes == _NULL, len(self.values), self.codes)
        rows = np.flatnonzero((columns >= 0) & (columns < flags.shape[1]))
        flags[rows, columns[rows]] = 1.0
        return flags


Column = Numbers | Categories


def read(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, inputs: Sequence[Input]
) -> list[Column]:
    """Read the training rows of `inputs`, in the training set's order.

    Raises:
        TrainingDataError: a number is NaN or infinite in some row, or an input NULL in all.
    """
    table = select(con, data, [each.expression for each in inputs])
    for each, column in zip(inputs, table.columns, strict=True):
        if len(column) and column.null_count == len(column):
            raise TrainingDataError(
                f"Model {data.model}: feature '{each.name}' is NULL in all {len(column)} training "
                "rows; expected a value in at least one. Leave it out, or fill it in the query."
            )
    return [
        _categories(data.model, each, column)
        if each.kind in (InputKind.CATEGORY, InputKind.PART)
        else _numbers(data.model, each, column)
        for each, column in zip(inputs, table.columns, strict=True)
    ]


def read_held_out(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, columns: Sequence[Column]
) -> list[Column]:
    """Return the rows held out as `columns`, those of the training rows, see them."""
    table = select(con, data, [each.input.expression for each in columns], held_out=True)
    return [
        _renewed(data.model, each, values)
        for each, values in zip(columns, table.columns, strict=True)
    ]


def _renewed(model: str, column: Column, values: pa.ChunkedArray) -> Column:
    if isinstance(column, Numbers):
        numbers = values.cast(pa.float64()).to_numpy()
        return replace(column, values=np.where(values.is_null().to_numpy(), np.nan, numbers))
    codes = {value: code for code, value in enumerate(column.values)} | {None: _NULL}
    seen = python_values(model, f"feature '{column.input.name}'", values)
    return replace(column, codes=np.array([codes.get(v, _UNSEEN) for v in seen], dtype=np.int64))


def select(
    con: duckdb.DuckDBPyConnection,
    data: TrainingSet,
    expressions: Sequence[exp.Expression],
    held_out: bool = False,
) -> pa.Table:
    """Return the training rows of `expressions`, or those held out, as columns c0, c1 and so on.

    Ordered anew each time: a session may have given up the order of tables for speed.
    """
    items = ", ".join(f"{e.sql('duckdb')} as c{i}" for i, e in enumerate(expressions))
    return con.sql(
        f"select {items} from {data.relation().sql('duckdb')} as {ROW} "
        f"where {'' if held_out else 'not '}{HELD_OUT} order by {HASH}"
    ).to_arrow_table()


def _numbers(model: str, each: Input, column: pa.ChunkedArray) -> Numbers:
    values = column.cast(pa.float64()).to_numpy()
    values = np.where(column.is_null().to_numpy(), np.nan, values)
    known = values[~column.is_null().to_numpy()]
    if not np.isfinite(known).all():
        raise TrainingDataError(
            f"Model {model}: feature '{each.name}' holds NaN or infinity; expected finite numbers "
            "or NULL. Filter or replace them in the query."
        )
    if each.kind is InputKind.FLAG:
        return Numbers(each, values, 0.0, 1.0)
    mean, std = _moments(known)
    if not np.isfinite([mean, std]).all():
        raise TrainingDataError(
            f"Model {model}: feature '{each.name}' holds numbers up to {np.abs(known).max():g}, "
            "too far apart to standardise. Scale them in the query."
        )
    return Numbers(each, values, mean, std)


def _moments(known: Floats) -> tuple[float, float]:
    if not len(known):
        return 0.0, 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        # Without spread beyond rounding a column says nothing: let z be exactly 0, not noise.
        if np.ptp(known) <= 4 * np.spacing(np.abs(known).max()):
            return float(known[0]), 1.0
        mean, std = float(known.mean()), float(known.std(ddof=1))
        if not (np.isfinite(std) and std):
            # Squares of very large or small numbers leave the range of doubles; theirs do not.
            largest = float(np.abs(known).max())
            scaled = known / largest
            mean, std = float(scaled.mean()) * largest, float(scaled.std(ddof=1)) * largest
        return mean, std


def _categories(model: str, each: Input, column: pa.ChunkedArray) -> Categories:
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    seen = python_values(model, f"feature '{each.name}'", encoded.dictionary)
    order = sorted(range(len(seen)), key=lambda position: seen[position])
    rank = np.empty(len(seen) + 1, dtype=np.int64)
    rank[order] = np.arange(len(seen))
    rank[-1] = _NULL
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return Categories(
        each,
        rank[codes],
        tuple(seen[position] for position in order),
        bool(encoded.null_count),
    )


def python_values(model: str, what: str, values: pa.Array | pa.ChunkedArray) -> list:
    """Return `values` as Python objects.

    Raises:
        TrainingDataError: a date or timestamp is infinite or outside the years 1 to 9999.
    """
    try:
        return values.to_pylist()
    except (OverflowError, ValueError) as error:
        raise TrainingDataError(
            f"Model {model}: {what} holds a date that is infinite or outside the years 1 to 9999; "
            "expected dates within. Replace it by NULL in the query."
        ) from error
