"""The five kinds of device, each drawn flat in its own coordinates.

Units are of a smartphone's size: its half-width is 0.75. `v` grows downwards.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from electronics.photographs import screens
from electronics.photographs.plane import SIZE, Plane, coverage, mix, rounded_box, smooth_noise

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in device coordinates."""


@dataclass(frozen=True)
class Surface:
    """A device as seen: colours, where it is, where its screen is, and how it shines."""

    colours: Plane
    body: Plane
    screen: Plane
    gloss: float


@dataclass(frozen=True)
class Device:
    """How to draw a device kind, where a close-up may be centred, and how wide it is."""

    draw: Callable[[np.random.Generator, Plane, Plane, float, bool], Surface]
    screen_box: Box
    body_box: Box
    half_window: tuple[float, float]


def _body_colour(rng: np.random.Generator) -> Plane:
    """Black, silver, white, gold, blue, red or green, each with its own tint."""
    bases = (
        (0.13, 0.13, 0.14),
        (0.72, 0.73, 0.75),
        (0.9, 0.9, 0.88),
        (0.8, 0.68, 0.52),
        (0.22, 0.3, 0.48),
        (0.55, 0.15, 0.16),
        (0.3, 0.42, 0.34),
    )
    base = np.asarray(bases[int(rng.integers(len(bases)))], dtype=np.float32)
    return np.clip(base + rng.normal(0, 0.04, 3).astype(np.float32), 0.03, 0.97)


def _painted(rng: np.random.Generator, u: Plane, v: Plane) -> Plane:
    """A body's paint with its grain: brushed metal, plain or mottled plastic."""
    colours = np.broadcast_to(_body_colour(rng), (*u.shape, 3)).astype(np.float32)
    finish = rng.random()
    if finish < 0.3:
        grain = np.repeat(rng.normal(0, 0.02, (SIZE, 1)), SIZE, axis=1)
        return colours + (grain if rng.random() < 0.5 else grain.T).astype(np.float32)[..., None]
    if finish < 0.6:
        return colours + (smooth_noise(rng, 12) - 0.5)[..., None] * np.float32(0.07)
    return colours


def _slab(
    rng: np.random.Generator,
    u: Plane,
    v: Plane,
    pixel: float,
    is_on: bool,
    body: tuple[float, float, float],
    screen: tuple[float, float, float],
) -> Surface:
    """A flat device that is mostly screen, given half-width, half-height and corner radius."""
    edge = rounded_box(u, v, *body)
    body_area, screen_area = coverage(edge, pixel), coverage(rounded_box(u, v, *screen), pixel)
    colours = mix(_painted(rng, u, v), (0.05, 0.05, 0.055), coverage(edge + 0.035, pixel))
    colours = mix(colours, screens.show(rng, u, v, is_on=is_on), screen_area)
    return Surface(colours, body_area, screen_area, gloss=0.8)


def _smartphone(rng: np.random.Generator, u: Plane, v: Plane, pixel: float, is_on: bool) -> Surface:
    surface = _slab(rng, u, v, pixel, is_on, (0.75, 1.55, 0.2), (0.69, 1.47, 0.15))
    hole_u, hole_v = rng.uniform(-0.4, 0.4), -1.36
    hole = coverage(np.hypot(u - hole_u, v - hole_v) - 0.05, pixel)
    colours = mix(surface.colours, 0.02, hole)
    return Surface(colours, surface.body, surface.screen * (1 - hole), surface.gloss)


def _tablet(rng: np.random.Generator, u: Plane, v: Plane, pixel: float, is_on: bool) -> Surface:
    return _slab(rng, u, v, pixel, is_on, (1.5, 2.0, 0.16), (1.34, 1.82, 0.05))


