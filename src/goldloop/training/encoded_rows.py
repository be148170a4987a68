"""A vector of the encoded space as BigQuery ML shows it: a row a feature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from goldloop.training.matrix import Floats
from goldloop.training.terms import Term, level_name

CATEGORY_VALUES = pa.list_(pa.struct([("category", pa.string()), ("value", pa.float64())]))
FEATURES = (
    ("feature", pa.string()),
    ("numerical_value", pa.float64()),
    ("categorical_value", CATEGORY_VALUES),
)


def pieces(found: Sequence[Term], vector: Floats) -> list[tuple[Term, Floats]]:
    """Return the part of `vector` that belongs to each term."""
    edges = np.cumsum([0, *(term.width for term in found)])
    return [
        (term, vector[low:high])
        for term, low, high in zip(found, edges[:-1], edges[1:], strict=True)
    ]


def feature_rows(found: Sequence[Term], vector: Floats) -> Iterator[dict[str, Any]]:
    """Yield feature, numerical_value and categorical_value: one of both, the array never NULL."""
    for term, part in pieces(found, vector):
        if term.levels is None:
            yield {
                "feature": term.name,
                "numerical_value": float(part[0]),
                "categorical_value": [],
            }
            continue
        yield {
            "feature": term.name,
            "numerical_value": None,
            "categorical_value": [
                {"category": level_name(level), "value": float(value)}
                for level, value in zip(term.levels, part, strict=True)
            ],
        }
