from pathlib import Path

import numpy as np
import pytest

from electronics.landing import land
from electronics.landing.world import World


@pytest.fixture(scope="session")
def first_landing(tmp_path_factory) -> Path:
    """The first as-of date of the small world; read only."""
    folder = tmp_path_factory.mktemp("first") / "landing"
    land(folder, np.datetime64("2026-06-28"), scale=0.1, workers=1)
    return folder


@pytest.fixture(scope="session")
def world() -> World:
    """The reference world, at its full size."""
    return World()
