import math

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from duckdb_scores import score

from goldloop.scoring.expressions import feature
from goldloop.scoring.trees import Leaf, Numbered, Split, tree

NAN = pa.array([None, math.nan, -math.inf, -1.0, 0.0, 1.0, math.inf])


def stump(threshold, missing_left):
    return Split(0, threshold, missing_left, Leaf(1.0), Leaf(2.0))


def deep(depth, missing_left):
    """A comb: split i sends x < i left to the leaf i, all else on."""
    node = Leaf(float(depth))
    for i in reversed(range(depth)):
        node = Split(0, float(i), missing_left, Leaf(float(i)), node)
    return node


def left_deep(depth, missing_left):
    """The comb's mirror image: split i sends x >= -i right to the leaf i."""
    node = Leaf(float(depth))
    for i in reversed(range(depth)):
        node = Split(0, -float(i), missing_left, node, Leaf(float(i)))
    return node


@pytest.mark.parametrize("missing_left", [True, False])
@pytest.mark.parametrize("threshold", [0.0, math.inf, -math.inf])
def test_values_and_missing_values_take_the_side_the_library_sends_them(threshold, missing_left):
    rows = pa.table({"x": NAN})
    x = np.array([-math.inf, -1.0, 0.0, 1.0, math.inf])
    # An infinite threshold separates missing from present values, infinity included.
    left = (x < threshold) if math.isfinite(threshold) else np.full(5, threshold > 0)
    expected = np.concatenate([np.full(2, missing_left), left])
    scores = score([tree(stump(threshold, missing_left), [feature("x")])], rows)[:, 0]
    np.testing.assert_array_equal(scores, np.where(expected, 1.0, 2.0))


@pytest.mark.parametrize("missing_left", [True, False])
@pytest.mark.parametrize("shape", [deep, left_deep])
def test_a_tree_of_a_thousand_levels_scores_like_a_shallow_one(shape, missing_left):
    values = [None, math.nan, -2000.0, -500.5, -0.5, 0.0, 0.5, 500.5, 2000.0]
    root = shape(1000, missing_left)
    scores = score([tree(root, [feature("x")])], pa.table({"x": pa.array(values)}))[:, 0]
    np.testing.assert_array_equal(scores, [walk(root, value) for value in values])


def walk(node, value):
    while isinstance(node, Split):
        missing = value is None or math.isnan(value)
        goes_left = node.missing_left if missing else value < node.threshold
        node = node.left if goes_left else node.right
    return node.value


def test_a_tree_over_no_rows_scores_no_rows():
    rows = pd.DataFrame({"x": np.array([], dtype=float)})
    assert score([tree(stump(0.0, True), [feature("x")])], rows).shape == (0, 1)


LEVELS = ("a", "b'", "c", "d", "e", "f", "g", None)


@pytest.mark.parametrize("threshold", [-1.0, 0.0, 0.5, 1.0, 1.5, 2.5, 5.0, 7.5, 8.0, 8.5, math.inf])
@pytest.mark.parametrize("depth", [1, 30])
def test_a_numbered_category_goes_where_its_number_does(threshold, depth):
    root = stump(threshold, missing_left=False)
    for _ in range(depth - 1):  # deep trees are written as chains
        root = Split(0, threshold, False, root, root.right)
    rows = pa.table({"x": [*LEVELS, "unseen"]})
    numbers = np.array([1, 2, 3, 4, 5, 6, 7, 8, 0])
    found = score([tree(root, [Numbered(feature("x"), LEVELS)])], rows)[:, 0]
    np.testing.assert_array_equal(found, np.where(numbers >= threshold, 2.0, 1.0))


def test_no_split_on_categories_is_planned_as_a_join():
    root = stump(2.5, missing_left=False)
    value = tree(root, [Numbered(feature("x"), tuple("abcdefghijkl"))]).sql("duckdb")
    with duckdb.connect() as con:
        con.execute("create table rows as select chr(i::int) as x from range(97, 120) as r(i)")
        plan = con.execute(f"explain select {value} from rows as _row").fetchall()
    assert "JOIN" not in plan[0][1]
