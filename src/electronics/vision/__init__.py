"""Seeing: PNG bytes to pixels, and pixels to the numbers a classifier learns from."""

from electronics.vision.png import UnreadableImageError, decode_png
from electronics.vision.squeezenet import EMBEDDING_SIZE, embed_images

__all__ = ["EMBEDDING_SIZE", "UnreadableImageError", "decode_png", "embed_images"]
