"""The error function in SQL, which DuckDB lacks: what makes a probability of a standard score.

Rational approximations of W. J. Cody, "Rational Chebyshev approximations for the
error function" (Math. Comp. 23, 1969), with the constants of his CALERF.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sqlglot import exp

from goldloop.scoring.expressions import add, case, divide, double, multiply, subtract

_A = (3.16112374387056560e00, 1.13864154151050156e02, 3.77485237685302021e02,
      3.20937758913846947e03, 1.85777706184603153e-1)  # fmt: skip
_B = (2.36012909523441209e01, 2.44024637934444173e02, 1.28261652607737228e03,
      2.84423683343917062e03)  # fmt: skip
_C = (5.64188496988670089e-1, 8.88314979438837594e00, 6.61191906371416295e01,
      2.98635138197400131e02, 8.81952221241769090e02, 1.71204761263407058e03,
      2.05107837782607147e03, 1.23033935479799725e03, 2.15311535474403846e-8)  # fmt: skip
_D = (1.57449261107098347e01, 1.17693950891312499e02, 5.37181101862009858e02,
      1.62138957456669019e03, 3.29079923573345963e03, 4.36261909014324716e03,
      3.43936767414372164e03, 1.23033935480374942e03)  # fmt: skip
_P = (3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
      1.60837851487422766e-2, 6.58749161529837803e-4, 1.63153871373020978e-2)  # fmt: skip
_Q = (2.56852019228982242e00, 1.87295284992346725e00, 5.27905102951428412e-1,
      6.05183413124413191e-2, 2.33520497626869185e-3)  # fmt: skip
_SMALL, _MIDDLE, _ONE_FROM = 0.46875, 4.0, 6.0


def erf(x: exp.Expression) -> exp.Expression:
    """Return the error function of a column of numbers >= 0, which is repeated; NULL of NULL."""
    square = exp.paren(multiply(x.copy(), x.copy()))
    small = multiply(x.copy(), _ratio(square, (_A[4], *_A[:4]), (1.0, *_B)))
    decay = exp.Exp(this=exp.Neg(this=square.copy()))
    middle = subtract(double(1.0), multiply(decay, _ratio(x, (_C[8], *_C[:8]), (1.0, *_D))))
    inverse = divide(double(1.0), square.copy())
    tail = _ratio(inverse, (_P[5], *_P[:5]), (1.0, *_Q))
    rest = subtract(double(1.0 / math.sqrt(math.pi)), multiply(inverse.copy(), tail))
    large = subtract(double(1.0), multiply(decay.copy(), divide(rest, x.copy())))
    branches: list[tuple[exp.Expression, exp.Expression]] = [
        (exp.Is(this=x.copy(), expression=exp.Null()), exp.Null()),
        (exp.LTE(this=x.copy(), expression=double(_SMALL)), exp.paren(small)),
        (exp.LTE(this=x.copy(), expression=double(_MIDDLE)), middle),
        (exp.LTE(this=x.copy(), expression=double(_ONE_FROM)), large),
    ]
    return case(branches, double(1.0))


def _ratio(x: exp.Expression, above: Sequence[float], below: Sequence[float]) -> exp.Expression:
    """Return the quotient of two polynomials, coefficients from the highest power down."""
    return divide(_horner(x, above), _horner(x, below))


def _horner(x: exp.Expression, coefficients: Sequence[float]) -> exp.Expression:
    value = double(coefficients[0])
    for coefficient in coefficients[1:]:
        value = add(multiply(value, x.copy()), double(coefficient))
    return value
