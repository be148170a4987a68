"""scikit-learn's fitted tree arrays as nodes with thresholds for doubles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlglot import exp

from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import refuse_oversized
from goldloop.scoring.thresholds import float32_at_most
from goldloop.scoring.trees import Leaf, Node, Split

NO_CHILD = -1


def fitted_tree(fitted: Any, values: np.ndarray) -> Node:
    """Return the tree of a `sklearn.tree._tree.Tree`, with `values` (one a node) in the leaves.

    scikit-learn goes left where float32(x) <= threshold.
    """
    lefts, rights = fitted.children_left, fitted.children_right
    nodes: dict[int, Node] = {}
    # Children are stored after their parent.
    for index in reversed(range(fitted.node_count)):
        if lefts[index] == NO_CHILD:
            nodes[index] = Leaf(float(values[index]))
        else:
            nodes[index] = Split(
                feature=int(fitted.feature[index]),
                threshold=float32_at_most(float(fitted.threshold[index])),
                missing_left=bool(fitted.missing_go_to_left[index]),
                left=nodes[lefts[index]],
                right=nodes[rights[index]],
            )
    return nodes[0]


def sensible_inputs(
    estimator: Any, frame: Frame, trees: Sequence[Any], outputs: int = 1
) -> list[exp.Expression]:
    """Return the columns trees split on, if repeating them at each split stays sensible."""
    numbers = frame.numbers
    features = np.concatenate([fitted.feature[fitted.feature >= 0] for fitted in trees])
    leaves = sum(fitted.n_leaves for fitted in trees)
    refuse_oversized(estimator, outputs * (int(numbers.terms[features].sum()) + leaves))
    return numbers.expressions()
