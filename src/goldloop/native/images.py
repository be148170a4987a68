"""Images as arrays of numbers: decoded by Pillow, resized and converted as TensorFlow does it.

An image is a struct of its dimensions (height, width, channels) and its values, row by row.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pyarrow as pa

from goldloop.errors import GoldloopError
from goldloop.native.function import NativeFunction

IMAGE = 'STRUCT(dimensions BIGINT[], "values" DOUBLE[])'
INTEGER_IMAGE = 'STRUCT(dimensions BIGINT[], "values" BIGINT[])'
_NUMBERS = pa.struct({"dimensions": pa.list_(pa.int64()), "values": pa.list_(pa.float64())})
_INTEGERS = pa.struct({"dimensions": pa.list_(pa.int64()), "values": pa.list_(pa.int64())})

Pixels = np.ndarray


def decode(images: pa.Array) -> pa.Array:
    """Return the RGB image of each file's bytes, values in [0, 1].

    Raises:
        GoldloopError: Pillow is missing, or the bytes are no image.
    """
    return _each(lambda data: _decoded(data) / 255.0, images)


def resize(
    images: pa.Array, heights: pa.Array, widths: pa.Array, keeps_ratio: pa.Array
) -> pa.Array:
    """Return each image in another size, by bilinear interpolation between pixels' centres.

    Raises:
        GoldloopError: an image is none, or a size is below 1.
    """
    return _each(
        lambda image, *size: _resized(_pixels(image), *size), images, heights, widths, keeps_ratio
    )


def convert_color_space(images: pa.Array, spaces: pa.Array) -> pa.Array:
    """Return each RGB image in HSV, GRAYSCALE, YIQ or YUV; values up to 255 are taken as such.

    Raises:
        GoldloopError: an image is none, or has not three channels.
    """
    return _each(lambda image, space: _SPACES[space](_rgb(image)), images, spaces)


def convert_image_type(images: pa.Array) -> pa.Array:
    """Return each image with integers from 0 to 255 for its values from 0 to 1.

    Raises:
        GoldloopError: an image is none.
    """

    def converted(image: dict[str, Any]) -> Pixels:
        # As tf.image.convert_image_dtype scales, so that every integer has as much of [0, 1].
        scaled = np.floor(_pixels(image) * 255.5)
        return np.clip(scaled, 0, 255).astype(np.int64)

    return _each(converted, images, of=_INTEGERS)


def _each(
    function: Callable[..., Pixels], *columns: pa.Array, of: pa.DataType = _NUMBERS
) -> pa.Array:
    """Return `function` of each row; NULL where one of its values is NULL."""
    listed = zip(*(column.to_pylist() for column in columns), strict=True)
    rows: list[dict[str, Any] | None] = []
    for values in listed:
        if any(value is None for value in values):
            rows.append(None)
            continue
        pixels = function(*values)
        rows.append({"dimensions": list(pixels.shape), "values": pixels.ravel().tolist()})
    return pa.array(rows, type=of)


def _decoded(data: bytes) -> Pixels:
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise GoldloopError(
            "ML.DECODE_IMAGE needs Pillow; install it by pip install 'goldloop[images]'."
        ) from error
    try:
        with Image.open(BytesIO(data)) as image:
            return np.asarray(image.convert("RGB"), dtype=np.float64)
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise GoldloopError(
            f"ML.DECODE_IMAGE is given {len(data)} bytes that are no image: {error}."
        ) from error


def _pixels(image: dict[str, Any]) -> Pixels:
    dimensions, values = image["dimensions"], image["values"]
    is_shape = isinstance(dimensions, list) and len(dimensions) == 3 and None not in dimensions
    if not is_shape or not values or len(values) != int(np.prod(dimensions)):
        raise GoldloopError(
            f"An image has the dimensions {dimensions} and {len(values or ())} values; expected "
            "height, width and channels, and as many values as their product."
        )
    return np.asarray(values, dtype=np.float64).reshape(dimensions)


def _rgb(image: dict[str, Any]) -> Pixels:
    pixels = _pixels(image)
    if pixels.shape[2] != 3:
        raise GoldloopError(
            f"ML.CONVERT_COLOR_SPACE is given an image of {pixels.shape[2]} channels; expected the "
            "3 of RGB."
        )
    return pixels / 255.0 if pixels.max() > 1 else pixels


def _resized(pixels: Pixels, height: int, width: int, keeps_ratio: bool) -> Pixels:
    if height < 1 or width < 1:
        raise GoldloopError(
            f"ML.RESIZE_IMAGE is asked for {height} x {width} pixels; expected 1 or more."
        )
    if keeps_ratio:
        scale = min(height / pixels.shape[0], width / pixels.shape[1])
        height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    return _along(_along(pixels, 0, height), 1, width)


def _along(pixels: Pixels, axis: int, size: int) -> Pixels:
    """Return `pixels` interpolated to `size` along one axis: tf.image.resize without antialias."""
    given = pixels.shape[axis]
    places = np.clip((np.arange(size) + 0.5) * given / size - 0.5, 0, given - 1)
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, given - 1)
    shape = [1, 1, 1]
    shape[axis] = size
    share = (places - low).reshape(shape)
    return pixels.take(low, axis) * (1 - share) + pixels.take(high, axis) * share


def _hsv(rgb: Pixels) -> Pixels:
    value, spread = rgb.max(axis=2), np.ptp(rgb, axis=2)
    saturation = np.divide(spread, value, out=np.zeros_like(value), where=value > 0)
    red, green, blue = np.moveaxis(rgb, 2, 0)
    safe = np.where(spread > 0, spread, 1.0)
    hue = np.select(
        [spread == 0, value == red, value == green],
        [0.0, (green - blue) / safe, 2.0 + (blue - red) / safe],
        4.0 + (red - green) / safe,
    )
    return np.stack([(hue / 6.0) % 1.0, saturation, value], axis=2)


def _by(kernel: list[list[float]]) -> Callable[[Pixels], Pixels]:
    matrix = np.array(kernel)
    return lambda rgb: rgb @ matrix


# The weights of tf.image.rgb_to_grayscale, rgb_to_yiq and rgb_to_yuv.
_SPACES: dict[str, Callable[[Pixels], Pixels]] = {
    "hsv": _hsv,
    "grayscale": _by([[0.2989], [0.5870], [0.1140]]),
    "yiq": _by(
        [
            [0.299, 0.59590059, 0.2115],
            [0.587, -0.27455667, -0.52273617],
            [0.114, -0.32134392, 0.31119955],
        ]
    ),
    "yuv": _by(
        [
            [0.299, -0.14714119, 0.61497538],
            [0.587, -0.28886916, -0.51496512],
            [0.114, 0.43601035, -0.10001026],
        ]
    ),
}
COLOR_SPACES = tuple(_SPACES)


def _declared(
    name: str, function: Callable[..., pa.Array], parameters: tuple[str, ...], returned: str
) -> NativeFunction:
    native = f"goldloop_{name}"
    return NativeFunction(native, function, parameters, returned, stands_for=f"ML.{name.upper()}")


DECODE_IMAGE = _declared("decode_image", decode, ("BLOB",), IMAGE)
RESIZE_IMAGE = _declared("resize_image", resize, (IMAGE, "BIGINT", "BIGINT", "BOOLEAN"), IMAGE)
CONVERT_COLOR_SPACE = _declared(
    "convert_color_space", convert_color_space, (IMAGE, "VARCHAR"), IMAGE
)
CONVERT_IMAGE_TYPE = _declared("convert_image_type", convert_image_type, (IMAGE,), INTEGER_IMAGE)
IMAGES = (DECODE_IMAGE, RESIZE_IMAGE, CONVERT_COLOR_SPACE, CONVERT_IMAGE_TYPE)
