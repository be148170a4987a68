"""The two cameras: how each is held, and what it does to the light that reaches it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from electronics.photographs.devices import Device
from electronics.photographs.plane import PHOTOGRAPH_SIZE, Plane, X, Y


@dataclass(frozen=True)
class Pose:
    """The device point at the photograph's centre, half its width in device units, and its turn."""

    centre: tuple[float, float]
    half_window: float
    angle: float
    tilt: tuple[float, float]

    @property
    def pixel(self) -> float:
        """The width of a drawn pixel in device units."""
        return 2 * self.half_window / X.shape[0]

    def device_coordinates(self, dx: Plane, dy: Plane) -> tuple[Plane, Plane]:
        """Device coordinates (u, v) of each pixel, which is seen shifted by (dx, dy)."""
        depth = np.float32(1) / (1 + np.float32(self.tilt[0]) * X + np.float32(self.tilt[1]) * Y)
        x, y = (X + dx) * depth, (Y + dy) * depth
        cos, sin = np.float32(np.cos(self.angle)), np.float32(np.sin(self.angle))
        window = np.float32(self.half_window)
        u = np.float32(self.centre[0]) + window * (cos * x - sin * y)
        v = np.float32(self.centre[1]) + window * (sin * x + cos * y)
        return u.astype(np.float32, copy=False), v.astype(np.float32, copy=False)


def held_by_hand(rng: np.random.Generator, device: Device, *, on_screen: bool) -> Pose:
    """Any distance and turn, a little askew."""
    return Pose(
        _point_in(rng, device, on_screen, spread=1.0),
        rng.uniform(*device.half_window),
        rng.normal(0, 0.2) + rng.choice([0, 0, 0, np.pi / 2, -np.pi / 2, np.pi]),
        (rng.normal(0, 0.08), rng.normal(0, 0.08)),
    )


def over_the_line(rng: np.random.Generator, device: Device, *, on_screen: bool) -> Pose:
    """One distance, straight above, within the play of the fixture."""
    return Pose(
        _point_in(rng, device, on_screen, spread=0.7),
        float(np.mean(device.half_window)),
        rng.normal(0, 0.02),
        (0.0, 0.0),
    )


def snapshot(rng: np.random.Generator, light: Plane) -> NDArray[np.uint8]:
    """A telephone's picture: exposure, white balance, contrast, blur and noise of its own."""
    light = light * (np.float32(rng.uniform(0.65, 1.25)) * rng.normal(1, 0.06, 3)).astype(
        np.float32
    )
    light = 0.5 + (light - 0.5) * np.float32(rng.uniform(0.8, 1.15))
    blur = max(0.0, rng.normal(0.2, 0.3))
    noise = rng.uniform(0.004, 0.02)
    return _expose(rng, light, blur, noise)


def line_camera(rng: np.random.Generator, light: Plane) -> NDArray[np.uint8]:
    """A line camera's picture: nearly grey, sharp, each scanned line with its own gain."""
    grey = light @ np.asarray((0.35, 0.5, 0.15), dtype=np.float32)
    grey = 0.5 + (grey - 0.5) * np.float32(1.25)
    grey = grey * rng.normal(1, 0.02, (grey.shape[0], 1)).astype(np.float32)
    tint = np.asarray((0.97, 1.0, 1.02), dtype=np.float32)
    return _expose(rng, grey[..., None] * tint, blur=0.0, noise=0.012)


def _point_in(
    rng: np.random.Generator, device: Device, on_screen: bool, spread: float
) -> tuple[float, float]:
    left, top, right, bottom = device.screen_box if on_screen else device.body_box
    x, y = 0.5 + spread * (rng.random(2) - 0.5)
    return left + x * (right - left), top + y * (bottom - top)


def _expose(rng: np.random.Generator, light: Plane, blur: float, noise: float) -> NDArray[np.uint8]:
    levels = (np.clip(light, 0, 1) * 255).astype(np.uint8)
    image = Image.fromarray(levels)
    if blur > 0.1:
        image = image.filter(ImageFilter.GaussianBlur(2 * blur))
    small = np.asarray(image.reduce(light.shape[0] // PHOTOGRAPH_SIZE), dtype=np.float32)
    grain = rng.standard_normal(small.shape, dtype=np.float32) * np.float32(255 * noise)
    return np.clip(small + grain + 0.5, 0, 255).astype(np.uint8)
