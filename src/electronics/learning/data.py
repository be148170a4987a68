"""What the experiments of the data-centric report learn from, drawn anew with every seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from electronics.factory import Photographs
from electronics.learning.out_of_fold import out_of_fold
from electronics.learning.suspects import of_devices, suspects

HAD_SHARE = 1 / 3
"""So many of the devices the baseline has."""
WRONG_SHARE = 0.2
"""So many devices have a wrong label, drawn among the other damage types."""


@dataclass(frozen=True)
class Looked:
    """Which labels someone looked at again, and which of all were wrong, n truth values each."""

    at: NDArray[np.bool_]
    was_wrong: NDArray[np.bool_]


@dataclass(frozen=True)
class Data:
    """What an experiment learns from, and what it is judged on.

    Attributes:
        photographs: with the labels they were given, right or wrong.
        devices: of which device each is; its photographs share their label.
        truth: the labels as people confirmed them.
        rows: which of the sources' photographs each is.
        added: what is learned from besides, as it is.
        holdout: judged on; seen through the same transformation.
        looked: what was looked at again, if anything was.
    """

    photographs: Photographs
    devices: NDArray[np.str_]
    truth: NDArray[np.str_]
    rows: NDArray[np.intp]
    holdout: Photographs
    added: Photographs | None = None
    looked: Looked | None = None

    @property
    def is_wrong(self) -> NDArray[np.bool_]:
        """Whose label is not the truth."""
        return self.photographs.damage_types != self.truth

    @cached_property
    def suspects(self) -> NDArray[np.bool_]:
        """Whose label looks wrong to models that have not learnt from it; found once."""
        names, probabilities = out_of_fold(self.photographs, self.devices)
        of_device = of_devices(probabilities, self.devices)
        return suspects(self.photographs.damage_types, names, of_device)[0]

    def take(self, rows: NDArray[np.bool_]) -> Data:
        """These photographs only."""
        kept = np.flatnonzero(rows)
        return replace(
            self,
            photographs=self.photographs.take(kept),
            devices=self.devices[kept],
            truth=self.truth[kept],
            rows=self.rows[kept],
        )

    def looked_at(self, rows: NDArray[np.bool_]) -> Data:
        """With these labels put right, as a technician who looks again does."""
        labels = np.where(rows, self.truth, self.photographs.damage_types)
        return replace(
            self,
            photographs=Photographs(self.photographs.embeddings, labels),
            looked=Looked(rows, self.is_wrong),
        )

    def plus(self, added: Photographs) -> Data:
        """With more photographs besides."""
        return replace(self, added=added if self.added is None else self.added + added)


@dataclass(frozen=True)
class Sources:
    """What every seed draws from.

    Attributes:
        photographs: the customers', confirmed.
        devices: of which device each is.
        factory: what the factory's inspectors labelled.
        holdout: the customers', labelled by a panel.
        mirrored: embeddings of `photographs` seen in a mirror, if made.
    """

    photographs: Photographs
    devices: NDArray[np.str_]
    factory: Photographs
    holdout: Photographs
    mirrored: NDArray[np.float64] | None = None


def drawn(sources: Sources, seed: int, has_all: bool = False) -> Data:
    """The seed's devices, some with a wrong label; those had are a part of all."""
    rng = np.random.default_rng(seed)
    labels = sources.photographs.damage_types
    names = np.unique(labels)
    devices, first, number = np.unique(sources.devices, return_index=True, return_inverse=True)
    is_wrong = rng.random(len(devices)) < WRONG_SHARE
    shift = rng.integers(1, len(names), len(devices))
    truth = np.searchsorted(names, labels[first])
    given = names[np.where(is_wrong, (truth + shift) % len(names), truth)][number]
    is_had = np.zeros(len(devices), dtype=bool)
    is_had[rng.permutation(len(devices))[: round(HAD_SHARE * len(devices))]] = True
    photographs = Photographs(sources.photographs.embeddings, given)
    rows = np.arange(len(labels))
    everything = Data(photographs, sources.devices, labels, rows, sources.holdout)
    return everything if has_all else everything.take(is_had[number])
