"""Where a device lies and what light falls on it, including what may be taken for damage."""

from collections.abc import Callable

import numpy as np

from electronics.photographs.plane import Plane, Strokes, X, Y, coverage, mix, smooth_noise


def background(rng: np.random.Generator) -> Plane:
    """A customer's table: wood, cloth, marble or plain, in any colour."""
    return _BACKGROUNDS[int(rng.integers(len(_BACKGROUNDS)))](rng)


def conveyor(rng: np.random.Generator) -> Plane:
    """The factory's dark belt."""
    shade = rng.uniform(0.16, 0.24)
    return np.full((*X.shape, 3), shade, dtype=np.float32)


def daylight(rng: np.random.Generator, image: Plane, gloss: float) -> Plane:
    """Light that falls from a side, shines on gloss, and is partly shaded."""
    angle = rng.uniform(0, 2 * np.pi)
    side = (X * np.cos(angle) + Y * np.sin(angle)).astype(np.float32)
    image = image * (1 + np.float32(rng.uniform(0.05, 0.45)) * side)[..., None]
    if rng.random() < 0.45:
        image = _glare(rng, image, gloss)
    if rng.random() < 0.35:
        image = _reflected_lamp(rng, image, gloss)
    if rng.random() < 0.35:
        image = _shadow(rng, image)
    return image


def clutter(rng: np.random.Generator, image: Plane, body: Plane) -> Plane:
    """Dust, smears, hairs, stickers and fingers: on sound and damaged devices alike."""
    for chance, thing in _CLUTTER:
        if rng.random() < chance:
            image = thing(rng, image, body)
    return image


def _plain(rng: np.random.Generator) -> Plane:
    colour = rng.uniform(0.1, 0.95) + rng.normal(0, 0.1, 3)
    grain = (smooth_noise(rng, 24) - 0.5)[..., None] * np.float32(0.06)
    return np.clip(colour.astype(np.float32) + grain, 0, 1)


def _wood(rng: np.random.Generator) -> Plane:
    along, across = (X, Y) if rng.random() < 0.5 else (Y, X)
    rings = np.sin(across * np.float32(rng.uniform(8, 25)) + 3 * smooth_noise(rng, 3) + along)
    tone = np.asarray((0.55, 0.38, 0.22), dtype=np.float32) * np.float32(rng.uniform(0.5, 1.5))
    return np.clip(tone * (1 + np.float32(0.15) * rings[..., None]), 0, 1)


def _cloth(rng: np.random.Generator) -> Plane:
    pitch = rng.uniform(20, 60)
    weave = np.sin(X * np.float32(pitch)) * np.sin(Y * np.float32(pitch))
    colour = rng.random(3, dtype=np.float32) * np.float32(0.8)
    return np.clip(colour + np.float32(0.06) * weave[..., None], 0, 1)


def _marble(rng: np.random.Generator) -> Plane:
    veins = 1 - np.minimum(1, np.abs(smooth_noise(rng, 5) - 0.5) * 10)
    colours = np.full((*X.shape, 3), rng.uniform(0.6, 0.95), dtype=np.float32)
    return mix(colours, rng.uniform(0.2, 0.5), veins * 0.5)


_BACKGROUNDS: tuple[Callable[[np.random.Generator], Plane], ...] = (_plain, _wood, _cloth, _marble)


def _glare(rng: np.random.Generator, image: Plane, gloss: float) -> Plane:
    """The blurred highlight of a lamp, like the bright side of a dent."""
    x, y = rng.uniform(-0.9, 0.9, 2)
    spread, stretch = rng.uniform(0.15, 0.5), rng.uniform(0.6, 1.6)
    spot = np.exp(-(((X - x) * stretch) ** 2 + (Y - y) ** 2) / (2 * spread**2))
    return mix(image, 1.0, spot.astype(np.float32) * np.float32(rng.uniform(0.2, 0.9) * gloss))


def _reflected_lamp(rng: np.random.Generator, image: Plane, gloss: float) -> Plane:
    """A straight streak of a tube or window frame, like a wide scratch."""
    angle, offset = rng.uniform(0, np.pi), rng.uniform(-0.7, 0.7)
    distance = X * np.cos(angle) + Y * np.sin(angle) - offset
    streak = np.exp(-((distance / rng.uniform(0.03, 0.16)) ** 2)).astype(np.float32)
    return mix(image, 1.0, streak * np.float32(rng.uniform(0.15, 0.7) * gloss))


