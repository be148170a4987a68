"""Embeddings of photographs that were never taken: a neural generator, and what it must beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from sklearn.covariance import ledoit_wolf
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

from electronics.synthesis.cvae import ConditionalVAE

Array = NDArray[np.float64]
Labels = NDArray[np.str_]
COMPONENTS = 64
"""Generators see so many whitened principal components; the rest of a row is noise to them."""
NEIGHBOURS = 5


def synthesise(
    embeddings: Array,
    labels: Labels,
    counts: Mapping[str, int],
    seed: int,
    generator: str = "cvae",
) -> tuple[Array, Labels]:
    """Make embeddings of the classes that are asked for.

    Args:
        embeddings: (n, d), what is known, of all classes: the neural generator learns from all
            how members of a class differ.
        labels: (n,), their classes.
        counts: how many to make, by class.
        seed: of all that is drawn; the same seed makes the same rows.
        generator: a key of `GENERATORS`.

    Returns:
        (sum of counts, d) embeddings within the known ones' range, and their labels, class after
        class as in `counts`.

    Raises:
        ValueError: No such generator, or a class without examples.
    """
    if generator not in GENERATORS:
        raise ValueError(f"no generator {generator!r}; there are {', '.join(GENERATORS)}")
    unknown = sorted(set(counts) - set(labels.tolist()))
    if unknown:
        raise ValueError(f"no examples of {', '.join(unknown)} to make more from")
    wanted = np.repeat(np.array(list(counts), dtype=labels.dtype), list(counts.values()))
    if not len(wanted):
        return embeddings[:0], wanted
    made = GENERATORS[generator](embeddings, labels, wanted, np.random.default_rng(seed))
    return np.clip(made, embeddings.min(axis=0), embeddings.max(axis=0)), wanted


def _cvae(embeddings: Array, labels: Labels, wanted: Labels, rng: np.random.Generator) -> Array:
    space = _Space(embeddings)
    names = np.unique(labels)
    network = ConditionalVAE(int(rng.integers(2**32)))
    network.fit(space.rows, (labels[:, None] == names).astype(np.float64))
    return space.back(network.sample((wanted[:, None] == names).astype(np.float64)), rng)


def _gaussian(embeddings: Array, labels: Labels, wanted: Labels, rng: np.random.Generator) -> Array:
    """A normal distribution a class, its covariance shrunk (Ledoit and Wolf, 2004)."""
    space = _Space(embeddings)
    made = np.empty((len(wanted), space.rows.shape[1]))
    for name in np.unique(wanted):
        rows, here = space.rows[labels == name], wanted == name
        # One row has no spread of its own: it takes that of all, which whitening made the identity.
        covariance = ledoit_wolf(rows)[0] if len(rows) > 1 else np.eye(rows.shape[1])
        made[here] = rng.multivariate_normal(rows.mean(axis=0), covariance, here.sum())
    return space.back(made, rng)


def _smote(embeddings: Array, labels: Labels, wanted: Labels, rng: np.random.Generator) -> Array:
    """Points between a row and one of its class's nearest (Chawla and others, 2002)."""
    scaled = StandardScaler().fit_transform(embeddings)
    made = np.empty((len(wanted), embeddings.shape[1]))
    for name in np.unique(wanted):
        rows, here = np.flatnonzero(labels == name), np.flatnonzero(wanted == name)
        first = rng.integers(0, len(rows), len(here))
        n = min(NEIGHBOURS + 1, len(rows))
        near = NearestNeighbors(n_neighbors=n).fit(scaled[rows]).kneighbors(scaled[rows])[1]
        other = near[first, rng.integers(min(1, n - 1), n, len(here))]
        share = rng.random((len(here), 1))
        begin, end = embeddings[rows[first]], embeddings[rows[other]]
        made[here] = begin + share * (end - begin)
    return made


def _oversampling(
    embeddings: Array, labels: Labels, wanted: Labels, rng: np.random.Generator
) -> Array:
    """The same rows again."""
    picks = [rng.choice(np.flatnonzero(labels == name)) for name in wanted.tolist()]
    return embeddings[picks]


GENERATORS: dict[str, Callable[[Array, Labels, Labels, np.random.Generator], Array]] = {
    "cvae": _cvae,
    "gaussian": _gaussian,
    "smote": _smote,
    "oversampling": _oversampling,
}
NEURAL = "cvae"


class _Space:
    """Whitened principal components, and the way back."""

    def __init__(self, embeddings: Array) -> None:
        self._scaler = StandardScaler().fit(embeddings)
        scaled = self._scaler.transform(embeddings)
        n = min(COMPONENTS, embeddings.shape[1], len(embeddings) - 1)
        self._pca = PCA(n, whiten=True, random_state=0, svd_solver="covariance_eigh").fit(scaled)
        self.rows = self._pca.transform(scaled)
        left_out = scaled - self._pca.inverse_transform(self.rows)
        self._left_out_scale = left_out.std(axis=0)

    def back(self, rows: Array, rng: np.random.Generator) -> Array:
        """As embeddings; what the components leave out is drawn as noise of its size."""
        made = self._pca.inverse_transform(rows)
        made = made + self._left_out_scale * rng.standard_normal(made.shape)
        return self._scaler.inverse_transform(made)
