"""Losses of a network's outputs: the mean over rows, and its gradient by the outputs.

Those of TensorFlow's estimators: squared error, cross-entropy of the logistic and the softmax.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import expit, logsumexp, softmax

from goldloop.training.matrix import Floats


@dataclass(frozen=True)
class Loss:
    """`rows` is the loss of each row, `slopes` its gradient by the row's outputs."""

    rows: Callable[[Floats, Floats], Floats]
    slopes: Callable[[Floats, Floats], Floats]

    def mean(self, outputs: Floats, target: Floats, weights: Floats) -> float:
        """Return the weighted sum over the number of rows (SUM_OVER_BATCH_SIZE)."""
        return float(self.rows(outputs, target) @ weights) / len(outputs)

    def gradient(self, outputs: Floats, target: Floats, weights: Floats) -> Floats:
        """Return the gradient of the mean by the outputs."""
        return self.slopes(outputs, target) * (weights / len(outputs))[:, None]


LOSSES: Mapping[str, Loss] = MappingProxyType(
    {
        # The mean over a row's outputs: of one for a regression, of all inputs for an autoencoder.
        "squared_error": Loss(
            lambda outputs, target: ((outputs - target) ** 2).mean(axis=1),
            lambda outputs, target: 2.0 * (outputs - target) / outputs.shape[1],
        ),
        "logistic": Loss(
            lambda outputs, target: (np.logaddexp(0.0, outputs) - outputs * target)[:, 0],
            lambda outputs, target: expit(outputs) - target,
        ),
        "softmax": Loss(
            lambda outputs, target: logsumexp(outputs, axis=1) - (outputs * target).sum(axis=1),
            lambda outputs, target: softmax(outputs, axis=1) - target,
        ),
    }
)
