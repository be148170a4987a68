"""ML.NORMALIZER, ML.LP_NORM and ML.DISTANCE: p-norms and distances of arrays of numbers."""

from __future__ import annotations

import math

from sqlglot import exp

from goldloop.functions.declaration import Group, ScalarFunction
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.binding import Lookup, bound, filtered, mapped
from goldloop.scoring.expressions import call, case, divide, double, is_null, null

_DISTANCES = ("euclidean", "manhattan", "cosine")
_PAIR = "_goldloop_pair"


def _normalizer(given: list[exp.Expr]) -> exp.Expr:
    names = ("array_expression", "p")
    arguments = Arguments("ML.NORMALIZER", NORMALIZER.signature, names, 1, given)
    degree = arguments.norm("p", 2.0)
    vector = _vector(arguments.expression("array_expression"))

    def body(look_up: Lookup) -> exp.Expr:
        # A vector of length 0 stays as it is.
        divisor = call("coalesce", call("nullif", look_up("norm"), double(0.0)), double(1.0))
        return mapped(look_up("vector"), lambda item: divide(item, divisor))

    return bound({"vector": vector, "norm": _norm(vector, degree)}, body)


def _lp_norm(given: list[exp.Expr]) -> exp.Expr:
    arguments = Arguments("ML.LP_NORM", LP_NORM.signature, ("vector", "degree"), 2, given)
    degree = arguments.norm("degree")
    vector = _vector(arguments.expression("vector"))
    return case([(is_null(vector), null())], _norm(vector.copy(), degree))


def _norm(vector: exp.Expr, degree: float) -> exp.Expr:
    sizes = mapped(vector.copy(), lambda item: call("abs", item))
    if degree == math.inf:
        return call("coalesce", call("list_max", sizes), double(0.0))
    if degree == 0:
        nonzero = filtered(vector.copy(), lambda item: exp.NEQ(this=item, expression=double(0.0)))
        return exp.cast(call("len", nonzero), "DOUBLE")
    if degree == 1:
        return _sum(sizes)
    if degree == 2:
        return call(
            "sqrt",
            _sum(mapped(vector.copy(), lambda item: exp.Mul(this=item, expression=item.copy()))),
        )
    powers = mapped(vector.copy(), lambda item: call("pow", call("abs", item), double(degree)))
    return call("pow", _sum(powers), double(1 / degree))


def _distance(given: list[exp.Expr]) -> exp.Expr:
    names = ("vector1", "vector2", "type")
    arguments = Arguments("ML.DISTANCE", DISTANCE.signature, names, 2, given)
    kind = arguments.choice("type", _DISTANCES, "euclidean")
    one, other = (_vector(_dense(arguments, name)) for name in names[:2])
    match kind:
        case "euclidean":
            return call("list_distance", one, other)
        case "cosine":
            # 1 - cos, where k-means takes its root.
            return call("list_cosine_distance", one, other)
    # list_zip() would fill the shorter of two with NULL; list_distance() refuses them by length.
    gaps = mapped(
        call("list_zip", one, other),
        lambda pair: call(
            "abs",
            exp.Sub(
                this=_side(pair, 1),
                expression=_side(pair, 2),
            ),
        ),
        variable=_PAIR,
    )
    checked = call("list_distance", one.copy(), other.copy())
    return case([(is_null(checked), null())], _sum(gaps))


def _side(pair: exp.Expr, position: int) -> exp.Expr:
    return call("struct_extract", pair.copy(), exp.Literal.number(position))


def _dense(arguments: Arguments, name: str) -> exp.Expr:
    value = arguments.expression(name)
    is_sparse = isinstance(value, exp.Array) and any(
        isinstance(item, exp.Struct | exp.Tuple) for item in value.expressions
    )
    if is_sparse:
        shown = value.sql(dialect="duckdb")
        raise arguments.refusal(
            name, shown, "an array of numbers (one of named dimensions is not supported)"
        )
    return value


def _sum(values: exp.Expr) -> exp.Expr:
    return call("coalesce", call("list_sum", values), double(0.0))


def _vector(value: exp.Expr) -> exp.Expr:
    return exp.cast(value.copy(), "DOUBLE[]")


NORMALIZER = ScalarFunction(
    "ML.NORMALIZER",
    Group.PREPROCESS,
    "An array divided by its p-norm.",
    "ML.NORMALIZER(array_expression [, p])",
    _normalizer,
)
LP_NORM = ScalarFunction(
    "ML.LP_NORM",
    Group.PREPROCESS,
    "The p-norm of an array.",
    "ML.LP_NORM(vector, degree)",
    _lp_norm,
)
DISTANCE = ScalarFunction(
    "ML.DISTANCE",
    Group.PREPROCESS,
    "The distance of two arrays of numbers.",
    "ML.DISTANCE(vector1, vector2 [, type])",
    _distance,
)
