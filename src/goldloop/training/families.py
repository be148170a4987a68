"""Which file trains which model type."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from goldloop.training import (
    boosted_tree,
    contribution,
    kmeans,
    linear,
    logistic,
    matrix_factorization,
    pca,
    sklearn_model,
    transform_only,
)
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted
from goldloop.training.neural import autoencoder, supervised
from goldloop.training.time_series import fit as time_series
from goldloop.tuning import automl

TRAINERS: MappingProxyType[str, Callable[[Sample], Fitted]] = MappingProxyType(
    {
        "linear_reg": linear.fit,
        "logistic_reg": logistic.fit,
        "boosted_tree_regressor": boosted_tree.fit,
        "boosted_tree_classifier": boosted_tree.fit,
        "random_forest_regressor": boosted_tree.fit,
        "random_forest_classifier": boosted_tree.fit,
        "dnn_classifier": supervised.fit,
        "dnn_regressor": supervised.fit,
        "dnn_linear_combined_classifier": supervised.fit,
        "dnn_linear_combined_regressor": supervised.fit,
        "autoencoder": autoencoder.fit,
        "kmeans": kmeans.fit,
        "sklearn": sklearn_model.fit,
        "automl_regressor": automl.fit,
        "automl_classifier": automl.fit,
        "pca": pca.fit,
        "matrix_factorization": matrix_factorization.fit,
        "contribution_analysis": contribution.fit,
        "arima_plus": time_series.fit,
        "arima_plus_xreg": time_series.fit,
        "transform_only": transform_only.fit,
    }
)
