"""Random streams by name, so that no draw depends on how many were made elsewhere."""

import zlib

import numpy as np


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """A generator of its own for one thing.

    Args:
        seed: the world's seed.
        names: what is drawn, e.g. `("repair_requests", "damage")`; strings or whole numbers.

    Returns:
        A generator that is the same for the same seed and names, in any process.
    """
    # Not hash(): that differs from process to process.
    keys = [zlib.crc32(name.encode()) if isinstance(name, str) else name for name in names]
    return np.random.default_rng([seed, *keys])
