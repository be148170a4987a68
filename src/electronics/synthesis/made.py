"""Made rows as the warehouse keeps them: with their generator, its version, seed and time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import version

import duckdb
import numpy as np
import pyarrow as pa
from duckdb import ColumnExpression, ConstantExpression
from numpy.typing import NDArray

LABEL_SOURCE = "synthetic"
GENERATOR_VERSION = "1"
"""Raised where a generator makes other rows of the same ones."""
_ORIGIN = ("generator", "generator_version", "training_fingerprint", "seed")


def training_fingerprint(*columns: NDArray[np.generic]) -> str:
    """Of the rows that a generator learned from, in their order, and of what draws: 16 digits."""
    digest = hashlib.sha256(version("numpy").encode() + version("scikit-learn").encode())
    for column in columns:
        rows = column.tobytes() if column.dtype.kind in "biuf" else repr(column.tolist()).encode()
        digest.update(str(column.shape).encode() + rows)
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Batch:
    """What tells a batch of made rows from all others: the same again would make the same rows."""

    feed: str
    generator: str
    generator_version: str
    training_fingerprint: str
    seed: int

    @classmethod
    def of(cls, batches: duckdb.DuckDBPyRelation, feed: str) -> Batch:
        """The current one of a feed, from a relation like `synthetic_batches`."""
        columns = batches.project(", ".join(field.name for field in fields(cls)))
        return next(
            batch for batch in (cls(*row) for row in columns.fetchall()) if batch.feed == feed
        )

    def rows(self, made: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """Its rows among those of its feed, however long ago they were made."""
        for column in _ORIGIN:
            is_same = ColumnExpression(column) == ConstantExpression(getattr(self, column))
            made = made.filter(is_same)
        return made

    def was_made(self, made: duckdb.DuckDBPyRelation) -> bool:
        """Whether any of its rows are there."""
        return bool(self.rows(made).limit(1).fetchall())

    def ids(self, n: int) -> pa.Array:
        """Keys that tell batches apart and are the same where the same is made again."""
        prefix = ":".join(str(getattr(self, column)) for column in ("feed", *_ORIGIN))
        return pa.array([f"{prefix}:{i + 1:05d}" for i in range(n)], pa.string())

    def provenance(self, n: int) -> dict[str, pa.Array]:
        """Columns that say where n rows come from."""
        constant: dict[str, object] = {
            "label_source": LABEL_SOURCE,
            **{column: getattr(self, column) for column in _ORIGIN},
            "made_at": datetime.now(UTC).replace(tzinfo=None),
        }
        types = {"seed": pa.int64(), "made_at": pa.timestamp("us")}
        return {
            name: pa.array([value] * n, types.get(name, pa.string()))
            for name, value in constant.items()
        }
