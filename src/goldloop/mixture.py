"""A number that depends on a class: a classifier weighs the regressions of its classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, MetaEstimatorMixin, RegressorMixin, clone


class MixtureRegressor(MetaEstimatorMixin, RegressorMixin, BaseEstimator):
    """Predicts sum over classes of P(class | x) · E(y | class, x).

    A mixture of experts whose gate is trained on classes that are known while training (Jacobs
    et al. 1991 learn them). Where y differs between the classes by more than its slope over x, one
    regression cannot say so. Exported to SQL if both of its estimators are.

    Args:
        classifier: has `predict_proba`; fitted on x and the classes.
        regressor: fitted once a class, on the class's own rows.

    Attributes:
        classifier_: the fitted classifier.
        regressors_: the fitted regressors, in the order of `classifier_.classes_`.
    """

    def __init__(self, classifier: Any, regressor: Any) -> None:
        self.classifier = classifier
        self.regressor = regressor

    def fit(self, X: ArrayLike, y: ArrayLike, classes: ArrayLike) -> MixtureRegressor:  # noqa: N803
        """Fit the classifier on all rows, and a regressor on those of each of `classes`."""
        x, targets, given = np.asarray(X), np.asarray(y), np.asarray(classes)
        self.classifier_ = clone(self.classifier).fit(x, given)
        self.n_features_in_ = x.shape[1]
        self.regressors_ = [
            clone(self.regressor).fit(x[given == name], targets[given == name])
            for name in self.classifier_.classes_
        ]
        return self

    def predict(self, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Return the expected number of each row."""
        x = np.asarray(X)
        by_class = np.stack([regressor.predict(x) for regressor in self.regressors_], axis=1)
        return np.einsum("ij,ij->i", self.classifier_.predict_proba(x), by_class)
