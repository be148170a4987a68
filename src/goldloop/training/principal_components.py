"""The eigenvectors of a design matrix, by NumPy or by scikit-learn's randomized solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.utils.extmath import randomized_svd

from goldloop.training.matrix import Floats

_SEED = 0
_FULL_UP_TO = 1_000


@dataclass(frozen=True)
class Components:
    """Directions (a row each), their variances in descending order, and the variance of all."""

    directions: Floats
    eigenvalues: Floats
    total: float

    @property
    def ratios(self) -> Floats:
        """Return the share of the variance that each direction explains."""
        return self.eigenvalues / self.total if self.total else np.zeros_like(self.eigenvalues)

    def first(self, count: int) -> Components:
        """Return the first `count` of them."""
        return Components(self.directions[:count], self.eigenvalues[:count], self.total)


def components(matrix: Floats, solver: str, count: int | None, ratio: float | None) -> Components:
    """Return the `count` first components, or as many as explain more than `ratio`.

    They are the eigenvectors of X'X / (n - 1). X is not centred here: BigQuery ML centres
    numbers and leaves one-hot columns as they are, and so do its published results.
    """
    if solver == "full" or (solver == "auto" and matrix.shape[1] <= _FULL_UP_TO):
        found = _full(matrix)
    elif count is not None:
        return _randomized(matrix, count)
    else:
        found = _randomized_up_to(matrix, ratio or 0.0)
    return found.first(count if count is not None else _enough(found, ratio or 0.0))


def _full(matrix: Floats) -> Components:
    degrees = max(1, len(matrix) - 1)
    values, vectors = np.linalg.eigh(matrix.T @ matrix / degrees)
    order = np.argsort(-values, kind="stable")
    directions = _signed(vectors.T[order])
    return Components(directions, np.maximum(values[order], 0.0), _variance(matrix))


def _randomized(matrix: Floats, count: int) -> Components:
    _, singular, directions = randomized_svd(matrix, count, random_state=_SEED)
    eigenvalues = singular**2 / max(1, len(matrix) - 1)
    return Components(_signed(directions), eigenvalues, _variance(matrix))


def _randomized_up_to(matrix: Floats, ratio: float) -> Components:
    most, count = min(matrix.shape), 8
    while True:
        found = _randomized(matrix, min(count, most))
        if count >= most or found.ratios.sum() > ratio:
            return found
        count *= 2


def _variance(matrix: Floats) -> float:
    return float((matrix**2).sum()) / max(1, len(matrix) - 1)


def _enough(found: Components, ratio: float) -> int:
    explained = np.cumsum(found.ratios)
    return min(len(explained), int((explained <= ratio).sum()) + 1)


def _signed(directions: Floats) -> Floats:
    # As scikit-learn has them: the largest loading of a direction is positive.
    largest = np.abs(directions).argmax(axis=1)
    signs = np.sign(directions[np.arange(len(directions)), largest])
    return directions * np.where(signs == 0, 1.0, signs)[:, None]
