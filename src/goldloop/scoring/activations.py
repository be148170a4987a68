"""Activations of networks, each once: over arrays for training, as SQL for scoring.

Names are scikit-learn's and BigQuery ML's; formulas and derivatives are those of
tf.nn (relu, relu6, crelu, elu, selu) and tf.math (sigmoid, tanh).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sqlglot import exp

from goldloop.scoring.expressions import call, case, double, logistic, multiply, subtract

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Activation:
    """f(z) of a unit and df/dz, over arrays and as SQL, where `z` is a column.

    A layer whose activation `is_mirrored` gives f(z) of all its units, then f(-z) of all.
    """

    value: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    value_sql: Callable[[exp.Expression], exp.Expression]
    slope_sql: Callable[[exp.Expression], exp.Expression]
    is_mirrored: bool = False

    def layer(self, sums: Floats) -> Floats:
        """Return the activations of rows of weighted sums."""
        if self.is_mirrored:
            return np.hstack([self.value(sums), self.value(-sums)])
        return self.value(sums)

    def gradient(self, sums: Floats, above: Floats) -> Floats:
        """Return the gradient of `sums`, given that of the layer they make."""
        if self.is_mirrored:
            units = sums.shape[1]
            return above[:, :units] * self.slope(sums) - above[:, units:] * self.slope(-sums)
        return above * self.slope(sums)

    def width(self, units: int) -> int:
        """Return how many numbers a layer of `units` gives."""
        return 2 * units if self.is_mirrored else units


def _below(
    z: exp.Expression, bound: float, value: exp.Expression, otherwise: exp.Expression
) -> exp.Expression:
    return case([(exp.LT(this=z.copy(), expression=double(bound)), value)], otherwise)


def _step(z: exp.Expression) -> exp.Expression:
    positive = exp.GT(this=z.copy(), expression=double(0.0))
    return case([(positive, double(1.0))], double(0.0))


def _relu_sql(z: exp.Expression) -> exp.Expression:
    return _below(z, 0.0, double(0.0), z.copy())


def _relu6_sql(z: exp.Expression) -> exp.Expression:
    six = exp.GT(this=z.copy(), expression=double(6.0))
    return case(
        [(exp.LT(this=z.copy(), expression=double(0.0)), double(0.0)), (six, double(6.0))],
        z.copy(),
    )


def _relu6_slope_sql(z: exp.Expression) -> exp.Expression:
    inside = exp.And(
        this=exp.GT(this=z.copy(), expression=double(0.0)),
        expression=exp.LT(this=z.copy(), expression=double(6.0)),
    )
    return case([(inside, double(1.0))], double(0.0))


def _exponential(scale: float, alpha: float) -> Activation:
    """Return scale * (z where it is positive, else alpha * (exp(z) - 1))."""
    steep = scale * alpha

    def value(z: Floats) -> Floats:
        return np.where(z < 0, steep * (np.exp(np.minimum(z, 0.0)) - 1.0), scale * z)

    def slope(z: Floats) -> Floats:
        return np.where(z < 0, steep * np.exp(np.minimum(z, 0.0)), scale)

    def value_sql(z: exp.Expression) -> exp.Expression:
        below = multiply(double(steep), subtract(exp.Exp(this=z.copy()), double(1.0)))
        return _below(z, 0.0, below, multiply(double(scale), z.copy()))

    def slope_sql(z: exp.Expression) -> exp.Expression:
        return _below(z, 0.0, multiply(double(steep), exp.Exp(this=z.copy())), double(scale))

    return Activation(value, slope, value_sql, slope_sql)


def _of_value(
    value: Callable[[exp.Expression], exp.Expression],
    slope: Callable[[exp.Expression], exp.Expression],
) -> Callable[[exp.Expression], exp.Expression]:
    """Return the SQL of a slope that is a function of the value."""
    return lambda z: slope(exp.Paren(this=value(z)))


_RELU = Activation(
    lambda z: np.maximum(z, 0.0), lambda z: (z > 0).astype(np.float64), _relu_sql, _step
)
_SIGMOID = Activation(
    expit,
    lambda z: expit(z) * (1.0 - expit(z)),
    logistic,
    _of_value(logistic, lambda f: multiply(f, subtract(double(1.0), f.copy()))),
)

ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "identity": Activation(
            lambda z: z, np.ones_like, lambda z: z.copy(), lambda _z: double(1.0)
        ),
        "relu": _RELU,
        "relu6": Activation(
            lambda z: np.clip(z, 0.0, 6.0),
            lambda z: ((z > 0) & (z < 6)).astype(np.float64),
            _relu6_sql,
            _relu6_slope_sql,
        ),
        "crelu": Activation(_RELU.value, _RELU.slope, _relu_sql, _step, is_mirrored=True),
        "elu": _exponential(1.0, 1.0),
        # Klambauer et al., Self-Normalizing Neural Networks, 2017, §3.
        "selu": _exponential(1.0507009873554804934193349852946, 1.6732632423543772848170429916717),
        "sigmoid": _SIGMOID,
        "logistic": _SIGMOID,
        "tanh": Activation(
            np.tanh,
            lambda z: 1.0 - np.tanh(z) ** 2,
            lambda z: call("tanh", z.copy()),
            _of_value(
                lambda z: call("tanh", z.copy()),
                lambda f: subtract(double(1.0), multiply(f, f.copy())),
            ),
        ),
    }
)
