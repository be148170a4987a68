"""Photographs as PNG bytes."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def encode_png(photograph: NDArray[np.uint8]) -> bytes:
    """The bytes of a PNG file of (height, width, 3) levels; the same levels give the same bytes."""
    file = io.BytesIO()
    Image.fromarray(photograph).save(file, format="PNG", compress_level=6)
    return file.getvalue()
