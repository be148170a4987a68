"""The part `explain` of linear models: what each input adds to each score.

The part of any model, `goldloop."explain_<version>"(_row)`, returns
STRUCT(baseline DOUBLE[], prediction DOUBLE[], attributions STRUCT(feature VARCHAR,
attribution DOUBLE[])[]). Lists have an item a score: a regression's value, the log-odds of
the larger class of two, or the logit of each class in ascending order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlglot import exp

from goldloop.scoring.expressions import balanced_sum, double
from goldloop.scoring.function import struct
from goldloop.training.matrix import Floats
from goldloop.training.terms import Term, linear_score


def linear_explanation(
    found: Sequence[Term], weights: Floats, intercepts: Floats
) -> exp.Expression:
    """Return the attributions of a row: weight times standardised value, or a category's weight.

    `weights` has a row a score. The intercept is the baseline: what the model says of a
    row whose numbers are at their means, without its categories.
    """
    edges = np.cumsum([0, *(term.width for term in found)])
    parts: dict[str, list[list[exp.Expression]]] = {}
    for term, low, high in zip(found, edges[:-1], edges[1:], strict=True):
        own = [term.weighted(row[low:high]) for row in weights]
        # The flags of an array are shown together.
        parts.setdefault(term.feature, []).append(own)
    attributions = [
        struct(
            {
                "feature": exp.Literal.string(feature),
                "attribution": exp.array(
                    *(balanced_sum(list(of_score)) for of_score in zip(*own, strict=True))
                ),
            }
        )
        for feature, own in parts.items()
    ]
    predictions = [
        linear_score(found, row, float(intercept))
        for row, intercept in zip(weights, intercepts, strict=True)
    ]
    return struct(
        {
            "baseline": exp.array(*(double(float(value)) for value in intercepts)),
            "prediction": exp.array(*predictions),
            "attributions": exp.array(*attributions),
        }
    )
