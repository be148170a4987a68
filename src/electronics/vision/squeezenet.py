"""SqueezeNet 1.1 in NumPy, up to its last fire module: photographs to embeddings.

Iandola et al. (2016), "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters". The network
sees photographs enlarged to twice their size, because it was trained on objects some 200 pixels
wide: that is worth three to four points of accuracy, for 4 ms instead of 1 ms each.
`benchmarks/photograph_features.py` compares it with other features; docs/vision.md has its table.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image
from threadpoolctl import threadpool_limits

from electronics.vision.kept_weights import Weights, load_weights
from electronics.vision.layers import FIRE_MODULES, POOLED_AFTER
from electronics.vision.png import IMAGE_SIZE

Maps = NDArray[np.float32]
"""(images, height, width, channels) activations."""

EMBEDDING_SIZE = 512
NETWORK_SIZE = 128
"""Photographs are enlarged to this width and height before the network sees them."""
EXTRACTOR = f"squeezenet1.1@{NETWORK_SIZE}"
"""Names what made an embedding: those of another name are made anew."""

_IMAGES_AT_ONCE = 8  # their activations stay in a core's cache
_DECIMALS = 1  # activations reach 1,600 and spread by 100
# Blue, green, red less ImageNet's means: what Caffe's models take, from which these descend.
_MEAN_BGR = np.asarray((104.006, 116.669, 122.679), dtype=np.float32)


def embed_images(images: NDArray[np.uint8], size: int = NETWORK_SIZE) -> NDArray[np.float32]:
    """Describe photographs by what the network sees in them.

    An image's row does not depend on the images beside it: every image is multiplied on its
    own, and the rounding to one decimal absorbs nearly all of another processor's noise.

    Args:
        images: (n, 64, 64, 3) levels of red, green and blue.
        size: width and height at which the network sees them.

    Returns:
        (n, 512), one number by channel: fire3's maxima (128: fine texture, where hairline damage
        shows), fire5's standard deviations (256: pattern), and the means of what fire8 and fire9
        squeeze to (64 each: shape).

    Raises:
        ValueError: The images have another shape or type.
        MissingWeightsError: The weights have not been fetched.
    """
    expected = (IMAGE_SIZE, IMAGE_SIZE, 3)
    if images.dtype != np.uint8 or images.shape[1:] != expected:
        raise ValueError(
            f"images are {images.dtype} of shape {images.shape}; expected uint8 of (n, 64, 64, 3)"
        )
    return embed_levels(images, size)


def embed_levels(images: NDArray[np.uint8], size: int | None = None) -> NDArray[np.float32]:
    """Embed square images of any size, enlarged to `size` if given: what `embed_images` does."""
    weights = load_weights()
    size = size or images.shape[1]
    embeddings = np.empty((len(images), EMBEDDING_SIZE), dtype=np.float32)
    # Products this small only wait for one another on several threads.
    with threadpool_limits(limits=1, user_api="blas"):
        for start in range(0, len(images), _IMAGES_AT_ONCE):
            batch = slice(start, start + _IMAGES_AT_ONCE)
            embeddings[batch] = _embed(_enlarged(images[batch], size), weights)
    return np.round(embeddings, _DECIMALS)


def _enlarged(images: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    if size == images.shape[1]:
        return images
    bicubic = Image.Resampling.BICUBIC
    return np.stack([np.asarray(Image.fromarray(i).resize((size, size), bicubic)) for i in images])


def _embed(images: NDArray[np.uint8], weights: Weights) -> NDArray[np.float32]:
    maps = images[..., ::-1].astype(np.float32) - _MEAN_BGR
    maps = _max_pool(_convolve(maps, weights, "conv1", stride=2))
    parts = []
    for fire in FIRE_MODULES:
        squeezed = _convolve(maps, weights, f"{fire}/squeeze1x1")
        expanded = [_convolve(squeezed, weights, f"{fire}/expand{k}") for k in ("1x1", "3x3")]
        maps = np.concatenate(expanded, axis=3)
        if fire == "fire3":
            parts.append(maps.max(axis=(1, 2)))
        if fire == "fire5":
            parts.append(maps.std(axis=(1, 2)))
        if fire == "fire8":
            parts.append(squeezed.mean(axis=(1, 2)))
        if fire in POOLED_AFTER:
            maps = _max_pool(maps)
    parts.append(_convolve(maps, weights, "fire9/squeeze1x1").mean(axis=(1, 2)))
    return np.concatenate(parts, axis=1)


def _convolve(maps: Maps, weights: Weights, name: str, stride: int = 1) -> Maps:
    """Convolution that keeps the size (but for the stride), then ReLU."""
    kernel, bias = weights[f"{name}/kernel"], weights[f"{name}/bias"]
    size = kernel.shape[0]
    patches = maps if size == 1 else _patches(maps, size, stride)
    n, height, width, depth = patches.shape
    # One product by image, always of the same shape: BLAS orders its sums by the shape.
    flat = np.matmul(patches.reshape(n, height * width, depth), kernel.reshape(depth, -1))
    flat += bias
    return np.maximum(flat, 0, out=flat).reshape(n, height, width, -1)


def _patches(maps: Maps, size: int, stride: int) -> Maps:
    """The neighbourhood of each output pixel, as one long row of channels (im2col)."""
    n, height, width, depth = maps.shape
    out_height, out_width = -(-height // stride), -(-width // stride)
    # TensorFlow's "same" padding, with which the weights were trained: the odd pixel goes last.
    missing = (out_height - 1) * stride + size - height
    before = missing // 2
    padded = np.zeros((n, height + missing, width + missing, depth), dtype=np.float32)
    padded[:, before : before + height, before : before + width] = maps
    windows = sliding_window_view(padded, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(n, out_height, out_width, -1)


def _max_pool(maps: Maps) -> Maps:
    """The largest of 3×3, at every second pixel, without padding."""
    rows = np.maximum(np.maximum(maps[:, :-2:2], maps[:, 1:-1:2]), maps[:, 2::2])
    columns = np.maximum(rows[:, :, :-2:2], rows[:, :, 1:-1:2])
    return np.maximum(columns, rows[:, :, 2::2])
