"""ML.BUCKETIZE and ML.QUANTILE_BUCKETIZE: a number's bucket, by name or by range."""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, Decimal

from sqlglot import exp

from goldloop.functions.analysis import Analysis, Statistics, aggregate
from goldloop.functions.declaration import AnalyticFunction, Group, ScalarFunction
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.binding import Lookup, bound, filtered, number, text
from goldloop.options.declaration import Range
from goldloop.scoring.expressions import call, case, double, is_null, null, numeric

_FORMATS = ("bucket_names", "bucket_ranges", "bucket_ranges_json")
_MOST_BUCKETS = 100_000


def _bucketize(given: list[exp.Expr]) -> exp.Expr:
    names = ("numerical_expression", "array_split_points", "exclude_boundaries", "output_format")
    arguments = Arguments("ML.BUCKETIZE", BUCKETIZE.signature, names, 2, given)
    points = arguments.constant("array_split_points")
    if not isinstance(points, list) or not all(_is_finite(point) for point in points):
        raise arguments.refusal("array_split_points", points, "an array of finite numbers")
    if not points or points != sorted(points):
        raise arguments.refusal("array_split_points", points, "one or more numbers, ascending")
    if arguments.boolean("exclude_boundaries", False):
        points = points[1:-1]
    literals = exp.cast(exp.array(*(double(point) for point in points)), "DOUBLE[]")
    shown = arguments.choice("output_format", _FORMATS, "bucket_names")
    return bucket(arguments.expression("numerical_expression"), literals, shown)


def _quantile_bucketize(given: list[exp.Expr]) -> Analysis:
    names = ("numerical_expression", "num_buckets", "output_format")
    arguments = Arguments("ML.QUANTILE_BUCKETIZE", QUANTILE_BUCKETIZE.signature, names, 2, given)
    buckets = arguments.integer("num_buckets", Range(1, _MOST_BUCKETS))
    shown = arguments.choice("output_format", _FORMATS, "bucket_names")
    value = arguments.expression("numerical_expression")

    def apply(statistics: Statistics) -> exp.Expr:
        return bucket(value, statistics["points"], shown)

    # Equal quantiles bound no bucket between them.
    points = call("list_sort", call("list_distinct", quantiles(value, buckets)))
    empty = exp.cast(exp.array(), "DOUBLE[]")
    return Analysis({"points": call("coalesce", points, empty)}, apply)


def quantiles(value: exp.Expr, parts: int) -> exp.Expr:
    """Return the list of the quantiles 1/parts … (parts - 1)/parts, an aggregate.

    The k-th is the value number ceil(n * k / parts) of n in ascending order: so BigQuery ML's
    published outputs come out.
    """
    if parts == 1:
        return exp.cast(exp.array(), "DOUBLE[]")
    fractions = [fraction(k, parts) for k in range(1, parts)]
    return aggregate("quantile_disc", numeric(value.copy()), exp.array(*fractions))


def fraction(numerator: int, denominator: int) -> exp.Expr:
    """Return a fraction as a DECIMAL rounded down, so that n * fraction never passes an integer.

    As a double, 9 * (2 / 3) could be just above 6 and the quantile the value after the one meant.
    """
    exact = Decimal(numerator) / Decimal(denominator)
    return exp.Literal.number(str(exact.quantize(Decimal(1).scaleb(-18), rounding=ROUND_FLOOR)))


def bucket(value: exp.Expr, points: exp.Expr, shown: str) -> exp.Expr:
    """Return the bucket of `value` between the ascending split `points`, NULL for NULL.

    A bucket has its lower bound and not its upper one.
    """

    def body(look_up: Lookup) -> exp.Expr:
        below = filtered(
            look_up("points"), lambda point: exp.LTE(this=point, expression=look_up("value"))
        )
        passed = call("len", below)
        named = exp.DPipe(
            this=text("bin_"), expression=exp.paren(exp.Add(this=passed, expression=number(1)))
        )
        written = named if shown == "bucket_names" else _range(look_up, passed, shown)
        return case([(is_null(look_up("value")), null())], written)

    return bound({"value": numeric(value.copy()), "points": points}, body)


def _range(look_up: Lookup, passed: exp.Expr, output_format: str) -> exp.Expr:
    last = call("len", look_up("points"))
    is_first = exp.EQ(this=passed.copy(), expression=number(0))
    is_last = exp.EQ(this=passed.copy(), expression=last)
    low = shown(call("list_extract", look_up("points"), passed.copy()))
    above = exp.Add(this=passed.copy(), expression=number(1))
    high = shown(call("list_extract", look_up("points"), above))
    if output_format == "bucket_ranges":
        left = case([(is_first, text("(-inf"))], call("concat", text("["), low))
        right = case([(is_last, text("+inf"))], high)
        return call("concat", left, text(", "), right, text(")"))
    left = case([(is_first, text("-Infinity"))], low)
    right = case([(is_last, text("Infinity"))], high)
    return call("concat", text('{"start": "'), left, text('", "end": "'), right, text('"}'))


def shown(value: exp.Expr) -> exp.Expr:
    """Return a DOUBLE as BigQuery writes a FLOAT64: whole numbers without a fraction."""
    whole = exp.And(
        this=exp.EQ(this=value.copy(), expression=call("trunc", value.copy())),
        expression=exp.LT(this=call("abs", value.copy()), expression=double(1e15)),
    )
    as_integer = exp.cast(exp.cast(value.copy(), "BIGINT"), "VARCHAR")
    return case([(whole, as_integer)], exp.cast(value, "VARCHAR"))


def _is_finite(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


BUCKETIZE = ScalarFunction(
    "ML.BUCKETIZE",
    Group.PREPROCESS,
    "The bucket of a number between split points.",
    "ML.BUCKETIZE(numerical_expression, array_split_points [, exclude_boundaries] "
    "[, output_format])",
    _bucketize,
)

QUANTILE_BUCKETIZE = AnalyticFunction(
    "ML.QUANTILE_BUCKETIZE",
    Group.PREPROCESS,
    "The bucket of a number between the quantiles of all rows.",
    "ML.QUANTILE_BUCKETIZE(numerical_expression, num_buckets [, output_format]) OVER()",
    _quantile_bucketize,
)
