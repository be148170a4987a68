"""A table as numbers and back: normal scores of numeric columns, a column a category."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Array = NDArray[np.float64]
MOST_DECIMALS = 2


class TableEncoder:
    """Learns a table's columns; encodes such tables, and decodes numbers into such tables."""

    def __init__(self, table: pd.DataFrame) -> None:
        """Learn from a table: numeric columns (nulls allowed), all others are categories."""
        self.columns = [
            _Numbers.of(name, table[name])
            if pd.api.types.is_numeric_dtype(table[name])
            and not pd.api.types.is_bool_dtype(table[name])
            else _Categories.of(name, table[name])
            for name in table.columns
        ]

    def encode(self, table: pd.DataFrame) -> Array:
        """(n, width) numbers of about unit scale."""
        return np.hstack([column.encode(table[column.name]) for column in self.columns])

    def decode(self, numbers: Array) -> pd.DataFrame:
        """A table with the columns, types and decimals of the one that was learned."""
        decoded, start = {}, 0
        for column in self.columns:
            part = numbers[:, start : start + column.width]
            decoded[column.name] = column.decode(part)
            start += column.width
        return pd.DataFrame(decoded)


@dataclass(frozen=True)
class _Numbers:
    """Normal scores (van der Waerden) of a column, and whether it is null."""

    name: str
    known: Array
    has_nulls: bool
    decimals: int
    dtype: object

    @classmethod
    def of(cls, name: str, values: pd.Series) -> _Numbers:
        known = np.sort(values.dropna().to_numpy(np.float64))
        decimals = next(
            (d for d in range(MOST_DECIMALS) if np.allclose(known, known.round(d))), MOST_DECIMALS
        )
        return cls(str(name), known, bool(values.isna().any()), decimals, values.dtype)

    @property
    def width(self) -> int:
        return 1 + self.has_nulls

    def encode(self, values: pd.Series) -> Array:
        is_null = values.isna().to_numpy()
        numbers = values.astype("Float64").to_numpy(np.float64, na_value=np.median(self.known))
        # Equal values get the middle of their ranks.
        low = np.searchsorted(self.known, numbers, side="left")
        high = np.searchsorted(self.known, numbers, side="right")
        scores = ndtri(np.clip((low + high + 1) / 2, 1, len(self.known)) / (len(self.known) + 1))
        return np.column_stack([scores, is_null])[:, : self.width].astype(np.float64)

    def decode(self, numbers: Array) -> pd.Series:
        n = len(self.known)
        values = np.interp(ndtr(numbers[:, 0]) * (n + 1), np.arange(1, n + 1), self.known)
        decoded = pd.Series(values.round(self.decimals))
        if self.has_nulls:
            decoded[numbers[:, 1] > 0.5] = np.nan
        return decoded.astype(self.dtype)  # type: ignore[call-overload, no-any-return]


@dataclass(frozen=True)
class _Categories:
    """One of several values, one-hot; the largest number decodes."""

    name: str
    values: list[object]
    dtype: object

    @classmethod
    def of(cls, name: str, values: pd.Series) -> _Categories:
        return cls(str(name), sorted(values.unique(), key=str), values.dtype)

    @property
    def width(self) -> int:
        return len(self.values)

    def encode(self, values: pd.Series) -> Array:
        return np.column_stack([(values == each).to_numpy(np.float64) for each in self.values])

    def decode(self, numbers: Array) -> pd.Series:
        picks = numbers.argmax(axis=1)
        chosen = pd.Series([self.values[pick] for pick in picks], dtype=object)
        return chosen.astype(self.dtype)  # type: ignore[call-overload, no-any-return]
