"""How far a measurement is from what was expected, in units that make a probability."""

from __future__ import annotations

import math

from sqlglot import exp

from goldloop.functions.call import ROW
from goldloop.functions.time_series.stored import Scale, column
from goldloop.scoring.expressions import call as function
from goldloop.scoring.expressions import case, divide, double, multiply, subtract


def distance(scale: Scale) -> exp.Expression:
    """Return |_actual - _center| of a row over _error and sqrt 2: its erf is the probability.

    Without a standard error, any other value than the expected one is infinitely far.
    """
    gap = function("abs", subtract(scale.from_data(column("_actual", ROW)), column("_center", ROW)))
    error = multiply(column("_error", ROW), double(math.sqrt(2.0)))
    is_exact = exp.EQ(this=gap, expression=double(0.0))
    is_certain = exp.EQ(this=column("_error", ROW), expression=double(0.0))
    infinite = exp.cast(exp.Literal.string("Infinity"), exp.DType.DOUBLE)
    return case(
        [(is_exact, double(0.0)), (is_certain, infinite)],
        divide(gap.copy(), exp.paren(error)),
    )
