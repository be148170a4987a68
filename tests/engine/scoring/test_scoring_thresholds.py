import math

import numpy as np
import pytest

from goldloop.scoring.thresholds import double_at_most, float32_at_most, float32_less_than

FLOAT32 = np.finfo(np.float32)
CORNERS = np.array(
    [0.0, -0.0, 1.0, -1.0, 0.1, 1e-45, -1e-45, FLOAT32.tiny, FLOAT32.max, -FLOAT32.max, 16777216.0],
    dtype=np.float32,
)


def float32_thresholds():
    random = np.random.default_rng(0)
    bits = random.integers(0, 2**32, 3000, dtype=np.uint32).view(np.float32)
    return np.concatenate([CORNERS, bits[np.isfinite(bits)]])


def doubles_near(threshold: float) -> np.ndarray:
    """The neighbouring float32, their midpoints, and the doubles around each of them."""
    centre = np.float32(threshold)
    up, down = np.float32(np.inf), np.float32(-np.inf)
    with np.errstate(over="ignore"):
        floats = [centre, np.nextafter(centre, up), np.nextafter(centre, down)]
    anchors = [float(value) for value in floats if np.isfinite(value)] + [threshold]
    anchors += [(a + b) / 2 for a in anchors for b in anchors]
    anchors += [math.copysign(2.0**128 - 2.0**103, threshold)]
    near = [math.nextafter(a, side) for a in anchors for side in (-math.inf, math.inf)]
    return np.array(anchors + near)


def as_float32(values):
    with np.errstate(over="ignore"):
        return values.astype(np.float32)


def test_less_than_in_float32_is_decided_alike_by_every_double_near_it():
    for threshold in float32_thresholds():
        x = doubles_near(float(threshold))
        moved = float32_less_than(float(threshold))
        np.testing.assert_array_equal(x < moved, as_float32(x) < threshold, err_msg=repr(threshold))


def test_at_most_in_float32_is_decided_alike_by_every_double_near_it():
    random = np.random.default_rng(1)
    singles = float32_thresholds().astype(float)
    doubles = np.concatenate([singles, random.normal(size=2000) * 10.0 ** random.integers(-40, 38)])
    ties = (singles + np.nextafter(singles.astype(np.float32), np.float32(0))) / 2
    for threshold in np.concatenate([doubles, ties]):
        x = doubles_near(threshold)
        moved = float32_at_most(threshold)
        expected = as_float32(x).astype(float) <= threshold
        np.testing.assert_array_equal(x < moved, expected, err_msg=repr(threshold))


@pytest.mark.parametrize(
    ("moved", "finite_values_go_left"),
    [
        (float32_less_than(math.inf), True),
        (float32_less_than(-math.inf), False),
        (float32_at_most(math.inf), True),
        (double_at_most(math.inf), True),
    ],
)
def test_an_infinite_threshold_sends_all_finite_values_one_way(moved, finite_values_go_left):
    x = np.array([-3e38, -1.0, 0.0, 1.0, 3e38])
    assert ((x < moved) == finite_values_go_left).all()


def test_at_most_in_double_includes_the_threshold_and_nothing_above():
    moved = double_at_most(0.1)
    assert moved > 0.1
    assert not math.nextafter(0.1, 1.0) < moved
