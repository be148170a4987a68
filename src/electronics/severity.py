"""How bad damage is, from a photograph's features: the estimators, not where they are used."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from goldloop import MixtureRegressor


def fit_severity(
    embeddings: NDArray[np.float64],
    severities: NDArray[np.float64],
    damage_types: NDArray[np.str_],
) -> Pipeline:
    """Fit a regression for each damage type, weighed by the types' probabilities.

    Args:
        embeddings: a row a photograph.
        severities: 0 (none) to 1 (total), one a photograph.
        damage_types: what is damaged, one a photograph.

    Returns:
        A pipeline that predicts the severity of embeddings; a little outside 0 to 1 at times.
    """
    mixture = MixtureRegressor(LogisticRegression(C=0.02, max_iter=2000), Ridge(alpha=1000.0))
    estimator = make_pipeline(*_components(embeddings), mixture)
    return estimator.fit(embeddings, severities, mixtureregressor__classes=damage_types)


def fit_severity_of_all_types(
    embeddings: NDArray[np.float64], severities: NDArray[np.float64]
) -> Pipeline:
    """Fit one regression for all types: what `fit_severity` is compared with."""
    return make_pipeline(*_components(embeddings), Ridge(alpha=300.0)).fit(embeddings, severities)


def _components(embeddings: NDArray[np.float64]) -> tuple[StandardScaler, PCA]:
    n_components = min(96, *embeddings.shape)
    return StandardScaler(), PCA(n_components=n_components, random_state=0)
