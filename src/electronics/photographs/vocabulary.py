"""The words of a photograph: what is shown, what is wrong with it, and who took it."""

DEVICE_KINDS = ("smartphone", "tablet", "laptop", "smartwatch", "headphones")
DAMAGE_TYPES = ("none", "scratch", "crack", "dent", "water", "screen_fault")
VIEWS = ("customer", "factory")
IN_VIEW = ("one_device", "no_device", "several_devices")
"""A customer's photograph should show one device; the other two are mistakes."""
