"""Linear projections."""

from __future__ import annotations

import numpy as np
from sklearn.decomposition import PCA, TruncatedSVD

from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import transforms


@transforms(PCA, refuses_missing=True)
def pca(projection: PCA, frame: Frame) -> Frame:
    """(x - mean_) @ components_.T, over sqrt(explained_variance_) if whitened (sklearn PCA)."""
    projected = frame.numbers.shifted(projection.mean_).mapped(projection.components_)
    if projection.whiten:
        scale = np.sqrt(projection.explained_variance_)
        # scikit-learn bounds the scale of empty directions by the smallest float.
        projected = projected.scaled(1 / np.maximum(scale, np.finfo(scale.dtype).eps))
    return Frame((projected,))


@transforms(TruncatedSVD, refuses_missing=True)
def truncated_svd(projection: TruncatedSVD, frame: Frame) -> Frame:
    """X @ components_.T (sklearn.decomposition.TruncatedSVD)."""
    return Frame((frame.numbers.mapped(projection.components_),))
