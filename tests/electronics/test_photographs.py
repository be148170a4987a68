"""Photographs are drawn the same from the same caption, and show what the caption says."""

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from electronics.photographs import (
    DAMAGE_TYPES,
    DEVICE_KINDS,
    IN_VIEW,
    VIEWS,
    encode_png,
    render_photograph,
)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("damage_type", DAMAGE_TYPES)
@pytest.mark.parametrize("device_kind", DEVICE_KINDS)
def test_every_device_damage_and_view_is_drawn(device_kind, damage_type, view):
    for severity in (0.0, 0.5, 1.0):
        photograph = render_photograph(device_kind, damage_type, severity, view, seed=3)
        assert photograph.shape == (64, 64, 3)
        assert photograph.dtype == np.uint8
        assert photograph.std() > 1


def test_the_same_caption_and_seed_give_the_same_bytes():
    caption = ("tablet", "crack", 0.7, "customer", 11)
    assert encode_png(render_photograph(*caption)) == encode_png(render_photograph(*caption))


@pytest.mark.parametrize("in_view", IN_VIEW[1:])
def test_mistaken_photographs_are_drawn_and_the_factory_makes_none(in_view):
    caption = ("tablet", "crack", 0.7, "customer", 11)
    mistaken = [render_photograph(*caption[:-1], seed, in_view) for seed in range(30)]
    assert len({photograph.tobytes() for photograph in mistaken}) == 30
    assert not np.array_equal(mistaken[11], render_photograph(*caption))
    with pytest.raises(ValueError, match="in_view is"):
        render_photograph("tablet", "crack", 0.7, "factory", 11, in_view)


def test_other_seeds_give_other_photographs():
    photographs = [render_photograph("laptop", "none", 0.0, "customer", seed) for seed in range(50)]
    assert len({photograph.tobytes() for photograph in photographs}) == 50
    pairs = pairwise(photographs)
    differences = [np.abs(a.astype(int) - b).mean() for a, b in pairs]
    assert min(differences) > 5, "two seeds gave near-duplicates"


def test_damage_grows_with_severity():
    def changed_by(damage_type, severity):
        """Share of pixels in which a damage differs from its own faintest form."""
        shares = []
        for seed in range(20):
            faint = render_photograph("smartphone", damage_type, 0.0, "factory", seed).astype(int)
            shown = render_photograph("smartphone", damage_type, severity, "factory", seed)
            shares.append((np.abs(shown - faint).max(axis=2) > 25).mean())
        return np.mean(shares)

    for damage_type in ("dent", "water"):
        assert changed_by(damage_type, 0.9) > changed_by(damage_type, 0.3) > 0


def test_the_factory_sees_in_grey():
    def saturation(view):
        photographs = [render_photograph("tablet", "none", 0, view, s) for s in range(10)]
        return np.mean([np.ptp(p.astype(int), axis=2).mean() for p in photographs])

    assert saturation("factory") < 0.5 * saturation("customer")


def test_an_encoded_photograph_is_a_png_of_the_same_pixels():
    photograph = render_photograph("headphones", "dent", 0.4, "factory", 5)
    image = Image.open(io.BytesIO(encode_png(photograph)))
    assert image.format == "PNG"
    assert np.array_equal(np.asarray(image), photograph)


@pytest.mark.parametrize(
    ("argument", "value", "expected"),
    [
        ("device_kind", "toaster", "expected one of smartphone"),
        ("damage_type", "burn", "expected one of none"),
        ("view", "satellite", "expected one of customer"),
        ("in_view", "nothing", "expected one of one_device"),
        ("severity", 1.2, "expected a number from 0 to 1"),
        ("severity", float("nan"), "expected a number from 0 to 1"),
        ("seed", -1, "not negative"),
    ],
)
def test_an_argument_outside_its_range_is_named(argument, value, expected):
    caption = {
        "device_kind": "tablet",
        "damage_type": "dent",
        "severity": 0.5,
        "view": "customer",
        "seed": 1,
        argument: value,
    }
    with pytest.raises(ValueError, match=f"{argument} is .*{expected}"):
        render_photograph(**caption)