def _laptop(rng: np.random.Generator, u: Plane, v: Plane, pixel: float, is_on: bool) -> Surface:
    lid = coverage(rounded_box(u, v + 1.75, 2.4, 1.6, 0.12), pixel)
    screen = coverage(rounded_box(u, v + 1.75, 2.25, 1.43, 0.03), pixel)
    deck = coverage(rounded_box(u, v - 1.75, 2.4, 1.6, 0.12), pixel)
    paint = _painted(rng, u, v)
    key_u, key_v = u / 0.31, v / 0.31
    off_centre = np.maximum(
        np.abs(key_u - np.floor(key_u) - 0.5), np.abs(key_v - np.floor(key_v) - 0.5)
    )
    keys = coverage(off_centre - 0.4, pixel / 0.31) * coverage(
        rounded_box(u, v - 1.085, 2.17, 0.775, 0.02), pixel
    )
    pad = coverage(np.abs(rounded_box(u, v - 2.6, 0.8, 0.5, 0.05)) - 0.012, pixel)
    key_shade = rng.choice([0.08, 0.15, 0.8])
    colours = mix(mix(paint, key_shade, keys), paint * np.float32(0.7), pad)
    colours = mix(colours, 0.06, lid)
    colours = mix(colours, screens.show(rng, u, v + 1.75, is_on=is_on), screen)
    return Surface(colours, np.maximum(lid, deck), screen, gloss=0.35)


def _smartwatch(rng: np.random.Generator, u: Plane, v: Plane, pixel: float, is_on: bool) -> Surface:
    strap = coverage(rounded_box(u, v, 0.52, 3.0, 0.1), pixel)
    roundness = rng.choice([0.3, 0.78])
    case_edge = rounded_box(u, v, 0.78, 0.86 if roundness < 0.5 else 0.78, roundness)
    case, screen = coverage(case_edge, pixel), coverage(case_edge + 0.14, pixel)
    ridges = np.float32(0.04) * np.sin(v * np.float32(rng.uniform(20, 60)))
    colours = _painted(rng, u, v) + ridges[..., None]
    colours = mix(colours, _painted(rng, u, v), case)
    colours = mix(colours, screens.show(rng, u, v, is_on=is_on), screen)
    return Surface(colours, np.maximum(strap, case), screen, gloss=0.7)


def _headphones(rng: np.random.Generator, u: Plane, v: Plane, pixel: float, is_on: bool) -> Surface:
    band_edge = np.abs(np.hypot(u, (v + 0.2) * np.float32(0.8)) - 1.9) - 0.16
    band = coverage(band_edge, pixel) * (v < 0)
    cup_edge = np.hypot(u, v * np.float32(0.85)) - 1.05
    cup, cap = coverage(cup_edge, pixel), coverage(cup_edge + 0.28, pixel)
    display = coverage(rounded_box(u, v - 0.1, 0.42, 0.3, 0.1), pixel)
    cushion = np.float32(0.5) + np.float32(0.3) * np.cos((cup_edge + 0.14) * 10)
    cushion_colours = _painted(rng, u, v) * np.float32(0.5) * cushion[..., None]
    colours = mix(mix(_painted(rng, u, v), cushion_colours, cup), _painted(rng, u, v), cap)
    rim = coverage(np.abs(cup_edge + 0.28) - 0.02, pixel)
    colours = mix(mix(colours, 0.1, rim), screens.show(rng, u, v, is_on=is_on), display)
    return Surface(colours, np.maximum(band, cup), display, gloss=0.3)


DEVICES = {
    "smartphone": Device(_smartphone, (-0.5, -1.2, 0.5, 1.2), (-0.6, -1.4, 0.6, 1.4), (0.45, 0.8)),
    "tablet": Device(_tablet, (-1.1, -1.5, 1.1, 1.5), (-1.3, -1.8, 1.3, 1.8), (0.5, 0.95)),
    "laptop": Device(_laptop, (-1.9, -2.9, 1.9, -0.6), (-2.1, 0.4, 2.1, 2.9), (0.6, 1.1)),
    "smartwatch": Device(_smartwatch, (-0.4, -0.4, 0.4, 0.4), (-0.5, -0.7, 0.5, 0.7), (0.5, 0.8)),
    "headphones": Device(_headphones, (-0.3, -0.1, 0.3, 0.3), (-0.6, -0.7, 0.6, 0.7), (0.5, 0.85)),
}
