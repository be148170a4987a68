"""Images: decoded as Pillow does it, resized and converted as TensorFlow documents it."""

import colorsys
import re
import sys
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from goldloop.errors import GoldloopError, OptionError

# Two rows of three pixels.
PIXELS = np.array(
    [[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[255, 255, 255], [10, 20, 30], [0, 0, 0]]], np.uint8
)


def file(form="PNG", mode="RGB", **options):
    data = BytesIO()
    Image.fromarray(PIXELS).convert(mode).save(data, form, **options)
    return f"from_hex('{data.getvalue().hex()}')"


def array(image):
    dimensions, values = image.values()
    return np.array(values).reshape(dimensions)


def literal(pixels):
    pixels = np.asarray(pixels, dtype=float)
    return f"struct({list(pixels.shape)}, {pixels.ravel().tolist()})"


def test_an_image_is_decoded_to_numbers_from_0_to_1(value):
    decoded = value(f"ml.decode_image({file()})")
    assert decoded["dimensions"] == [2, 3, 3]
    assert np.array_equal(array(decoded), PIXELS / 255)


@pytest.mark.parametrize("form", ["JPEG", "BMP", "GIF", "WEBP"])
def test_other_formats_are_decoded_too(value, form):
    assert value(f"ml.decode_image({file(form)})")["dimensions"] == [2, 3, 3]


def test_a_grey_image_has_three_channels_alike(value):
    grey = array(value(f"ml.decode_image({file(mode='L')})"))
    assert grey.shape == (2, 3, 3)
    assert np.array_equal(grey[..., 0], grey[..., 2])


def test_pixels_are_interpolated_between_their_centres(value):
    wide = value(f"ml.resize_image({literal([[[0.0], [1.0]]])}, 1, 4, false)")
    assert array(wide).ravel().tolist() == [0.0, 0.25, 0.75, 1.0]
    narrow = value(f"ml.resize_image({literal([[[0.0], [0.4], [0.8], [1.0]]])}, 1, 2, false)")
    assert array(narrow).ravel() == pytest.approx([0.2, 0.9])


def test_an_image_of_its_own_size_is_itself(value):
    resized = value(f"ml.resize_image(ml.decode_image({file()}), 2, 3, false)")
    assert np.array_equal(array(resized), PIXELS / 255)


def test_the_largest_size_of_the_same_ratio_is_taken(value):
    image = literal(np.zeros((20, 200, 1)))
    assert value(f"ml.resize_image({image}, 10, 120, true)")["dimensions"] == [10, 100, 1]
    assert value(f"ml.resize_image({image}, 10, 120, false)")["dimensions"] == [10, 120, 1]


def test_hue_saturation_and_value_are_those_of_every_pixel(value):
    converted = array(value(f"ml.convert_color_space(ml.decode_image({file()}), 'HSV')"))
    for row, expected in zip(converted.reshape(-1, 3), PIXELS.reshape(-1, 3) / 255, strict=True):
        assert row == pytest.approx(colorsys.rgb_to_hsv(*expected))


@pytest.mark.parametrize(
    ("space", "white"),
    [("GRAYSCALE", [0.9999]), ("yiq", [1.0, 0.0, 0.0]), ("YUV", [1.0, 0.0, 0.0])],
)
def test_white_is_white_in_every_space(value, space, white):
    converted = array(value(f"ml.convert_color_space({literal([[[1.0] * 3]])}, '{space}')"))
    assert converted.ravel() == pytest.approx(white, abs=1e-4)


def test_integers_are_from_0_to_255_and_back(value):
    converted = value(f"ml.convert_image_type(ml.decode_image({file()}))")
    assert np.array_equal(array(converted), PIXELS)
    grey = f"ml.convert_color_space(ml.convert_image_type(ml.decode_image({file()})), 'GRAYSCALE')"
    assert array(value(grey))[0, 0, 0] == pytest.approx(0.2989)


def test_null_is_null(value):
    assert value("ml.decode_image(cast(null as bytes))") is None
    assert value("ml.convert_image_type(null)") is None
    assert value(f"ml.resize_image({literal([[[0.5]]])}, null, 1, false)") is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("ml.decode_image(from_hex('00ff'))", "2 bytes that are no image"),
        ("ml.resize_image(struct([1, 2, 3], [0.5]), 1, 1, false)", "[1, 2, 3] and 1 values"),
        ("ml.resize_image(struct([1, 1], [0.5]), 1, 1, false)", "expected height, width and"),
        ("ml.resize_image(struct([1, 1, 1], [0.5]), 0, 1, false)", "asked for 0 x 1 pixels"),
        ("ml.convert_color_space(struct([1, 1, 1], [0.5]), 'HSV')", "1 channels; expected the 3"),
    ],
)
def test_what_is_no_image_is_refused(value, call, words):
    with pytest.raises(GoldloopError, match=re.escape(words)):
        value(call)


def test_a_space_that_is_none_is_refused(value):
    with pytest.raises(OptionError, match="target_color_space is HSL; expected one of hsv,"):
        value("ml.convert_color_space(struct([1, 1, 3], [0.5, 0.5, 0.5]), 'HSL')")


def test_without_pillow_the_error_says_what_to_install(value, monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(GoldloopError, match=r"pip install 'goldloop\[images\]'"):
        value("ml.decode_image(from_hex('00ff'))")
