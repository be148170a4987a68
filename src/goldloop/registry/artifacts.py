"""Estimators that are scored natively: stored beside the registry, found again by version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import duckdb

from goldloop.registry.names import MODEL_SCHEMA
from goldloop.scoring import onnx
from goldloop.scoring.native import ESTIMATORS, NativeSignature, dump_estimator, register
from goldloop.training.fitted import Fitted


def register_native(con: duckdb.DuckDBPyConnection) -> None:
    """Register the native scoring functions on the root connection `con`.

    Estimators and ONNX models are read when first asked for, on a cursor of their own.
    """

    def load(version_id: str) -> tuple[bytes, dict[str, Any]]:
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
        return rows[0][0], json.loads(rows[0][1])

    def load_estimator(version_id: str) -> tuple[bytes, NativeSignature]:
        blob, signature = load(version_id)
        return blob, NativeSignature.from_json(signature)

    register(con, load_estimator)
    onnx.register(con, load)


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
    ESTIMATORS.put(version_id, (estimator, signature))


def store_onnx(
    con: duckdb.DuckDBPyConnection, version_id: str, content: bytes, signature: Mapping[str, Any]
) -> None:
    """Store an ONNX model for native scoring, here and now and after the commit."""
    con.execute(
        f"insert into {MODEL_SCHEMA}.artifacts values (?, ?, ?)",
        [version_id, json.dumps(signature), content],
    )
    onnx.MODELS.put(version_id, onnx.loaded_model((content, signature)))
