"""Scoring of estimators that have no SQL form: one vectorised function for all of them.

`goldloop_native(version_id, numbers, texts, vectors)` is registered on a connection;
a model's macro calls it with its version and its row's features.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from sklearn.base import is_classifier, is_regressor
from sqlglot import exp

from goldloop.errors import NotExpressibleError
from goldloop.native import registration
from goldloop.native.function import NativeFunction
from goldloop.scoring.estimator_cache import ESTIMATORS, Stored
from goldloop.scoring.expressions import call, feature, field, literal, numeric
from goldloop.scoring.inputs import Input, Kind
from goldloop.scoring.native_signature import NativeSignature
from goldloop.scoring.prediction import Classification, Link, Regression
from goldloop.scoring.stored_estimators import dump_estimator, load_estimator

__all__ = [
    "ESTIMATORS",
    "NativeSignature",
    "dump_estimator",
    "load_estimator",
    "native_call",
    "native_prediction",
    "register",
]

FUNCTION = "goldloop_native"
_ARGUMENTS = {"numbers": "DOUBLE[]", "texts": "VARCHAR[]", "vectors": "DOUBLE[][]"}
_RESULT = pa.struct([("value", pa.float64()), ("scores", pa.list_(pa.float64()))])


def register(con: duckdb.DuckDBPyConnection, loader: Callable[[str], Stored]) -> None:
    """Register the function on the root connection `con`; again is harmless.

    `loader` returns the stored estimator and signature of a version that is not in
    the cache, and raises LookupError if it has none.
    """
    ESTIMATORS.add_loader(loader)
    parameters = ("VARCHAR", *_ARGUMENTS.values())
    returned = "STRUCT(value DOUBLE, scores DOUBLE[])"
    registration.register(con, [NativeFunction(FUNCTION, _score, parameters, returned)])


def native_prediction(
    version_id: str, inputs: Sequence[Input], estimator: Any
) -> Regression | Classification:
    """Return what the stored estimator of a version predicts for a row.

    The function is called once a row: DuckDB shares the equal calls of a projection.

    Raises:
        NotExpressibleError: it is no regressor, and no classifier with probabilities.
    """
    result = native_call(version_id, inputs)
    if is_regressor(estimator):
        return Regression(field(result, "value"))
    if not (is_classifier(estimator) and hasattr(estimator, "predict_proba")):
        raise NotExpressibleError(
            f"{type(estimator).__name__} is neither a regressor nor a classifier with "
            "predict_proba, which native scoring takes. CalibratedClassifierCV(estimator) adds "
            "probabilities to a classifier."
        )
    if not isinstance(estimator.classes_, np.ndarray):
        raise NotExpressibleError(
            f"{type(estimator).__name__} predicts several targets, one is supported."
        )
    classes = tuple(estimator.classes_.tolist())
    scores = field(result, "scores")
    items = [
        call("list_extract", scores.copy(), exp.Literal.number(i + 1)) for i in range(len(classes))
    ]
    return Classification(classes, tuple(items), Link.PROBABILITY)


def native_call(version_id: str, inputs: Sequence[Input]) -> exp.Expression:
    """Return the call of the function for a version, over the row's features."""
    packed: dict[Kind, list[exp.Expression]] = {kind: [] for kind in Kind}
    for given in inputs:
        packed[given.kind].append(_argument(given))
    lists = [
        exp.cast(exp.Array(expressions=items), sql_type, dialect="duckdb")
        for items, sql_type in zip(
            (packed[Kind.NUMBER], packed[Kind.TEXT], packed[Kind.ARRAY]),
            _ARGUMENTS.values(),
            strict=True,
        )
    ]
    return call(FUNCTION, literal(version_id), *lists)


def _argument(given: Input) -> exp.Expression:
    match given.kind:
        case Kind.NUMBER:
            return numeric(feature(given.name))
        case Kind.TEXT:
            return exp.cast(feature(given.name), exp.DType.VARCHAR)
        case Kind.ARRAY:
            return exp.cast(feature(given.name), "DOUBLE[]", dialect="duckdb")


def _score(
    versions: pa.ChunkedArray,
    numbers: pa.ChunkedArray,
    texts: pa.ChunkedArray,
    vectors: pa.ChunkedArray,
) -> pa.Array:
    """Return a struct per row of a batch, whose rows may be of several versions."""
    keys = versions.to_pandas()
    if not len(keys):
        return pa.array([], type=_RESULT)
    arguments = [argument.combine_chunks() for argument in (numbers, texts, vectors)]
    places, results = [], []
    for version_id, rows in keys.groupby(keys, dropna=False).indices.items():
        places.append(rows)
        if pd.isna(version_id):
            results.append(pa.nulls(len(rows), _RESULT))
        else:
            taken = [argument.take(pa.array(rows)) for argument in arguments]
            results.append(_predicted(str(version_id), taken))
    order = np.argsort(np.concatenate(places))
    return pa.concat_arrays(results).take(pa.array(order))


def _predicted(version_id: str, arguments: Sequence[pa.Array]) -> pa.Array:
    """Return the predictions of one version; NULL where it refuses a missing value.

    Rows are asked for by which of their values are missing, since an estimator
    refuses a whole block for one of its rows.
    """
    estimator, signature = ESTIMATORS.find(version_id)
    columns = signature.frame(*arguments)
    gaps = columns.isna().to_numpy()
    patterns, pattern_of = np.unique(gaps, axis=0, return_inverse=True)
    ask = estimator.predict_proba if is_classifier(estimator) else estimator.predict
    answers = np.full((len(columns), _width(estimator)), np.nan)
    for i, pattern in enumerate(patterns):
        rows = np.flatnonzero(np.ravel(pattern_of) == i)
        try:
            answers[rows] = np.reshape(
                ask(_as_fitted(estimator, columns.iloc[rows])), (len(rows), -1)
            )
        except ValueError:
            if not pattern.any():
                raise
    return _structs(answers, is_classifier(estimator))


def _width(estimator: Any) -> int:
    return len(estimator.classes_) if is_classifier(estimator) else 1


def _as_fitted(estimator: Any, columns: pd.DataFrame) -> pd.DataFrame | np.ndarray:
    """Return the columns by name, in the fitted order, if the estimator knows names."""
    names = getattr(estimator, "feature_names_in_", None)
    return columns.to_numpy() if names is None else columns[list(names)]


def _structs(answers: np.ndarray, is_classification: bool) -> pa.Array:
    """Return numbers as `value` or `scores` of the result; a row of NaN is NULL."""
    missing = np.isnan(answers).any(axis=1)
    if is_classification:
        width = answers.shape[1]
        flat = pa.array(answers.ravel())
        offsets = pa.array(np.arange(len(answers) + 1, dtype=np.int32) * width)
        fields = [pa.nulls(len(answers), pa.float64()), pa.ListArray.from_arrays(offsets, flat)]
    else:
        fields = [pa.array(answers[:, 0]), pa.nulls(len(answers), pa.list_(pa.float64()))]
    return pa.StructArray.from_arrays(fields, fields=list(_RESULT), mask=pa.array(missing))
