"""A photograph from its caption: the kind of device, its damage, the view, and a seed."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from electronics.photographs import camera, mistakes, scene
from electronics.photographs.damages import DAMAGES
from electronics.photographs.devices import DEVICES, Device, Surface
from electronics.photographs.plane import mix
from electronics.photographs.vocabulary import DAMAGE_TYPES, DEVICE_KINDS, IN_VIEW, VIEWS

_SHARE_OF_SCREENS = {"screen_fault": 1.0, "crack": 0.8}
_USUAL_SHARE_OF_SCREENS = 0.6
_SHARE_SWITCHED_ON = {"screen_fault": 1.0}
_USUAL_SHARE_SWITCHED_ON = 0.65


def render_photograph(
    device_kind: str,
    damage_type: str,
    severity: float,
    view: str,
    seed: int,
    in_view: str = "one_device",
) -> NDArray[np.uint8]:
    """Draw a close-up of a device; the same arguments always give the same pixels.

    Args:
        device_kind: One of `DEVICE_KINDS`.
        damage_type: One of `DAMAGE_TYPES`.
        severity: 0 (hardly visible) to 1 (total); sets the damage's size and contrast.
        view: "customer" (a telephone in a hand) or "factory" (a line camera).
        seed: Not negative; another seed is another device in another scene.
        in_view: One of `IN_VIEW`; the factory's camera always sees one device.

    Returns:
        (64, 64, 3) levels of red, green and blue.

    Raises:
        ValueError: An argument is outside its vocabulary or range.
    """
    for name, value, allowed in (
        ("device_kind", device_kind, DEVICE_KINDS),
        ("damage_type", damage_type, DAMAGE_TYPES),
        ("view", view, VIEWS),
        ("in_view", in_view, IN_VIEW if view == "customer" else IN_VIEW[:1]),
    ):
        if value not in allowed:
            raise ValueError(f"{name} is {value!r}; expected one of {', '.join(allowed)}")
    if not 0 <= severity <= 1:
        raise ValueError(f"severity is {severity!r}; expected a number from 0 to 1")
    if seed < 0:
        raise ValueError(f"seed is {seed!r}; expected an integer that is not negative")

    rng = np.random.default_rng(
        [
            seed,
            DEVICE_KINDS.index(device_kind),
            DAMAGE_TYPES.index(damage_type),
            VIEWS.index(view),
            # Nothing is added for one device: numpy would draw otherwise.
            *([IN_VIEW.index(in_view)] if in_view in _MISTAKES else []),
        ]
    )
    if in_view in _MISTAKES:
        return _MISTAKES[in_view](rng, device_kind, damage_type, severity)
    return _STUDIOS[view].photograph(rng, DEVICES[device_kind], damage_type, severity)


class _Studio(Protocol):
    def photograph(
        self, rng: np.random.Generator, device: Device, damage_type: str, severity: float
    ) -> NDArray[np.uint8]: ...


@dataclass(frozen=True)
class _Home:
    def photograph(
        self, rng: np.random.Generator, device: Device, damage_type: str, severity: float
    ) -> NDArray[np.uint8]:
        on_screen = rng.random() < _SHARE_OF_SCREENS.get(damage_type, _USUAL_SHARE_OF_SCREENS)
        pose = camera.held_by_hand(rng, device, on_screen=on_screen)
        surface = _damaged(rng, device, damage_type, severity, pose)
        image = mix(scene.background(rng), surface.colours, surface.body)
        image = scene.daylight(rng, image, surface.gloss)
        return camera.snapshot(rng, scene.clutter(rng, image, surface.body))


@dataclass(frozen=True)
class _Factory:
    def photograph(
        self, rng: np.random.Generator, device: Device, damage_type: str, severity: float
    ) -> NDArray[np.uint8]:
        on_screen = rng.random() < _SHARE_OF_SCREENS.get(damage_type, _USUAL_SHARE_OF_SCREENS)
        pose = camera.over_the_line(rng, device, on_screen=on_screen)
        surface = _damaged(rng, device, damage_type, severity, pose)
        return camera.line_camera(rng, mix(scene.conveyor(rng), surface.colours, surface.body))


_MISTAKES = {"no_device": mistakes.no_device, "several_devices": mistakes.several_devices}
_STUDIOS: dict[str, _Studio] = {"customer": _Home(), "factory": _Factory()}


def _damaged(
    rng: np.random.Generator, device: Device, damage_type: str, severity: float, pose: camera.Pose
) -> Surface:
    damage = DAMAGES[damage_type](rng, severity)
    u, v = pose.device_coordinates(*damage.bend)
    is_on = rng.random() < _SHARE_SWITCHED_ON.get(damage_type, _USUAL_SHARE_SWITCHED_ON)
    return damage.mark(device.draw(rng, u, v, pose.pixel, bool(is_on)), u, v)
