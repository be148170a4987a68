"""A pickle of NumPy arrays, read without the power to call anything else."""

import io
import pickle
from typing import Any

import numpy as np
from numpy._core.multiarray import _reconstruct
from numpy.typing import NDArray

_ALLOWED: dict[tuple[str, str], Any] = {
    ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}


def load_arrays(blob: bytes) -> dict[str, list[NDArray[np.float32]]]:
    """Read a pickled dictionary of lists of float32 arrays.

    Raises:
        pickle.UnpicklingError: The pickle names anything but arrays and their types, or holds
            something else than was said.
    """
    layers = _ArrayUnpickler(io.BytesIO(blob)).load()
    if not isinstance(layers, dict):
        raise pickle.UnpicklingError(f"pickle holds a {type(layers).__name__}; expected a dict")
    for name, arrays in layers.items():
        for array in arrays:
            if not isinstance(array, np.ndarray) or array.dtype != np.float32:
                raise pickle.UnpicklingError(f"layer {name!r} is not a list of float32 arrays")
    return layers


class _ArrayUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(
                f"pickle names {module}.{name}; only NumPy arrays are allowed in it"
            ) from None
