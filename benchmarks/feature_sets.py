"""Ways to turn photographs into numbers, beside the network: pixels, gradients, patches.

Each takes (n, 64, 64, 3) levels and gives (n, numbers); those that learn get photographs to learn
from, without labels.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from sklearn.cluster import MiniBatchKMeans

Images = NDArray[np.uint8]
Features = NDArray[np.float32]

_CELL, _ORIENTATIONS, _BINS = 8, 9, 16
_PATCH, _WORDS, _AT_ONCE = 6, 256, 16


def pixels(images: Images) -> Features:
    """Levels of a quarter of the size: (32 · 32 · 3)."""
    n, height, width, _ = images.shape
    halves = images.reshape(n, height // 2, 2, width // 2, 2, 3).astype(np.float32)
    return halves.mean(axis=(2, 4)).reshape(n, -1)


def gradients_and_colours(images: Images) -> Features:
    """HOG (Dalal and Triggs 2005) of the grey image, beside a histogram of each colour."""
    return np.concatenate([_hog(images), _histograms(images)], axis=1)


def _hog(images: Images) -> Features:
    """Orientations of gradients in cells of 8×8, normalised over 2×2 cells."""
    grey = images.astype(np.float32) @ np.float32([0.299, 0.587, 0.114])
    dy, dx = np.gradient(grey, axis=(1, 2))
    strength = np.hypot(dx, dy)
    turn = np.arctan2(dy, dx) % np.pi / np.pi * _ORIENTATIONS
    low = np.floor(turn).astype(int) % _ORIENTATIONS
    part = turn - np.floor(turn)
    n, size = len(images), images.shape[1] // _CELL
    cells = np.zeros((n, size, size, _ORIENTATIONS), dtype=np.float32)
    for k in range(_ORIENTATIONS):
        weight = strength * ((low == k) * (1 - part) + ((low + 1) % _ORIENTATIONS == k) * part)
        cells[..., k] = weight.reshape(n, size, _CELL, size, _CELL).sum(axis=(2, 4))
    blocks = np.concatenate(
        [cells[:, i : size - 1 + i, j : size - 1 + j] for i in (0, 1) for j in (0, 1)], axis=3
    )
    blocks /= np.linalg.norm(blocks, axis=3, keepdims=True) + 1e-3 * 255
    return blocks.reshape(n, -1)


def _histograms(images: Images) -> Features:
    binned = images // (256 // _BINS)
    shares = [(binned == k).mean(axis=(1, 2)) for k in range(_BINS)]
    return np.concatenate(shares, axis=1).astype(np.float32)


class PatchWords:
    """Whitened 6×6 patches by their nearness to a dictionary (Coates, Lee and Ng 2011).

    The dictionary is k-means' centres of patches, or patches drawn at random; activations are
    "triangle" ones, averaged over each quarter of the photograph.
    """

    def __init__(self, images: Images, *, is_learnt: bool) -> None:
        rng = np.random.default_rng(0)
        size = images.shape[1] - _PATCH
        n = 40_000
        which, ys, xs = rng.integers(len(images), size=n), *rng.integers(size, size=(2, n))
        drawn = np.stack(
            [
                images[i, y : y + _PATCH, x : x + _PATCH].ravel()
                for i, y, x in zip(which, ys, xs, strict=True)
            ]
        )
        patches = _even(drawn.astype(np.float32))
        self._mean = patches.mean(axis=0)
        values, vectors = np.linalg.eigh(np.cov(patches - self._mean, rowvar=False))
        self._whiten = (vectors / np.sqrt(values + 0.1) @ vectors.T).astype(np.float32)
        white = (patches - self._mean) @ self._whiten
        if is_learnt:
            means = MiniBatchKMeans(_WORDS, n_init=1, max_iter=30, random_state=0).fit(white)
            self._words = means.cluster_centers_.astype(np.float32)
        else:
            self._words = white[:_WORDS]

    def __call__(self, images: Images) -> Features:
        """(4 · 256) numbers a photograph."""
        batches = range(0, len(images), _AT_ONCE)
        return np.concatenate([self._pooled(images[i : i + _AT_ONCE]) for i in batches])

    def _pooled(self, images: Images) -> Features:
        windows = sliding_window_view(images, (_PATCH, _PATCH), axis=(1, 2))[:, ::2, ::2]
        n, height, width = windows.shape[:3]
        flat = windows.transpose(0, 1, 2, 4, 5, 3).reshape(n * height * width, -1)
        white = (_even(flat.astype(np.float32)) - self._mean) @ self._whiten
        squares = (white**2).sum(1)[:, None] + (self._words**2).sum(1)
        distances = np.sqrt(np.maximum(squares - 2 * white @ self._words.T, 0))
        near = np.maximum(distances.mean(axis=1, keepdims=True) - distances, 0)
        maps = near.reshape(n, height, width, -1)
        half = height // 2
        quarters = [maps[:, a, b] for a in (slice(half), slice(half, None)) for b in
                    (slice(half), slice(half, None))]  # fmt: skip
        return np.concatenate([quarter.mean(axis=(1, 2)) for quarter in quarters], axis=1)


def _even(patches: Features) -> Features:
    """Patches without their own brightness and contrast."""
    centred = patches - patches.mean(axis=1, keepdims=True)
    return centred / np.sqrt(centred.var(axis=1, keepdims=True) + 10)
