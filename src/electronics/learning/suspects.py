"""Labels that look wrong, found by confident learning (Northcutt, Jiang and Chuang 2021)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from electronics.factory import Photographs, fit_damage_model

FOLDS = 5


def out_of_fold(photographs: Photographs, devices: NDArray[np.str_]) -> NDArray[np.float64]:
    """What the damage model says of photographs of devices it has not learnt from.

    Args:
        photographs: n of them, with the labels they were given.
        devices: of which device each is; those of one are never parted.

    Returns:
        n rows of probabilities, a column a damage type in the order of their names.
    """
    names = np.unique(photographs.damage_types)
    probabilities = np.zeros((len(photographs), len(names)))
    for kept, left_out in GroupKFold(FOLDS).split(photographs.embeddings, groups=devices):
        estimator = fit_damage_model(photographs.take(kept))
        columns = np.searchsorted(names, estimator.classes_)
        probabilities[np.ix_(left_out, columns)] = estimator.predict_proba(
            photographs.embeddings[left_out]
        )
    return probabilities


def of_devices(
    probabilities: NDArray[np.float64], devices: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Each photograph's probabilities, replaced by the mean over its device's photographs."""
    _, number = np.unique(devices, return_inverse=True)
    sums = np.zeros((number.max() + 1, probabilities.shape[1]))
    np.add.at(sums, number, probabilities)
    return (sums / np.bincount(number)[:, None])[number]


def suspects(
    labels: NDArray[np.str_], probabilities: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """Which labels confident learning holds for wrong, and how sure the model is.

    A row counts as class j if its probability of j is at least the mean probability of j over the
    rows labelled j; if that holds for several, for the most probable of them. A label is suspect if
    the row counts as another class (the off-diagonal of the confident joint, equation 1).

    Args:
        labels: n labels as they were given.
        probabilities: n rows, a column a label in the order of their names, out of fold.

    Returns:
        Whether each is suspect; and its margin, the probability of the likeliest other class less
        that of its own label, from -1 to 1, by which to rank them.
    """
    names, given = np.unique(labels, return_inverse=True)
    if len(names) != probabilities.shape[1]:
        raise ValueError(
            f"{len(names)} labels ({', '.join(names)}) and {probabilities.shape[1]} columns of "
            "probabilities: give a column a label"
        )
    rows = np.arange(len(labels))
    thresholds = np.array([probabilities[given == j, j].mean() for j in range(len(names))])
    confident = np.where(probabilities >= thresholds, probabilities, -1.0)
    counted = np.where(confident.max(axis=1) >= 0, confident.argmax(axis=1), given)
    others = probabilities.copy()
    others[rows, given] = -1.0
    return counted != given, others.max(axis=1) - probabilities[rows, given]
