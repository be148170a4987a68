"""What a device's screen shows: nothing, a wallpaper, an app, or icons.

Text lines and edges of an app are honest look-alikes of scratches and faulty lines.
"""

from collections.abc import Callable

import numpy as np

from electronics.photographs.plane import Plane, mix, smooth_noise


def show(rng: np.random.Generator, u: Plane, v: Plane, *, is_on: bool) -> Plane:
    """Colours of a screen in device coordinates; switched off with `is_on=False`."""
    if not is_on:
        return np.full((*u.shape, 3), rng.uniform(0.02, 0.09), dtype=np.float32)
    content = _CONTENTS[int(rng.integers(len(_CONTENTS)))]
    brightness = np.float32(rng.uniform(0.6, 1.0))
    return np.clip(content(rng, u, v) * brightness, 0, 1)


def _wallpaper(rng: np.random.Generator, u: Plane, v: Plane) -> Plane:
    angle = rng.uniform(0, 2 * np.pi)
    ramp = np.clip(0.5 + 0.4 * (u * np.cos(angle) + v * np.sin(angle)), 0, 1).astype(np.float32)
    low, middle, high = _muted(rng, 3)
    picture = low + (high - low) * ramp[..., None]
    return mix(picture, middle, np.clip(smooth_noise(rng, int(rng.integers(2, 4))) - 0.2, 0, 1))


def _app(rng: np.random.Generator, u: Plane, v: Plane) -> Plane:
    is_dark = rng.random() < 0.35
    paper, ink = (0.12, 0.75) if is_dark else (0.93, 0.25)
    page = np.full((*u.shape, 3), paper, dtype=np.float32)
    pitch, margin = rng.uniform(0.14, 0.26), rng.uniform(0.3, 0.6)
    row = np.floor(v / pitch)
    lengths = rng.uniform(0.2, 1.0, 64)[(row.astype(int)) % 64]
    is_text = ((v / pitch - row) < rng.uniform(0.2, 0.4)) & (u > -margin) & (u < lengths)
    page = mix(page, ink, is_text.astype(np.float32) * 0.8)
    top, height = rng.uniform(-1.2, 1.0), rng.uniform(0.2, 0.6)
    card = ((v > top) & (v < top + height) & (np.abs(u) < margin + 0.15)).astype(np.float32)
    return mix(page, _muted(rng, 1)[0], card)


def _icons(rng: np.random.Generator, u: Plane, v: Plane) -> Plane:
    pitch = rng.uniform(0.28, 0.42)
    column, row = np.floor(u / pitch), np.floor(v / pitch)
    du, dv = u / pitch - column - 0.5, v / pitch - row - 0.5
    is_icon = (np.maximum(np.abs(du), np.abs(dv)) < 0.33).astype(np.float32)
    palette = _muted(rng, 32)
    colours = palette[(column * 7 + row * 13).astype(int) % 32]
    return mix(_wallpaper(rng, u, v), colours, is_icon)


def _muted(rng: np.random.Generator, n: int) -> Plane:
    """(n, 3) colours as designers choose them: seldom fully saturated."""
    grey = rng.uniform(0.2, 0.8, (n, 1))
    return np.clip(grey + rng.normal(0, 0.14, (n, 3)), 0, 1).astype(np.float32)


_CONTENTS: tuple[Callable[[np.random.Generator, Plane, Plane], Plane], ...] = (
    _wallpaper,
    _wallpaper,
    _wallpaper,
    _wallpaper,
    _app,
    _icons,
)
