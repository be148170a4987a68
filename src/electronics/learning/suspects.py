"""Labels that look wrong, found by confident learning (Northcutt, Jiang and Chuang 2021)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def of_devices(
    probabilities: NDArray[np.float64], devices: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Each photograph's probabilities, replaced by the mean over its device's photographs."""
    _, number = np.unique(devices, return_inverse=True)
    sums = np.zeros((number.max() + 1, probabilities.shape[1]))
    np.add.at(sums, number, probabilities)
    return (sums / np.bincount(number)[:, None])[number]


def suspects(
    labels: NDArray[np.str_], names: NDArray[np.str_], probabilities: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which labels confident learning holds for wrong, and how sure the model is.

    A row counts as class j if its probability of j is at least the mean probability of j over the
    rows labelled j; if that holds for several, for the most probable of them. A label is suspect if
    the row counts as another class (the off-diagonal of the confident joint, equation 1).

    Args:
        labels: n labels as they were given.
        names: all labels there are, sorted; no row counts as one that no row was given.
        probabilities: n rows, a column a name, out of fold.

    Returns:
        Whether each is suspect; and its margin, the probability of the likeliest other class less
        that of its own label, from -1 to 1, by which to rank them.
    """
    unknown = np.setdiff1d(labels, names)
    if len(unknown):
        raise ValueError(f"no probabilities of {', '.join(unknown)}: give a column of each label")
    given = np.searchsorted(names, labels)
    rows = np.arange(len(labels))
    thresholds = np.array(
        [
            probabilities[given == j, j].mean() if (given == j).any() else np.inf
            for j in range(len(names))
        ]
    )
    confident = np.where(probabilities >= thresholds, probabilities, -1.0)
    counted = np.where(confident.max(axis=1) >= 0, confident.argmax(axis=1), given)
    others = probabilities.copy()
    others[rows, given] = -1.0
    return counted != given, others.max(axis=1) - probabilities[rows, given]
