"""SqueezeNet's weights as kept on this machine: half floats of the layers in use."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from electronics.vision.layers import LAYERS

Weights = dict[str, NDArray[np.float32]]
"""`<layer>/kernel` (height, width, in, out) and `<layer>/bias` (out,) by layer."""

COMMAND = "python -m electronics.vision.weights"


class MissingWeightsError(FileNotFoundError):
    """The weights have not been fetched yet."""


def weights_file() -> Path:
    """Where the weights are kept: under GOLDLOOP_CACHE, or `.cache` in the project's root."""
    default = Path(__file__).resolve().parents[3] / ".cache"
    root = Path(os.environ.get("GOLDLOOP_CACHE") or default)
    return root / "squeezenet" / "squeezenet1_1.npz"


def load_weights() -> Weights:
    """The kept weights, by layer.

    Raises:
        MissingWeightsError: They have not been fetched; the message names the command.
    """
    return _read(weights_file())


def has_weights() -> bool:
    """Whether every layer in use is kept; another release may have kept other layers."""
    file = weights_file()
    if not file.exists():
        return False
    with np.load(file, allow_pickle=False) as arrays:
        return all(f"{layer}/{part}" in arrays for layer in LAYERS for part in ("kernel", "bias"))


def keep_weights(layers: dict[str, list[NDArray[np.float32]]], licence: bytes) -> None:
    """Keep the layers in use, each given as [kernel, bias], and their licence beside them."""
    target = weights_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    (target.parent / "LICENSE").write_bytes(licence)
    arrays: dict[str, Any] = {}
    for name in LAYERS:
        kernel, bias = layers[name]
        arrays[f"{name}/kernel"] = kernel.astype(np.float16)
        arrays[f"{name}/bias"] = bias.astype(np.float16)
    # A reader in another process sees the whole file or none.
    part = target.with_suffix(f".{os.getpid()}.npz")
    np.savez(part, **arrays)
    part.replace(target)


@cache
def _read(file: Path) -> Weights:
    if not has_weights():
        raise MissingWeightsError(
            f"no SqueezeNet weights at {file}, or of other layers; fetch them with `{COMMAND}`"
        )
    with np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}
