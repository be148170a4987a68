"""Photographs that show no device, or several: what customers also send by mistake."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from electronics.photographs import camera, scene
from electronics.photographs.damages import DAMAGES
from electronics.photographs.devices import DEVICES
from electronics.photographs.plane import Plane, X, Y, coverage, mix, rounded_box, smooth_noise

_SHARE_COVERED = 0.1
_SHARE_OF_A_THIRD_DEVICE = 0.25
_SHARE_SWITCHED_ON = 0.65
_SHARE_OF_THE_SAME_KIND = 0.4


def no_device(
    rng: np.random.Generator, device_kind: str, damage_type: str, severity: float
) -> NDArray[np.uint8]:
    """A table with papers, boxes and cups on it, or a finger on the lens; never a device."""
    image = scene.background(rng)
    nowhere = np.zeros_like(X)
    if rng.random() < _SHARE_COVERED:
        skin = np.asarray((0.45, 0.2, 0.16), dtype=np.float32) * np.float32(rng.uniform(0.1, 1.2))
        image = mix(image, skin, np.clip(0.7 + 0.5 * smooth_noise(rng, 3), 0, 1))
    else:
        for _ in range(int(rng.integers(0, 4))):
            image = _THINGS[int(rng.integers(len(_THINGS)))](rng, image)
    image = scene.daylight(rng, image, gloss=0.2)
    return camera.snapshot(rng, scene.clutter(rng, image, nowhere))


def several_devices(
    rng: np.random.Generator, device_kind: str, damage_type: str, severity: float
) -> NDArray[np.uint8]:
    """Two devices beside each other, or three; one of them is the damaged one."""
    count = 3 if rng.random() < _SHARE_OF_A_THIRD_DEVICE else 2
    heading = rng.uniform(0, 2 * np.pi)
    image, bodies, gloss = scene.background(rng), np.zeros_like(X), 0.0
    for index in range(count):
        angle = heading + 2 * np.pi * index / count + rng.normal(0, 0.2)
        away = rng.uniform(0.5, 0.75)
        kind = device_kind
        if index and rng.random() > _SHARE_OF_THE_SAME_KIND:
            kind = list(DEVICES)[int(rng.integers(len(DEVICES)))]
        device = DEVICES[kind]
        pose = camera.held_by_hand(rng, device, on_screen=True)
        # Wide enough for each to fill about half of the photograph.
        window = (device.body_box[2] - device.body_box[0]) * rng.uniform(0.8, 1.3) + 0.2
        pose = replace(pose, half_window=window)
        middle = _device_point(pose, away * np.cos(angle), away * np.sin(angle))
        pose = replace(pose, centre=(-middle[0], -middle[1]))
        damage = DAMAGES["none" if index else damage_type](rng, severity)
        u, v = pose.device_coordinates(*damage.bend)
        is_on = bool(rng.random() < _SHARE_SWITCHED_ON)
        surface = damage.mark(device.draw(rng, u, v, pose.pixel, is_on), u, v)
        image = mix(image, surface.colours, surface.body)
        bodies, gloss = np.maximum(bodies, surface.body), max(gloss, surface.gloss)
    image = scene.daylight(rng, image, gloss)
    return camera.snapshot(rng, scene.clutter(rng, image, bodies))


def _device_point(pose: camera.Pose, x: float, y: float) -> tuple[float, float]:
    """Where a point of the photograph lies on a device whose middle is at its centre."""
    cos, sin = np.cos(pose.angle), np.sin(pose.angle)
    return (
        float(pose.half_window * (cos * x - sin * y)),
        float(pose.half_window * (sin * x + cos * y)),
    )


def _turned(rng: np.random.Generator) -> tuple[Plane, Plane]:
    """Coordinates of a thing that lies somewhere, at some angle."""
    x, y = rng.uniform(-0.7, 0.7, 2)
    angle = rng.uniform(0, 2 * np.pi)
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    dx, dy = X - np.float32(x), Y - np.float32(y)
    return cos * dx - sin * dy, sin * dx + cos * dy


def _paper(rng: np.random.Generator, image: Plane) -> Plane:
    """A receipt or letter: rows of print, like those of an app on a screen."""
    u, v = _turned(rng)
    width, height = rng.uniform(0.25, 0.7), rng.uniform(0.5, 1.0)
    sheet = coverage(rounded_box(u, v, width, height, 0.01), 0.02)
    rows = coverage(np.abs(np.sin(v * np.float32(rng.uniform(15, 40)))) - 0.4, 0.3)
    words = coverage(0.35 - smooth_noise(rng, 20), 0.1)
    inside = coverage(rounded_box(u, v, width * 0.85, height * 0.9, 0.01), 0.02)
    image = mix(image, rng.uniform(0.75, 0.98), sheet)
    return mix(image, 0.2, rows * words * inside * np.float32(rng.uniform(0.4, 0.9)))


def _box(rng: np.random.Generator, image: Plane) -> Plane:
    """A box, book or card in one colour with a stripe: of a device's shape, without a screen."""
    u, v = _turned(rng)
    width, height = rng.uniform(0.3, 0.7), rng.uniform(0.4, 0.9)
    lid = rounded_box(u, v, width, height, 0.02)
    shadow = coverage(rounded_box(u - 0.05, v - 0.05, width, height, 0.05), 0.15)
    image = image * (1 - 0.35 * shadow)[..., None]
    image = mix(image, rng.random(3), coverage(lid, 0.02))
    stripe = coverage(np.abs(v - np.float32(rng.uniform(-0.3, 0.3))) - 0.06, 0.02)
    return mix(image, rng.random(3), stripe * coverage(lid, 0.02))


def _cup(rng: np.random.Generator, image: Plane) -> Plane:
    """A cup or plate from above: rings, like an ear cup of headphones."""
    u, v = _turned(rng)
    radius = rng.uniform(0.25, 0.6)
    distance = np.hypot(u, v) - np.float32(radius)
    image = image * (1 - 0.3 * coverage(distance - 0.05, 0.2))[..., None]
    image = mix(image, rng.uniform(0.3, 0.95) + rng.normal(0, 0.05, 3), coverage(distance, 0.02))
    return mix(image, rng.uniform(0.1, 0.9, 3), coverage(distance + radius * 0.15, 0.03))


def _cable(rng: np.random.Generator, image: Plane) -> Plane:
    """A charger's cable in a loop."""
    u, v = _turned(rng)
    loop = np.abs(np.hypot(u, v * np.float32(rng.uniform(0.6, 1.4))) - rng.uniform(0.3, 0.8))
    return mix(
        image, rng.choice([0.05, 0.5, 0.92]), coverage(loop - rng.uniform(0.015, 0.04), 0.02)
    )


_THINGS: tuple[Callable[[np.random.Generator, Plane], Plane], ...] = (_paper, _box, _cup, _cable)
