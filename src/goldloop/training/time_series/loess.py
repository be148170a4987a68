"""Locally weighted regression over equally spaced points, many series of one length at once.

Cleveland, Cleveland, McRae & Terpenning, "STL" (1990); the arithmetic follows
their Fortran (netlib.org/a/stl, subroutine `est`), so that results agree with
the implementations derived from it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Positions times window times series that are worked on at once: 32 MB of doubles.
_AT_ONCE = 4_000_000


def loess(
    values: Floats,
    window: int,
    degree: int = 1,
    jump: int = 1,
    robustness: Floats | None = None,
    margin: int = 0,
) -> Floats:
    """Return the smooth of each row of `values`.

    Args:
        values: shape (series, points).
        window: odd number of nearest points that weigh in.
        degree: of the local polynomial, 0 or 1.
        jump: the smooth is computed at every jump-th point and is linear between.
        robustness: weights of the points, of the shape of `values`.
        margin: points to extrapolate before the first and after the last.

    Returns:
        An array of shape (series, points + 2 * margin).
    """
    points = values.shape[1]
    kept = np.unique(np.append(np.arange(0, points, jump), points - 1))
    smooth = _at(values, kept, window, degree, robustness)
    if len(kept) < points:
        smooth = np.stack([np.interp(np.arange(points), kept, row) for row in smooth])
    if not margin:
        return smooth
    beyond = np.concatenate([np.arange(-margin, 0), np.arange(points, points + margin)])
    ends = _at(values, beyond, window, degree, robustness)
    return np.hstack([ends[:, :margin], smooth, ends[:, margin:]])


def _at(
    values: Floats,
    targets: NDArray[np.int64],
    window: int,
    degree: int,
    robustness: Floats | None,
) -> Floats:
    series, points = values.shape
    width = min(window, points)
    step = max(1, _AT_ONCE // (series * width))
    parts = [
        _fitted(values, targets[start : start + step], window, width, degree, robustness)
        for start in range(0, len(targets), step)
    ]
    return np.concatenate(parts, axis=1)


def _fitted(
    values: Floats,
    targets: NDArray[np.int64],
    window: int,
    width: int,
    degree: int,
    robustness: Floats | None,
) -> Floats:
    points = values.shape[1]
    left = np.clip(targets - width // 2, 0, points - width)
    neighbours = left[:, None] + np.arange(width)
    distance = np.abs(neighbours - targets[:, None]).astype(np.float64)
    reach = np.maximum(targets - left, left + width - 1 - targets).astype(np.float64)
    reach += max(0, window - points) // 2
    ratio = distance / np.maximum(reach, 1e-300)[:, None]
    weights = np.where(ratio <= 0.001, 1.0, (1.0 - np.minimum(ratio, 1.0) ** 3) ** 3)
    weights = np.where(ratio > 0.999, 0.0, weights)[None]
    if robustness is not None:
        weights = weights * robustness[:, neighbours]
    total = weights.sum(axis=2, keepdims=True)
    weights = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    if degree:
        weights = _tilted(weights, neighbours, targets, points)
    local = values[:, neighbours]
    fitted = np.einsum("stw,stw->st", np.broadcast_to(weights, local.shape), local)
    # Where every neighbour has lost its weight, the point stands for itself.
    own = values[:, np.clip(targets, 0, points - 1)]
    return np.where(total[..., 0] > 0, fitted, own)


def _tilted(
    weights: Floats, neighbours: NDArray[np.int64], targets: NDArray[np.int64], points: int
) -> Floats:
    centre = (weights * neighbours).sum(axis=2, keepdims=True)
    offsets = neighbours - centre
    spread = (weights * offsets**2).sum(axis=2, keepdims=True)
    is_sloped = np.sqrt(spread) > 0.001 * (points - 1)
    slope = np.divide(
        targets[None, :, None] - centre, spread, out=np.zeros_like(spread), where=is_sloped
    )
    return weights * (1.0 + slope * offsets)
