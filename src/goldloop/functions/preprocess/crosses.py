"""ML.FEATURE_CROSS and ML.POLYNOMIAL_EXPAND: combinations of the fields of a STRUCT."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from goldloop.errors import StatementError
from goldloop.functions.declaration import Group, ScalarFunction
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.binding import text
from goldloop.options.declaration import Range
from goldloop.scoring.expressions import numeric, struct

_MOST_FEATURES = 10

Fields = list[tuple[str, exp.Expr]]


def _cross(given: list[exp.Expr]) -> exp.Expr:
    names = ("struct_categorical_features", "degree")
    arguments = Arguments("ML.FEATURE_CROSS", FEATURE_CROSS.signature, names, 1, given)
    degree = arguments.integer("degree", Range(2, 4), 2)
    fields = _fields(arguments, "struct_categorical_features")
    crossed = {}
    for chosen in _combinations(len(fields), degree, repeat=False):
        if len(chosen) > 1:
            parts: list[exp.Expr] = []
            for position in chosen:
                parts += [text("_")] if parts else []
                parts.append(exp.cast(fields[position][1].copy(), "VARCHAR"))
            # Unlike concat(), || of NULL is NULL, as in BigQuery.
            crossed[_name(fields, chosen)] = _joined(parts)
    return struct(crossed)


def _expand(given: list[exp.Expr]) -> exp.Expr:
    names = ("struct_numerical_features", "degree")
    arguments = Arguments("ML.POLYNOMIAL_EXPAND", POLYNOMIAL_EXPAND.signature, names, 1, given)
    degree = arguments.integer("degree", Range(1, 4), 2)
    fields = _fields(arguments, "struct_numerical_features")
    expanded = {}
    for chosen in _combinations(len(fields), degree, repeat=True):
        product = numeric(fields[chosen[0]][1].copy())
        for position in chosen[1:]:
            product = exp.Mul(this=product, expression=numeric(fields[position][1].copy()))
        expanded[_name(fields, chosen)] = product
    return struct(expanded)


def _combinations(
    count: int, degree: int, repeat: bool, chosen: tuple[int, ...] = ()
) -> Iterator[tuple[int, ...]]:
    """Yield ascending positions as BigQuery ML orders them: f1, f1_f1, f1_f2, f2, f2_f2."""
    if chosen:
        yield chosen
    if len(chosen) == degree:
        return
    least = 0 if not chosen else chosen[-1] + (not repeat)
    for position in range(least, count):
        yield from _combinations(count, degree, repeat, (*chosen, position))


def _name(fields: Fields, chosen: tuple[int, ...]) -> str:
    return "_".join(fields[position][0] for position in chosen)


def _joined(parts: list[exp.Expr]) -> exp.Expr:
    whole = parts[0]
    for part in parts[1:]:
        whole = exp.DPipe(this=whole, expression=part)
    return whole


def _fields(arguments: Arguments, name: str) -> Fields:
    node = arguments.expression(name)
    if not isinstance(node, exp.Struct):
        raise arguments.refusal(
            name, node.sql(dialect="duckdb"), "STRUCT(column, value AS name, …)"
        )
    fields: Fields = []
    for each in node.expressions:
        match each:
            case exp.PropertyEQ():
                fields.append((each.this.name, each.expression))
            case exp.Alias():
                fields.append((each.alias, each.this))
            case exp.Column():
                fields.append((each.name, each))
            case _:
                raise StatementError(
                    f"{arguments.name}: the feature {each.sql(dialect='duckdb')} has no name; "
                    "write STRUCT(value AS name)."
                )
    seen = [field.casefold() for field, _ in fields]
    repeated = next((field for field in seen if seen.count(field) > 1), None)
    if repeated is not None:
        raise StatementError(f"{arguments.name}: the feature '{repeated}' is given twice.")
    if len(fields) > _MOST_FEATURES:
        raise StatementError(
            f"{arguments.name} is given {len(fields)} features; expected at most {_MOST_FEATURES}."
        )
    return fields


FEATURE_CROSS = ScalarFunction(
    "ML.FEATURE_CROSS",
    Group.PREPROCESS,
    "Every combination of two or more categories, as one category each.",
    "ML.FEATURE_CROSS(STRUCT(column, …) [, degree])",
    _cross,
)
POLYNOMIAL_EXPAND = ScalarFunction(
    "ML.POLYNOMIAL_EXPAND",
    Group.PREPROCESS,
    "Numbers and their products up to a degree.",
    "ML.POLYNOMIAL_EXPAND(STRUCT(column, …) [, degree])",
    _expand,
)
