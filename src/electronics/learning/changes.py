"""The ways in which the data-centric report changes the data, one function a way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from electronics.factory import Photographs, with_factory
from electronics.learning.data import Data, Looked, Sources
from electronics.synthesis import synthesise

Change = Callable[[Data, Sources, int], Data]
"""From data, what may be drawn from besides, and the seed."""


def suspects_left_out(data: Data, sources: Sources, seed: int) -> Data:
    """Without the photographs whose label looks wrong."""
    found = data.suspects
    return replace(data.take(~found), looked=Looked(found, data.is_wrong))


def suspects_looked_at(data: Data, sources: Sources, seed: int) -> Data:
    """With the labels that look wrong looked at by a technician, who puts right what is."""
    return data.looked_at(data.suspects)


def looked_at_at_random(data: Data, sources: Sources, seed: int) -> Data:
    """With labels of as many devices looked at again, whichever they are."""
    devices, number = np.unique(data.devices, return_inverse=True)
    n_looked_at = len(np.unique(data.devices[data.suspects]))
    is_chosen = np.zeros(len(devices), dtype=bool)
    rng = np.random.default_rng([seed, n_looked_at])
    is_chosen[rng.choice(len(devices), n_looked_at, replace=False)] = True
    return data.looked_at(is_chosen[number])


def synthetic_added(data: Data, sources: Sources, seed: int) -> Data:
    """With made photographs of the scarcer damage types, up to the median type's number."""
    names, counts = np.unique(data.photographs.damage_types, return_counts=True)
    missing = np.maximum(0, np.ceil(np.median(counts)).astype(int) - counts)
    wanted = {
        str(name): int(count) for name, count in zip(names, missing, strict=True) if count > 0
    }
    photographs = data.photographs
    made = synthesise(photographs.embeddings, photographs.damage_types, wanted, seed)
    return data.plus(Photographs(*made))


def feedback_added(data: Data, sources: Sources, seed: int) -> Data:
    """With the factory's labelled photographs, moved to look like customers'."""
    together = with_factory(data.photographs, sources.factory)
    return data.plus(together.take(np.arange(len(data.photographs), len(together))))


def square_root(data: Data, sources: Sources, seed: int) -> Data:
    """With the signed square root of every feature (Perronnin, Sánchez and Mensink 2010)."""
    return replace(
        data,
        photographs=_rooted(data.photographs),
        added=None if data.added is None else _rooted(data.added),
        holdout=_rooted(data.holdout),
    )


def mirrored_added(data: Data, sources: Sources, seed: int) -> Data:
    """With every photograph seen in a mirror too, as another one of the same label."""
    if sources.mirrored is None:
        raise ValueError("the photographs were not seen in a mirror: give `mirrored`")
    return data.plus(data.photographs.moved(sources.mirrored[data.rows]))


def _rooted(photographs: Photographs) -> Photographs:
    embeddings = photographs.embeddings
    return photographs.moved(np.sign(embeddings) * np.sqrt(np.abs(embeddings)))
