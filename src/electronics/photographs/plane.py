"""Drawing on a plane of pixels: shapes by signed distance, smooth noise, strokes, mixing.

Everything is drawn at twice the photograph's size and reduced at the end, so that a
hairline crack is a faint line rather than a row of dots.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw

Plane = NDArray[np.float32]
"""(size, size) values, or (size, size, 3) colours, in 0…1."""

PHOTOGRAPH_SIZE = 64
SIZE = 2 * PHOTOGRAPH_SIZE
STROKE_SCALE = 2

_AXIS = ((np.arange(SIZE, dtype=np.float32) + 0.5) / SIZE * 2 - 1).astype(np.float32)
X = np.tile(_AXIS, (SIZE, 1))
Y = np.ascontiguousarray(X.T)


def rounded_box(u: Plane, v: Plane, half_width: float, half_height: float, radius: float) -> Plane:
    """Signed distance to a box with round corners, centred at the origin; negative inside."""
    across = np.abs(u) - np.float32(half_width - radius)
    along = np.abs(v) - np.float32(half_height - radius)
    outside = np.hypot(np.maximum(across, 0), np.maximum(along, 0))
    return outside + np.minimum(np.maximum(across, along), 0) - np.float32(radius)


def coverage(distance: NDArray[np.floating], softness: float) -> Plane:
    """How much of a pixel lies inside a shape, the edge being `softness` wide."""
    return np.clip(0.5 - np.asarray(distance, dtype=np.float32) / np.float32(softness), 0, 1)


def mix(under: Plane, over: ArrayLike, weight: Plane | float) -> Plane:
    """`over` laid on `under` with a weight of 0…1 by pixel."""
    if isinstance(weight, np.ndarray) and under.ndim == 3 and weight.ndim == 2:
        weight = weight[..., None]
    return under + (np.asarray(over, dtype=np.float32) - under) * weight


def smooth_noise(rng: np.random.Generator, cells: int) -> Plane:
    """Cloudy values in about 0…1 whose clouds are 1/`cells` of the plane wide."""
    grid = rng.random((cells + 2, cells + 2), dtype=np.float32)
    clouds = Image.fromarray(grid).resize((SIZE, SIZE), Image.Resampling.BICUBIC)
    return np.asarray(clouds, dtype=np.float32)


class Strokes:
    """Lines drawn with smooth edges; points are (x, y) in -1…1, widths in photograph pixels."""

    def __init__(self) -> None:
        self._size = SIZE * STROKE_SCALE
        self._image = Image.new("L", (self._size, self._size), 0)
        self._draw = ImageDraw.Draw(self._image)

    def line(self, points: NDArray[np.floating], width: float, strength: float = 1.0) -> None:
        """Draw a polyline of (n, 2) points."""
        pixels = ((points + 1) / 2 * self._size).astype(float)
        self._draw.line(
            [tuple(point) for point in pixels.tolist()],
            fill=int(255 * min(strength, 1.0)),
            width=max(1, round(width * self._size / PHOTOGRAPH_SIZE)),
            joint="curve",
        )

    def tapered(self, points: NDArray[np.floating], width: float, strength: float = 1.0) -> None:
        """Draw a polyline that thins and fades towards both ends."""
        pieces = len(points) - 1
        for piece in range(pieces):
            fullness = np.sin(np.pi * (piece + 0.7) / (pieces + 0.4)) ** 0.5
            self.line(points[piece : piece + 2], width * fullness, strength * fullness)

    def plane(self) -> Plane:
        """The strokes' coverage of each pixel."""
        reduced = self._image.reduce(STROKE_SCALE)
        return np.asarray(reduced, dtype=np.float32) / np.float32(255)
