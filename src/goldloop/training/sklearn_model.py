"""SKLEARN: an estimator of scikit-learn behind its usual preparation, exported to SQL if it can be.

A classifier without probabilities gets them by Platt's calibration, as scikit-learn's
CalibratedClassifierCV computes it.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import is_classifier, is_clusterer, is_regressor
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from goldloop.errors import GoldloopError, NotExpressibleError, OptionError, TrainingDataError
from goldloop.scoring.allowed_estimators import estimator_class
from goldloop.scoring.expressions import feature
from goldloop.scoring.inputs import Input, Kind, training_frame
from goldloop.scoring.native import NativeSignature, native_prediction
from goldloop.scoring.prediction import Classification, Prediction
from goldloop.scoring.sklearn import export_estimator
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail, Fitted, StoredEstimator
from goldloop.training.labels import Classes, class_label, numeric_label
from goldloop.training.matrix import select

_FOLDS = 5


def fit(sample: Sample) -> Fitted:
    """Fit model_class on the sample.

    Raises:
        OptionError: the class refuses its parameters, or lacks a label or has one too many.
        TrainingDataError: the estimator refuses the data, or a column is of another type.
        NotExpressibleError: it is neither exported nor a classifier or regressor.
    """
    estimator = _constructed(sample)
    inputs, frame = _features(sample)
    classes: Classes | None = None
    target: Any = None
    if is_classifier(estimator):
        _require_label(sample)
        classes = class_label(sample)
        target = classes.codes
        estimator = _with_probabilities(estimator, target)
    elif is_regressor(estimator):
        _require_label(sample)
        target = numeric_label(sample)
    elif sample.data.label is not None:
        raise OptionError(
            f"Model {sample.options.model}: {type(estimator).__name__} learns without a label; "
            "drop input_label_cols."
        )
    pipeline = _fitted(
        sample, Pipeline([*_preparation(inputs), ("model", estimator)]), frame, target
    )
    prediction, stored = _prediction(sample, pipeline, inputs)
    problem = "projection"
    if classes is not None:
        problem = classes.problem_type
        assert isinstance(prediction, Classification)
        prediction = replace(prediction, classes=classes.values)
    elif is_regressor(estimator):
        problem = "regression"
    elif is_clusterer(estimator):
        problem = "clustering"
    return Fitted(
        prediction,
        problem,
        classes.values if classes else (),
        details=(Detail("training", "estimator", json={"value": repr(pipeline)}),),
        separations=_separations(estimator) if problem == "clustering" else (),
        metrics={} if problem == "projection" else None,
        scoring="native" if stored else "sql",
        stored=stored,
    )


def _constructed(sample: Sample) -> Any:
    options = sample.options
    kind = estimator_class(options.model, options["model_class"])
    # Options are folded to lower case; scikit-learn's C is not.
    names = {name.casefold(): name for name in inspect.signature(kind).parameters}
    own = {option.name for option in options.type.options}
    given = {
        names[name]: options[name]
        for name in own & names.keys()
        if name in options.given or name == "random_state"
    }
    try:
        return kind(**given)
    except (TypeError, ValueError) as error:
        raise OptionError(f"Model {options.model}: {options['model_class']}: {error}") from error


def _features(sample: Sample) -> tuple[list[Input], pd.DataFrame]:
    features = sample.data.features
    table = select(sample.con, sample.data, [feature(each.name) for each in features])
    table = table.rename_columns([each.name for each in features])
    inputs = []
    for each in features:
        found = Input(each.name, each.sql_type)
        try:
            if found.kind is Kind.ARRAY and each.sql_type.endswith("[]"):
                lengths = {len(value) for value in table.column(each.name).to_pylist() if value}
                found = replace(found, width=max(lengths, default=0))
            _ = found.columns
        except NotExpressibleError as error:
            raise TrainingDataError(f"Model {sample.options.model}: {error}") from error
        inputs.append(found)
    try:
        return inputs, training_frame(table, inputs)
    except GoldloopError as error:
        raise TrainingDataError(f"Model {sample.options.model}: {error}") from error


def _preparation(inputs: Sequence[Input]) -> list[tuple[str, Any]]:
    numbers = [name for each in inputs if each.kind is not Kind.TEXT for name in each.columns]
    texts = [each.name for each in inputs if each.kind is Kind.TEXT]
    transformers: list[tuple[str, Any, list[str]]] = []
    if numbers:
        imputer = SimpleImputer(keep_empty_features=True)
        transformers.append(("numbers", make_pipeline(imputer, StandardScaler()), numbers))
    if texts:
        encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
        transformers.append(("categories", encoder, texts))
    return [("preparation", ColumnTransformer(transformers))]


def _with_probabilities(estimator: Any, codes: np.ndarray) -> Any:
    if hasattr(estimator, "predict_proba"):
        return estimator
    folds = min(_FOLDS, int(np.bincount(codes).min()))
    return CalibratedClassifierCV(estimator, cv=max(2, folds), ensemble=False)


def _fitted(sample: Sample, pipeline: Pipeline, frame: pd.DataFrame, target: Any) -> Pipeline:
    model = sample.options.model
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return pipeline.fit(frame, target)
    except (TypeError, ValueError) as error:
        # An InvalidParameterError is one too: it names parameter and what is expected.
        is_parameter = type(error).__name__ == "InvalidParameterError"
        kind = OptionError if is_parameter else TrainingDataError
        raise kind(f"Model {model}: {sample.options['model_class']} refuses: {error}") from error


def _prediction(
    sample: Sample, pipeline: Pipeline, inputs: Sequence[Input]
) -> tuple[Prediction, StoredEstimator | None]:
    try:
        return export_estimator(pipeline, inputs), None
    except NotExpressibleError as error:
        if not (is_classifier(pipeline) or is_regressor(pipeline)):
            raise NotExpressibleError(f"Model {sample.options.model}: {error}") from error
    signature = NativeSignature.of(inputs)
    return (
        native_prediction(sample.version_id, inputs, pipeline),
        StoredEstimator(pipeline, signature),
    )


def _separations(clusterer: Any) -> tuple[tuple[int, int, float], ...]:
    centres = clusterer.cluster_centers_
    return tuple(
        (i + 1, j + 1, float(np.linalg.norm(centres[i] - centres[j])))
        for i, j in permutations(range(len(centres)), 2)
    )


def _require_label(sample: Sample) -> None:
    if sample.data.label is None:
        raise OptionError(
            f"Model {sample.options.model}: {sample.options['model_class']} learns from a label; "
            "name its column by input_label_cols."
        )
