"""One camera's embeddings as another's: mean and scale of each number made alike.

The diagonal of CORAL (Sun, Feng, Saenko 2016). It is the training rows that are moved, so that
scoring needs no statistics of either camera and stays a function in the warehouse.
"""

import numpy as np
from numpy.typing import NDArray

_SMALLEST_SCALE = 1e-6


def aligned(embeddings: NDArray[np.float64], like: NDArray[np.float64]) -> NDArray[np.float64]:
    """Embeddings with the mean and standard deviation of others, number by number.

    Args:
        embeddings: a row a photograph, of the camera to be moved.
        like: a row a photograph of the other camera; labels are not needed.
    """
    scale = like.std(axis=0) / np.maximum(embeddings.std(axis=0), _SMALLEST_SCALE)
    return (embeddings - embeddings.mean(axis=0)) * scale + like.mean(axis=0)
