"""Close-ups of damaged devices, drawn rather than taken: the landing zone's photographs."""

from electronics.photographs.png import encode_png
from electronics.photographs.render import render_photograph
from electronics.photographs.vocabulary import DAMAGE_TYPES, DEVICE_KINDS, IN_VIEW, VIEWS

__all__ = [
    "DAMAGE_TYPES",
    "DEVICE_KINDS",
    "IN_VIEW",
    "VIEWS",
    "encode_png",
    "render_photograph",
]
