"""PNG bytes as they landed, to pixels, or an error that says why not."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

IMAGE_SIZE = 64


class UnreadableImageError(ValueError):
    """The bytes are not a photograph of the expected format and size."""


def decode_png(blob: bytes) -> NDArray[np.uint8]:
    """Decode a photograph.

    Args:
        blob: The bytes of a PNG file of 64×64 pixels; grey and palette images become RGB.

    Returns:
        (64, 64, 3) levels of red, green and blue.

    Raises:
        UnreadableImageError: The bytes are empty, truncated, not PNG, or of another size.
    """
    if not blob:
        raise UnreadableImageError("image of 0 bytes; expected a PNG file")
    try:
        with Image.open(io.BytesIO(blob), formats=["PNG"]) as image:
            size = image.size
            if size != (IMAGE_SIZE, IMAGE_SIZE):
                raise UnreadableImageError(
                    f"image of {size[0]}×{size[1]} pixels; expected {IMAGE_SIZE}×{IMAGE_SIZE}"
                )
            return np.array(image.convert("RGB"))
    except UnreadableImageError:
        raise
    # Pillow reports broken files with several unrelated types, SyntaxError among them.
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableImageError(
            f"{len(blob)} bytes that are not a whole PNG file: {error}"
        ) from error
