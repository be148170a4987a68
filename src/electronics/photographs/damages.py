"""The five damages: each bends the device's surface, marks it, or both.

A damage is made for a severity of 0…1 that sets its size, number and contrast. Coordinates
are the photograph's (x, y in -1…1); a screen fault follows the screen's own axes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from electronics.photographs.devices import Surface
from electronics.photographs.plane import Plane, Strokes, X, Y, coverage, mix, smooth_noise

_NO_BEND = np.zeros_like(X)


@dataclass(frozen=True)
class Damage:
    """`bend` shifts what is seen by (dx, dy); `mark` paints on the surface as seen.

    `mark` gets the surface and the device coordinates u, v of each pixel.
    """

    mark: Callable[[Surface, Plane, Plane], Surface]
    bend: tuple[Plane, Plane] = (_NO_BEND, _NO_BEND)


def none(rng: np.random.Generator, severity: float) -> Damage:
    """Nothing at all."""
    return Damage(lambda surface, u, v: surface)


def scratch(rng: np.random.Generator, severity: float) -> Damage:
    """A few nearly straight, tapered strokes in about one direction, brighter than the surface."""
    strokes, centre = Strokes(), rng.normal(0, 0.25, 2)
    heading = rng.uniform(0, 2 * np.pi)
    for _ in range(2 + int(rng.poisson(1.0 + 4.0 * severity))):
        angle = heading + rng.normal(0, 0.18)
        length = rng.uniform(0.25, 0.6) + 0.7 * severity
        travel = np.linspace(-length / 2, length / 2, 9)
        sag = rng.normal(0, 0.12) * (travel**2 - length**2 / 4)
        start = centre + rng.normal(0, 0.22, 2)
        x = start[0] + travel * np.cos(angle) - sag * np.sin(angle)
        y = start[1] + travel * np.sin(angle) + sag * np.cos(angle)
        strokes.tapered(np.stack([x, y], axis=1), rng.uniform(0.7, 1.0) + 0.6 * severity)
    return _grooves(strokes.plane(), 0.6 + 0.4 * severity, rng.uniform(0.65, 1.0))


def crack(rng: np.random.Generator, severity: float) -> Damage:
    """Jagged rays from a point of impact, forking; at high severity, rings between them."""
    strokes, centre = Strokes(), rng.normal(0, 0.3, 2)
    rays = 2 + int(rng.poisson(1.5 + 4.5 * severity))
    first = rng.uniform(0, 2 * np.pi)
    angles = first + 2 * np.pi * np.arange(rays) / rays + rng.normal(0, 0.35, rays)
    reach = 0.5 + 0.9 * severity
    for angle in angles:
        _ray(rng, strokes, centre, angle, reach * rng.uniform(0.5, 1.3), severity)
    if rays > 3 and severity > 0.5:
        for radius in rng.uniform(0.08, 0.4, int(rng.integers(1, 4))):
            arc = rng.uniform(0, 2 * np.pi) + np.linspace(0, rng.uniform(1, 4), 7)
            ring = radius * np.stack([np.cos(arc), np.sin(arc)], axis=1)
            strokes.line(centre + ring + rng.normal(0, 0.02, (7, 2)), 0.5, 0.7)
    return _grooves(strokes.plane(), 0.65 + 0.35 * severity, rng.uniform(0.6, 1.0))


def dent(rng: np.random.Generator, severity: float) -> Damage:
    """A hollow: lit on one side, shaded on the other, bending lines that cross it."""
    centre, angle = rng.normal(0, 0.3, 2), rng.uniform(0, 2 * np.pi)
    radius, stretch = rng.uniform(0.22, 0.35) + 0.25 * severity, rng.uniform(0.6, 1.5)
    dx, dy = X - np.float32(centre[0]), Y - np.float32(centre[1])
    hollow = np.exp(-((((dx * stretch) ** 2 + dy**2) / radius**2) ** 1.3)).astype(np.float32)
    slope_y, slope_x = np.gradient(hollow)
    light = slope_x * np.float32(np.cos(angle)) + slope_y * np.float32(np.sin(angle))
    contrast = 0.45 + 0.4 * severity
    shade: Plane = np.asarray(light / np.abs(light).max() * contrast, dtype=np.float32)
    depth = np.float32(-0.15 - 0.5 * severity)

    def mark(surface: Surface, u: Plane, v: Plane) -> Surface:
        lit = surface.colours * (1 + shade)[..., None] + np.maximum(shade, 0)[..., None] * 0.35
        return replace(surface, colours=lit.astype(np.float32))

    return Damage(mark, bend=(dx * hollow * depth, dy * hollow * depth))


def water(rng: np.random.Generator, severity: float) -> Damage:
    """Drops that refract and shine, or a dried stain with a tide-line."""
    centre = rng.normal(0, 0.3, 2)
    clouds = smooth_noise(rng, int(rng.integers(4, 8)))
    radius = rng.uniform(0.2, 0.35) + 0.55 * severity
    falloff = np.hypot(X - np.float32(centre[0]), Y - np.float32(centre[1])) / np.float32(radius)
    depth = (clouds - 0.15 - 0.45 * falloff).astype(np.float32)
    wet = coverage(-depth, 0.06)
    rim = coverage(np.abs(depth) - 0.03, 0.05)
    strength = 0.5 + 0.4 * severity
    tint = rng.choice([0.25, 0.8]) + rng.normal(0, 0.04, 3)
    shine = rng.random() < 0.5
    slope_y, slope_x = np.gradient(np.maximum(depth, 0))

    def mark(surface: Surface, u: Plane, v: Plane) -> Surface:
        colours = mix(surface.colours, tint, wet * np.float32(strength * 0.45))
        colours = mix(colours, 0.95 if shine else tint * 0.6, rim * np.float32(strength))
        glint = np.clip((slope_x + slope_y) * 20 - 0.4, 0, 1) * wet
        return replace(surface, colours=mix(colours, 1.0, glint * np.float32(shine * strength)))

    bend = np.float32(2.5 * strength)
    return Damage(mark, bend=(slope_x * wet * bend, slope_y * wet * bend))


def screen_fault(rng: np.random.Generator, severity: float) -> Damage:
    """Lines, a dark blotch, a band of wrong colour or a dead part: on the screen alone."""
    fault = _FAULTS[int(rng.integers(len(_FAULTS)))]
    strength = 0.75 + 0.25 * severity

    def mark(surface: Surface, u: Plane, v: Plane) -> Surface:
        faulty = fault(rng, surface.colours, u, v, severity)
        weight = surface.screen * np.float32(strength)
        return replace(surface, colours=mix(surface.colours, faulty, weight))

    return Damage(mark)


def _grooves(lines: Plane, strength: float, brightness: float) -> Damage:
    """Lines cut into a surface: bright where they catch light, dark on their lower side."""
    shadow = np.roll(lines, (2, 2), axis=(0, 1))

    def mark(surface: Surface, u: Plane, v: Plane) -> Surface:
        colours = mix(surface.colours, 0.02, shadow * np.float32(0.45 * strength))
        return replace(surface, colours=mix(colours, brightness, lines * np.float32(strength)))

    return Damage(mark)


def _ray(
    rng: np.random.Generator,
    strokes: Strokes,
    start: np.ndarray,
    angle: float,
    reach: float,
    severity: float,
) -> None:
    """One jagged line from `start`, with a fork now and then."""
    point, points = start, [start]
    pieces = max(2, int(reach / 0.16))
    for _ in range(pieces):
        angle += rng.normal(0, 0.32)
        point = point + np.array([np.cos(angle), np.sin(angle)]) * reach / pieces
        points.append(point)
        if rng.random() < 0.12 + 0.2 * severity:
            fork = angle + rng.choice([-1, 1]) * rng.uniform(0.4, 1.0)
            tip = point + np.array([np.cos(fork), np.sin(fork)]) * reach * rng.uniform(0.2, 0.5)
            strokes.line(np.stack([point, tip]), 0.5, 0.8)
    strokes.line(np.stack(points), rng.uniform(0.7, 1.0) + 0.4 * severity)


def _lines(rng: np.random.Generator, colours: Plane, u: Plane, v: Plane, severity: float) -> Plane:
    axis = u if rng.random() < 0.7 else v
    faulty = colours
    for _ in range(2 + int(rng.poisson(1 + 4 * severity))):
        offset = axis - np.float32(rng.normal(axis.mean(), axis.std() * 0.7))
        line = coverage(np.abs(offset) - np.float32(rng.uniform(0.008, 0.02)), 0.02)
        faulty = mix(faulty, rng.choice([0.0, 1.0], 3), line)
    return faulty


def _blotch(rng: np.random.Generator, colours: Plane, u: Plane, v: Plane, severity: float) -> Plane:
    x, y = rng.normal(0, 0.3, 2)
    distance = np.hypot(X - np.float32(x), Y - np.float32(y)) + 0.5 * (smooth_noise(rng, 5) - 0.5)
    distance = distance - np.float32(0.2 + 0.4 * severity)
    halo = mix(colours, (0.45, 0.15, 0.6), coverage(distance - 0.08, 0.2) * np.float32(0.7))
    return mix(halo, 0.02, coverage(distance, 0.08))


def _band(rng: np.random.Generator, colours: Plane, u: Plane, v: Plane, severity: float) -> Plane:
    axis = u if rng.random() < 0.5 else v
    width = axis.std() * (0.25 + 0.8 * severity) * rng.uniform(0.5, 1.2)
    band = np.abs(axis - np.float32(rng.normal(axis.mean(), axis.std() * 0.5))) - np.float32(width)
    tinted = colours * rng.uniform(0.2, 1.0, 3).astype(np.float32) + rng.uniform(0, 0.4, 3)
    return mix(colours, tinted, coverage(band, 0.02))


def _dead_part(
    rng: np.random.Generator, colours: Plane, u: Plane, v: Plane, severity: float
) -> Plane:
    axis = u if rng.random() < 0.5 else v
    reach = axis.std() * (0.8 - 1.2 * severity)
    offset = (axis - axis.mean()) * np.float32(rng.choice([-1, 1])) - np.float32(reach)
    return mix(colours, rng.choice([0.02, 0.95]), coverage(-offset, 0.03))


_FAULTS = (_lines, _lines, _lines, _blotch, _blotch, _band, _dead_part)

DAMAGES: dict[str, Callable[[np.random.Generator, float], Damage]] = {
    "none": none,
    "scratch": scratch,
    "crack": crack,
    "dent": dent,
    "water": water,
    "screen_fault": screen_fault,
}
