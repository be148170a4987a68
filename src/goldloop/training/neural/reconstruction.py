"""How far a row is from what an autoencoder makes of it: the part `reconstruct` of a version.

`reconstruct(_row)` returns STRUCT(mean_absolute_error, mean_squared_error,
mean_squared_log_error DOUBLE): ML.RECONSTRUCTION_LOSS, whose means ML.EVALUATE gives and
whose squared error ML.DETECT_ANOMALIES judges.
"""

from __future__ import annotations

from sqlglot import exp

from goldloop.scoring.expressions import (
    add,
    call,
    divide,
    double,
    let,
    struct,
    subtract,
    transformed,
)
from goldloop.training.neural.encoding import Encoding
from goldloop.training.neural.network import Network
from goldloop.training.neural.scoring import INPUTS, over

_LEAST = 1e-7


def reconstruction(network: Network, encoding: Encoding, features: int) -> exp.Expression:
    """Return the losses of a row, summed over its encoded columns, divided by `features`.

    BigQuery ML's published errors of PCA divide by the query's columns, and so
    do these. Logarithms are Keras's log(max(x, 1e-7) + 1) (mean_squared_logarithmic_error):
    standardised values below the mean are negative and count as 0.
    """
    gap = subtract(_x(1), _x(2))
    logs = subtract(_logarithm(_x(1)), _logarithm(_x(2)))
    losses = {
        "mean_absolute_error": call("abs", gap),
        "mean_squared_error": _square(gap),
        "mean_squared_log_error": _square(logs),
    }
    body = struct(
        {
            name: divide(
                call("list_sum", transformed(exp.column("pairs"), "x", loss)),
                double(float(features)),
            )
            for name, loss in losses.items()
        }
    )
    pairs = call("list_zip", INPUTS.copy(), over(network, INPUTS))
    return let("inputs", encoding.sql(), let("pairs", pairs, body))


def _x(position: int) -> exp.Expression:
    return call("struct_extract", exp.column("x"), exp.Literal.number(position))


def _square(value: exp.Expression) -> exp.Expression:
    return call("pow", value, double(2.0))


def _logarithm(value: exp.Expression) -> exp.Expression:
    return call("ln", add(call("greatest", value, double(_LEAST)), double(1.0)))
