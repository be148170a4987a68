"""Made rows as the warehouse keeps them: with their generator, its version, seed and time."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from importlib.metadata import version

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

LABEL_SOURCE = "synthetic"
GENERATOR_VERSION = "1"
"""Raised where a generator makes other rows of the same ones."""


def training_fingerprint(*columns: NDArray[np.generic]) -> str:
    """Of the rows that a generator learned from, in their order, and of what draws: 16 digits."""
    digest = hashlib.sha256(version("numpy").encode() + version("scikit-learn").encode())
    for column in columns:
        rows = column.tobytes() if column.dtype.kind in "biuf" else repr(column.tolist()).encode()
        digest.update(str(column.shape).encode() + rows)
    return digest.hexdigest()[:16]


def provenance(generator: str, fingerprint: str, seed: int, n: int) -> dict[str, pa.Array]:
    """Columns that say where n rows come from."""
    constant: dict[str, object] = {
        "label_source": LABEL_SOURCE,
        "generator": generator,
        "generator_version": GENERATOR_VERSION,
        "training_fingerprint": fingerprint,
        "seed": seed,
        "made_at": datetime.now(UTC).replace(tzinfo=None),
    }
    types = {"seed": pa.int64(), "made_at": pa.timestamp("us")}
    return {
        name: pa.array([value] * n, types.get(name, pa.string()))
        for name, value in constant.items()
    }


def was_made(made: duckdb.DuckDBPyRelation, generator: str, fingerprint: str, seed: int) -> bool:
    """Whether the newest of the rows made before are by this generator and seed, of these rows."""
    newest = made.aggregate("arg_max((generator, training_fingerprint, seed), made_at)")
    return (generator, fingerprint, seed) == newest.fetchall()[0][0]


def made_ids(prefix: str, fingerprint: str, generator: str, seed: int, n: int) -> pa.Array:
    """Keys that tell batches apart and are the same where the same is made again."""
    return pa.array([f"{prefix}:{generator}:{fingerprint}:{seed}:{i + 1:05d}" for i in range(n)])
