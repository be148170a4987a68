"""Estimators that are scored natively: stored beside the registry, found again by version."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from goldloop.registry.names import MODEL_SCHEMA
from goldloop.scoring.native import NativeSignature, dump_estimator, put_in_cache, register
from goldloop.training.fitted import Fitted


def register_native(con: duckdb.DuckDBPyConnection) -> None:
    """Register the native scoring function on the root connection `con`.

    Estimators are read when first asked for, on a cursor of their own.
    """

    def load(version_id: str) -> tuple[bytes, NativeSignature]:
        cursor = con.cursor()
        try:
            rows = cursor.execute(
                f"select estimator, signature from {MODEL_SCHEMA}.artifacts where version_id = ?",
                [version_id],
            ).fetchall()
        finally:
            cursor.close()
        if not rows:
            raise LookupError(
                f"No stored estimator {version_id}: the model's version is gone from "
                f"{MODEL_SCHEMA}.artifacts. Train the model again."
            )
        return rows[0][0], NativeSignature.from_json(json.loads(rows[0][1]))

    register(con, load)


def store_of(con: duckdb.DuckDBPyConnection, version_id: str, fitted: Fitted) -> None:
    """Store what a fitted model is scored by natively, if it is."""
    if fitted.stored is not None:
        store(con, version_id, fitted.stored.estimator, fitted.stored.signature)


def store(
    con: duckdb.DuckDBPyConnection, version_id: str, estimator: Any, signature: NativeSignature
) -> None:
    """Store a fitted estimator for native scoring, here and now and after the commit.

    Raises:
        GoldloopError: the estimator holds types that are not loaded safely.
    """
    blob = dump_estimator(estimator)
    con.execute(
        f"insert into {MODEL_SCHEMA}.artifacts values (?, ?, ?)",
        [version_id, json.dumps(signature.to_json()), blob],
    )
    put_in_cache(version_id, estimator, signature)