def _shadow(rng: np.random.Generator, image: Plane) -> Plane:
    """The photographer's own shadow."""
    angle, offset = rng.uniform(0, 2 * np.pi), rng.uniform(-0.2, 0.9)
    distance = X * np.cos(angle) + Y * np.sin(angle) - offset + 0.4 * (smooth_noise(rng, 3) - 0.5)
    shaded = coverage(-distance.astype(np.float32), rng.uniform(0.05, 0.6))
    return image * (1 - np.float32(rng.uniform(0.2, 0.55)) * shaded)[..., None]


def _dust(rng: np.random.Generator, image: Plane, body: Plane) -> Plane:
    specks = Strokes()
    for x, y in rng.uniform(-1, 1, (int(rng.integers(4, 30)), 2)):
        end = rng.normal(0, 0.02, 2)
        specks.line(np.array([(x, y), (x + end[0], y + end[1])]), 0.5, rng.uniform(0.2, 0.8))
    return mix(image, 0.8, specks.plane() * body * np.float32(0.6))


def _smear(rng: np.random.Generator, image: Plane, body: Plane) -> Plane:
    """Grease of fingers: a haze like that of dried water."""
    haze = np.clip(smooth_noise(rng, int(rng.integers(3, 7))) * 2 - 0.9, 0, 1)
    return mix(image, rng.uniform(0.45, 0.8), haze * body * np.float32(rng.uniform(0.08, 0.3)))


def _hair(rng: np.random.Generator, image: Plane, body: Plane) -> Plane:
    """A hair or thread: as thin as a scratch, and darker or brighter than what it lies on."""
    start, heading = rng.uniform(-0.8, 0.8, 2), rng.uniform(0, 2 * np.pi)
    turns = np.cumsum(rng.normal(rng.normal(0, 0.08), 0.08, 24)) + heading
    steps = np.stack([np.cos(turns), np.sin(turns)], axis=1) * rng.uniform(0.02, 0.07)
    thread = Strokes()
    thread.line(start + np.cumsum(steps, axis=0), rng.uniform(0.5, 1.1))
    return mix(image, rng.choice([0.05, 0.1, 0.85]), thread.plane() * np.float32(0.8))


def _sticker(rng: np.random.Generator, image: Plane, body: Plane) -> Plane:
    """A label or protective film whose edge crosses the device."""
    angle, offset = rng.uniform(0, np.pi), rng.uniform(-0.8, 0.8)
    distance = (X * np.cos(angle) + Y * np.sin(angle) - offset).astype(np.float32)
    film = mix(image, rng.random(3), coverage(distance, 0.02) * body * np.float32(0.12))
    return mix(film, 0.9, coverage(np.abs(distance) - 0.006, 0.02) * body * np.float32(0.35))


def _finger(rng: np.random.Generator, image: Plane, body: Plane) -> Plane:
    """A finger that holds the device and reaches in from the edge of the photograph."""
    angle = rng.uniform(0, 2 * np.pi)
    tip = rng.uniform(0.35, 0.8)
    along = (X * np.cos(angle) + Y * np.sin(angle)).astype(np.float32) - tip
    across = (-X * np.sin(angle) + Y * np.cos(angle)).astype(np.float32) - rng.uniform(-0.7, 0.7)
    width = rng.uniform(0.16, 0.32)
    edge = np.hypot(across, np.minimum(along, 0)) - width
    skin = np.asarray((0.85, 0.62, 0.5), dtype=np.float32) * np.float32(rng.uniform(0.35, 1.1))
    roundness = (1 - 0.4 * np.clip(np.abs(across) / width, 0, 1) ** 2)[..., None]
    image = image * (1 - 0.4 * coverage(edge - 0.06, 0.2))[..., None]
    return mix(image, skin * roundness, coverage(edge, 0.03))


_CLUTTER: tuple[tuple[float, Callable[[np.random.Generator, Plane, Plane], Plane]], ...] = (
    (0.4, _dust),
    (0.35, _smear),
    (0.2, _hair),
    (0.12, _sticker),
    (0.18, _finger),
)
