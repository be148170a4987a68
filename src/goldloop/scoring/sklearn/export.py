"""A fitted scikit-learn estimator, or pipeline of them, as a prediction in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from goldloop.errors import GoldloopError, nearest
from goldloop.scoring.inputs import Input
from goldloop.scoring.prediction import Prediction, Projection
from goldloop.scoring.sklearn import (  # noqa: F401 - importing registers the operators
    clusters,
    composition,
    encoders,
    forests,
    gradient_boosting,
    imputers,
    linear_classifiers,
    linear_regressors,
    mixtures,
    naive_bayes,
    neural_networks,
    projections,
    scalers,
    selectors,
    xgboosters,
)
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import predict, transform


def export_estimator(estimator: Any, inputs: Sequence[Input]) -> Prediction:
    """Return what `estimator` predicts for a row, as expressions over its features.

    `inputs` are the relation's columns the estimator was trained on, expanded as
    `inputs.training_frame` does; those with names are matched by name. A NULL in
    an input the prediction depends on gives NULL where scikit-learn would refuse a
    missing value. A transformer at the end gives a projection.

    Raises:
        NotExpressibleError: a step has no SQL form; the message names step and class.
        GoldloopError: the estimator is not fitted, or on other columns than `inputs`.
    """
    try:
        check_is_fitted(estimator)
    except NotFittedError as error:
        raise GoldloopError(
            f"{type(estimator).__name__} is not fitted. Fit it before returning it."
        ) from error
    frame = _in_fitted_order(estimator, inputs)
    if hasattr(estimator, "predict"):
        return predict(estimator, frame)
    return Projection(tuple(transform(estimator, frame).numbers.expressions()))


def _in_fitted_order(estimator: Any, inputs: Sequence[Input]) -> Frame:
    """Return the inputs' columns in the order the estimator was fitted on."""
    frame = Frame.of_inputs(inputs)
    names = [column for given in inputs for column in given.columns]
    fitted = getattr(estimator, "feature_names_in_", None)
    if fitted is None:
        expected = getattr(estimator, "n_features_in_", frame.width)
        if frame.width != expected:
            raise GoldloopError(
                f"{type(estimator).__name__} was fitted on {expected} columns, "
                f"but the inputs expand to {frame.width}: {', '.join(names[:20])}."
            )
        return frame
    position = {name: i for i, name in enumerate(names)}
    for name in fitted:
        if name not in position:
            raise GoldloopError(
                f"{type(estimator).__name__} was fitted on a column {name!r} that is not among "
                f"the inputs.{nearest(name, names)} Train on the columns of the query."
            )
    return frame.selected([position[name] for name in fitted])
