"""What a damage model says of photographs of devices that it has not learnt from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from electronics.factory import Photographs, fit_damage_model

FOLDS = 5


def out_of_fold(
    photographs: Photographs,
    devices: NDArray[np.str_],
    learned_from: Callable[[Photographs], Photographs] = lambda mine: mine,
) -> tuple[NDArray[np.str_], NDArray[np.float64]]:
    """Probabilities of damage types, a fifth of the devices left out at a time.

    Args:
        photographs: n of them, with the labels they were given.
        devices: of which device each is; those of one are never parted.
        learned_from: what a fold's model learns from, of the photographs that the fold keeps.

    Returns:
        All damage types that any fold has learnt, sorted, and n rows of probabilities, a column a
        type: zero of what the photograph's fold did not know.
    """
    seen = []
    for kept, left_out in device_folds(devices):
        estimator = fit_damage_model(learned_from(photographs.take(kept)))
        probabilities = estimator.predict_proba(photographs.embeddings[left_out])
        seen.append((left_out, estimator.classes_, probabilities))
    names = np.unique(np.concatenate([classes for _, classes, _ in seen]))
    together = np.zeros((len(photographs), len(names)))
    for left_out, classes, probabilities in seen:
        together[np.ix_(left_out, np.searchsorted(names, classes))] = probabilities
    return names, together


def device_folds(
    devices: NDArray[np.str_],
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Rows that are kept and rows that are left out, five times; the same for the same devices."""
    return GroupKFold(FOLDS).split(devices, groups=devices)
