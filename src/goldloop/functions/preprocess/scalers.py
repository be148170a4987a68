"""Scalers: a number centred and divided by statistics of all rows.

A scale of 0 counts as 1, as in scikit-learn: a constant column is centred, not divided.
NULL stays NULL.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.functions.analysis import Analysis, Statistics, aggregate
from goldloop.functions.declaration import AnalyticFunction, Group
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.buckets import fraction
from goldloop.scoring.expressions import (
    call,
    case,
    divide,
    double,
    is_null,
    null,
    numeric,
    subtract,
)


def _standard(given: list[exp.Expr]) -> Analysis:
    value = _only(STANDARD_SCALER, given)
    statistics = {"mean": aggregate("avg", value), "std": aggregate("stddev_samp", value)}
    return Analysis(statistics, lambda known: _scaled(subtract(value, known["mean"]), known["std"]))


def _min_max(given: list[exp.Expr]) -> Analysis:
    value = _only(MIN_MAX_SCALER, given)
    statistics = {"min": aggregate("min", value), "max": aggregate("max", value)}

    def apply(known: Statistics) -> exp.Expr:
        width = subtract(known["max"], known["min"].copy())
        scaled = _scaled(subtract(value, known["min"]), width)
        zero, one = double(0.0), double(1.0)
        # Comparisons of NULL are not true: it stays NULL, as least() and greatest() would not.
        return case(
            [
                (is_null(value.copy()), null()),
                (exp.LT(this=scaled, expression=zero), zero.copy()),
                (exp.GT(this=scaled.copy(), expression=one), one.copy()),
            ],
            scaled.copy(),
        )

    return Analysis(statistics, apply)


def _max_abs(given: list[exp.Expr]) -> Analysis:
    value = _only(MAX_ABS_SCALER, given)
    largest = aggregate("max", call("abs", value.copy()))
    return Analysis({"largest": largest}, lambda known: _scaled(value.copy(), known["largest"]))


def _robust(given: list[exp.Expr]) -> Analysis:
    names = ("numerical_expression", "quantile_range", "with_median", "with_quantile_range")
    arguments = Arguments("ML.ROBUST_SCALER", ROBUST_SCALER.signature, names, 1, given)
    low, high = _quantile_range(arguments)
    is_centred = arguments.boolean("with_median", True)
    is_scaled = arguments.boolean("with_quantile_range", True)
    value = numeric(arguments.expression("numerical_expression").copy())

    def quantile(percent: int) -> exp.Expr:
        return aggregate("quantile_disc", value, fraction(percent, 100))

    statistics = {"low": quantile(low), "median": quantile(50), "high": quantile(high)}

    def apply(known: Statistics) -> exp.Expr:
        centred = subtract(value, known["median"]) if is_centred else value.copy()
        if not is_scaled:
            return centred
        return _scaled(centred, subtract(known["high"], known["low"]))

    return Analysis(statistics, apply)


def _quantile_range(arguments: Arguments) -> tuple[int, int]:
    found = arguments.constant("quantile_range", [25, 75])
    match found:
        case [int() as low, int() as high] if 0 < low < high < 100:
            return low, high
    raise arguments.refusal(
        "quantile_range", found, "an array of two integers, 0 < lower < upper < 100"
    )


def _only(function: AnalyticFunction, given: list[exp.Expr]) -> exp.Expr:
    names = ("numerical_expression",)
    arguments = Arguments(function.name, function.signature, names, 1, given)
    return numeric(arguments.expression("numerical_expression").copy())


def _scaled(value: exp.Expr, scale: exp.Expr) -> exp.Expr:
    divisor = call("coalesce", call("nullif", scale.copy(), double(0.0)), double(1.0))
    return divide(value, divisor)


def _scaler(
    name: str,
    meaning: str,
    further: str,
    analysis: Callable[[list[exp.Expr]], Analysis],
) -> AnalyticFunction:
    signature = f"{name}(numerical_expression{further}) OVER()"
    return AnalyticFunction(name, Group.PREPROCESS, meaning, signature, analysis)


STANDARD_SCALER = _scaler(
    "ML.STANDARD_SCALER", "(x - mean) / the sample's standard deviation.", "", _standard
)
MIN_MAX_SCALER = _scaler(
    "ML.MIN_MAX_SCALER", "(x - min) / (max - min), kept within [0, 1].", "", _min_max
)
MAX_ABS_SCALER = _scaler("ML.MAX_ABS_SCALER", "x / the largest absolute value.", "", _max_abs)
ROBUST_SCALER = _scaler(
    "ML.ROBUST_SCALER",
    "(x - median) / the range between two quantiles.",
    " [, quantile_range] [, with_median] [, with_quantile_range]",
    _robust,
)
