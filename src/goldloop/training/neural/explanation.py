"""Why a network predicts what it predicts: the part `explain` of a version.

`explain(_row)` returns STRUCT(baseline DOUBLE[], prediction DOUBLE[],
attributions STRUCT(feature VARCHAR, attribution DOUBLE[])[]). Lists have an item a
score: a regression's value, the log-odds of the larger class of two, or the logit of
each class. Attributions sum to prediction - baseline, up to the error of the steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlglot import exp

from goldloop.scoring.expressions import (
    add,
    balanced_sum,
    call,
    double,
    doubles,
    field,
    let,
    multiply,
    struct,
)
from goldloop.scoring.integrated_gradients import gradient_lists
from goldloop.training.neural.encoding import Encoding
from goldloop.training.neural.network import Network
from goldloop.training.neural.scoring import INPUTS, over
from goldloop.training.terms import Term


def explanation(network: Network, encoding: Encoding, steps: int) -> exp.Expression:
    """Return the attributions of a row by integrated gradients of `steps` steps."""
    scores = network.layers[-1].units
    baseline = network.outputs(np.zeros((1, encoding.width)))[0]
    starts = np.cumsum([0, *(term.width for term in encoding.terms)])
    # The flags of an array are shown together.
    by_feature: dict[str, list[tuple[Term, int]]] = {}
    for term, start in zip(encoding.terms, starts[:-1], strict=True):
        by_feature.setdefault(term.feature, []).append((term, int(start)))
    attributions = exp.Array(
        expressions=[
            _attribution(network, feature, terms, scores) for feature, terms in by_feature.items()
        ]
    )
    gradients = gradient_lists(INPUTS, network.layers, network.activation, steps)
    body = struct(
        {
            "baseline": doubles(baseline),
            "prediction": over(network, INPUTS),
            "attributions": let(
                "explained", struct({"inputs": INPUTS.copy(), "gradients": gradients}), attributions
            ),
        }
    )
    return let("inputs", encoding.sql(), body)


def _attribution(
    network: Network, feature: str, terms: Sequence[tuple[Term, int]], scores: int
) -> exp.Expression:
    values = [
        balanced_sum([_of_score(network, term, start, score) for term, start in terms])
        for score in range(scores)
    ]
    return struct(
        {"feature": exp.Literal.string(feature), "attribution": exp.Array(expressions=values)}
    )


def _of_score(network: Network, term: Term, start: int, score: int) -> exp.Expression:
    row = exp.column("explained")
    inputs, gradients = field(row, "inputs"), _item(field(row, "gradients"), score)
    place = (exp.Literal.number(start + 1), exp.Literal.number(start + term.width))
    if term.width == 1:
        slope, inputs = _item(gradients, start), _item(inputs, start)
        if network.wide is not None:
            slope = add(slope, double(network.wide.weights[score, start]))
        return multiply(inputs, slope)
    inputs = call("list_slice", inputs, *place)
    deep = call("list_dot_product", inputs, call("list_slice", gradients, *place))
    if network.wide is None:
        return deep
    wide = network.wide.weights[score, start : start + term.width]
    return add(deep, call("list_dot_product", inputs.copy(), doubles(wide)))


def _item(values: exp.Expression, position: int) -> exp.Expression:
    return call("list_extract", values, exp.Literal.number(position + 1))
