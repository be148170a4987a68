"""Estimators made of estimators: pipelines, column transformers, unions."""

from __future__ import annotations

from typing import Any

from sklearn.compose import ColumnTransformer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer

from goldloop.scoring.prediction import Prediction
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import (
    predict,
    predicts,
    refusal,
    step,
    transform,
    transforms,
)

PASSTHROUGH = "passthrough"
DROP = "drop"


@transforms(Pipeline)
def pipeline_columns(pipeline: Pipeline, frame: Frame) -> Frame:
    """Steps one after another (sklearn.pipeline.Pipeline.transform)."""
    for name, transformer in pipeline.steps:
        with step(name):
            frame = _transformed(transformer, frame)
    return frame


@predicts(Pipeline)
def pipeline_prediction(pipeline: Pipeline, frame: Frame) -> Prediction:
    """All steps but the last transform, the last predicts (sklearn.pipeline.Pipeline.predict)."""
    for name, transformer in pipeline.steps[:-1]:
        with step(name):
            frame = _transformed(transformer, frame)
    name, estimator = pipeline.steps[-1]
    with step(name):
        return predict(estimator, frame)


@transforms(ColumnTransformer)
def column_transformer(transformer: ColumnTransformer, frame: Frame) -> Frame:
    """Transformers of some columns each, joined in order (sklearn.compose.ColumnTransformer)."""
    weights = transformer.transformer_weights or {}
    frames = []
    for name, operator, _ in transformer.transformers_:
        columns = transformer._transformer_to_input_indices[name]
        if len(columns) and not _is(operator, DROP):
            with step(name):
                part = _transformed(operator, frame.selected(columns))
                frames.append(_weighted(part, weights.get(name)))
    return Frame.joined(frames)


@transforms(FeatureUnion)
def feature_union(union: FeatureUnion, frame: Frame) -> Frame:
    """Transformers of all columns, joined in order (sklearn.pipeline.FeatureUnion)."""
    weights = union.transformer_weights or {}
    frames = []
    for name, operator in union.transformer_list:
        if not _is(operator, DROP):
            with step(name):
                frames.append(_weighted(_transformed(operator, frame), weights.get(name)))
    return Frame.joined(frames)


@transforms(FunctionTransformer)
def function_transformer(transformer: FunctionTransformer, frame: Frame) -> Frame:
    """The identity, which is what `passthrough` becomes; Python functions are refused."""
    if transformer.func is not None:
        raise refusal(transformer, "a Python function has no SQL form")
    return frame


def _transformed(operator: Any, frame: Frame) -> Frame:
    if operator is None or _is(operator, PASSTHROUGH):
        return frame
    return transform(operator, frame)


def _weighted(frame: Frame, weight: float | None) -> Frame:
    return frame if weight is None else Frame((frame.numbers.scaled(weight),), frame.required)


def _is(operator: Any, word: str) -> bool:
    return isinstance(operator, str) and operator == word
