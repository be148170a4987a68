"""Seeing: PNG bytes to pixels, and pixels to the numbers a classifier learns from."""

from electronics.vision.png import UnreadableImageError, decode_png
from electronics.vision.squeezenet import EMBEDDING_SIZE, EXTRACTOR, embed_images

__all__ = ["EMBEDDING_SIZE", "EXTRACTOR", "UnreadableImageError", "decode_png", "embed_images"]
