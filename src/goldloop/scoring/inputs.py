"""What a model reads: columns of a relation and the numbers and texts they expand to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from goldloop.errors import GoldloopError, NotExpressibleError

INTEGER_TYPES = ("TINYINT", "SMALLINT", "INT", "INTEGER", "BIGINT", "HUGEINT")
NUMBER_TYPES = frozenset(
    {
        *INTEGER_TYPES,
        *(f"U{integer}" for integer in INTEGER_TYPES),
        *("FLOAT", "REAL", "DOUBLE", "DECIMAL", "NUMERIC", "BOOLEAN", "BOOL"),
    }
)
TEXT_TYPES = frozenset({"VARCHAR", "TEXT", "STRING", "ENUM"})
_ARRAY = re.compile(r"(?P<element>\w+)(\(.*\))?\[(?P<width>\d*)\]")


class Kind(Enum):
    """What an estimator sees of an input."""

    NUMBER = "number"
    TEXT = "text"
    ARRAY = "array"


@dataclass(frozen=True)
class Input:
    """A column: its name and DuckDB type; `width` is the length of lists that state none."""

    name: str
    sql_type: str
    width: int | None = None

    @property
    def kind(self) -> Kind:
        """Number (booleans too), text, or array of numbers.

        Raises:
            NotExpressibleError: the type is none of them.
        """
        if self._array():
            return Kind.ARRAY
        base = self.sql_type.upper().split("(")[0].strip()
        if base in NUMBER_TYPES:
            return Kind.NUMBER
        if base in TEXT_TYPES:
            return Kind.TEXT
        raise NotExpressibleError(
            f"Column {self.name!r} is of type {self.sql_type}, expected a number, a boolean, "
            "text or an array of numbers. Cast it in the query."
        )

    @property
    def columns(self) -> list[str]:
        """The estimator's columns: the name, or `name_0`, `name_1`, … for an array.

        Raises:
            NotExpressibleError: it is an array of no fixed length.
        """
        if self.kind is not Kind.ARRAY:
            return [self.name]
        array = self._array()
        width = int(array["width"]) if array and array["width"] else self.width
        if not width:
            raise NotExpressibleError(
                f"Column {self.name!r} is of type {self.sql_type}, expected a fixed length. "
                f"Cast it to an array, such as {self.sql_type.rstrip('[]')}[512]."
            )
        return [f"{self.name}_{i}" for i in range(width)]

    def _array(self) -> re.Match[str] | None:
        array = _ARRAY.fullmatch(self.sql_type.upper().strip())
        return array if array and array["element"] in NUMBER_TYPES else None


def training_frame(table: pa.Table, inputs: Sequence[Input]) -> pd.DataFrame:
    """Return the columns an estimator trains on: doubles and texts, NaN for NULL.

    Arrays expand to a column per element, named as `Input.columns` says; export and
    native scoring rebuild the same columns in the same order.

    Raises:
        GoldloopError: a list is not of its input's width.
    """
    columns: dict[str, np.ndarray | pd.Series] = {}
    for given in inputs:
        values = table.column(given.name)
        match given.kind:
            case Kind.NUMBER:
                columns[given.name] = _doubles(values)
            case Kind.TEXT:
                texts = pc.cast(values, pa.string()).to_pylist()
                present = [np.nan if text is None else text for text in texts]
                columns[given.name] = pd.Series(present, dtype=object)
            case Kind.ARRAY:
                matrix = _matrix(values, given)
                columns |= {name: matrix[:, i] for i, name in enumerate(given.columns)}
    return pd.DataFrame(columns, copy=False)


def _doubles(values: pa.ChunkedArray) -> np.ndarray:
    return pc.cast(values, pa.float64()).to_numpy().astype(np.float64, copy=False)


def _matrix(values: pa.ChunkedArray, given: Input) -> np.ndarray:
    """Return a row per list; a NULL list is a row of NaN."""
    width = len(given.columns)
    present = values.drop_null()
    lengths = pc.unique(pc.list_value_length(present)).to_pylist()
    if any(length != width for length in lengths):
        raise GoldloopError(
            f"Column {given.name!r} holds lists of lengths {sorted(lengths)}, expected {width}. "
            "Give every row a list of the length the model was trained on."
        )
    matrix = np.full((len(values), width), np.nan)
    flat = _doubles(pc.list_flatten(present))
    matrix[values.is_valid().to_numpy()] = flat.reshape(-1, width)
    return matrix
