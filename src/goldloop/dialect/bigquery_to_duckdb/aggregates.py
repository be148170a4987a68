"""Aggregate functions: their NULLs, order, limits and types as BigQuery has them."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import (
    Rule,
    call,
    cast,
    number,
    of_type,
)
from goldloop.dialect.bigquery_to_duckdb.types import BIGINT, BOOLEAN, BYTES, DOUBLE, TEXT, kind_of
from goldloop.errors import StatementError


def _sum(node: exp.Expr) -> exp.Expr:
    """SUM of INT64 is an INT64 in BigQuery, and a HUGEINT in DuckDB."""
    if isinstance(node.parent, exp.Window) or _is_pivoted(node):
        return node  # done around the whole
    return narrowed(node, node.this, is_windowed=False)


def _window(node: exp.Expr) -> exp.Expr:
    function = node.this
    if isinstance(function, exp.IgnoreNulls | exp.RespectNulls):
        function = function.this
    if isinstance(function, exp.Sum):
        return narrowed(node, function.this, is_windowed=True)
    if isinstance(function, exp.CountIf):
        return cast(node, BIGINT)
    if isinstance(function, exp.PercentileCont):
        return cast(node, DOUBLE)
    return node


def _is_pivoted(node: exp.Expr) -> bool:
    return isinstance(node.find_ancestor(exp.Pivot, exp.Select), exp.Pivot)


def narrowed(total: exp.Expr, summed: exp.Expr, *, is_windowed: bool) -> exp.Expr:
    """Return the sum `total` of `summed` in BigQuery's type."""
    if isinstance(summed, exp.Distinct):
        summed = summed.expressions[0]
    match kind_of(summed):
        case exp.DType.BIGINT:
            return cast(total, BIGINT)
        case None:
            # Any numeric type that holds the value and an INT64: BIGINT, DOUBLE or DECIMAL.
            wide = exp.Add(this=exp.paren(summed.copy()), expression=cast(number(0), BIGINT))
            sample = wide if is_windowed else call("ANY_VALUE", wide)
            return call("CAST_TO_TYPE", total, sample)
    return total


def _count_if(node: exp.Expr) -> exp.Expr:
    if isinstance(node.parent, exp.Window) or _is_pivoted(node):
        return node
    return cast(node, BIGINT)


def _logical(function: str) -> Rule:
    return lambda node: of_type(call(function, node.this), BOOLEAN)


def _any_value(node: exp.Expr) -> exp.Expr:
    having = node.this
    if not isinstance(having, exp.HavingMax):
        return node
    # DuckDB's ARG_MAX skips rows whose value is NULL, which BigQuery returns.
    name = "ARG_MAX_NULL" if having.args.get("max") else "ARG_MIN_NULL"
    return of_type(
        call(name, having.this, having.expression), having.this.type or exp.DType.UNKNOWN
    )


def _extreme_by(function: str) -> Rule:
    return lambda node: call(function, node.this, node.expression)


def _listed(node: exp.Expr) -> exp.Expr:
    """ARRAY_AGG, with its order, limit and NULLs."""
    values, limit = _unpacked(node)
    return _limited(_collected(values, isinstance(node.parent, exp.IgnoreNulls)), limit)


def _unpacked(node: exp.Expr) -> tuple[exp.Expr, exp.Expr | None]:
    """Return the argument with its DISTINCT and order, and its limit."""
    if isinstance(node.this, exp.Limit):
        return node.this.this, node.this.expression
    return node.this, None


def _value_of(ordered: exp.Expr) -> exp.Expr:
    value = ordered.this if isinstance(ordered, exp.Order) else ordered
    return value.expressions[0] if isinstance(value, exp.Distinct) else value


def _collected(ordered: exp.Expr, without_nulls: bool) -> exp.Expr:
    collected = call("LIST", ordered)
    if not without_nulls:
        return collected
    present = exp.Not(this=exp.Is(this=_value_of(ordered).copy(), expression=exp.Null()))
    return exp.Filter(this=collected, expression=exp.Where(this=present))


def _limited(collected: exp.Expr, limit: exp.Expr | None) -> exp.Expr:
    return collected if limit is None else call("LIST_SLICE", collected, 1, limit)


def _joined(node: exp.Expr) -> exp.Expr:
    """STRING_AGG, which leaves NULLs out."""
    separator = node.args.get("separator") or exp.Literal.string(",")
    values, limit = _unpacked(node)
    if kind_of(_value_of(values)) == BYTES:
        raise StatementError("STRING_AGG of BYTES is not available; of STRING it is.")
    texts = _limited(_collected(values, without_nulls=True), limit)
    return of_type(call("ARRAY_TO_STRING", texts, separator), TEXT)


def _concatenated(node: exp.Expr) -> exp.Expr:
    values, limit = _unpacked(node)
    return call("FLATTEN", _limited(_collected(values, without_nulls=True), limit))


def _quantiles(node: exp.Expr) -> exp.Expr:
    """APPROX_QUANTILES, exact here: the smallest value, n - 1 between, and the largest."""
    values, count = node.this, node.expression
    if isinstance(values, exp.Distinct) and count is None:
        *distinct, count = values.expressions
        values = exp.Distinct(expressions=distinct)
    if not (isinstance(count, exp.Literal) and count.name.isdigit() and int(count.name)):
        raise StatementError(
            "APPROX_QUANTILES: the number of quantiles must be a positive number, written out."
        )
    steps = [_double(i / int(count.name)) for i in range(int(count.name) + 1)]
    if isinstance(node.parent, exp.RespectNulls):
        raise StatementError("APPROX_QUANTILES … RESPECT NULLS is not available; leave it out.")
    return call("QUANTILE_DISC", values, exp.Array(expressions=steps))


def quantile_at(quantiles: exp.Expr, index: int) -> exp.Expr | None:
    """Return one of the quantiles that `_quantiles` made, None where the index is outside."""
    value, steps = quantiles.expressions
    if not 0 <= index < len(steps.expressions):
        return None
    return call("QUANTILE_DISC", value, steps.expressions[index])


def _double(value: float) -> exp.Expr:
    text = repr(value)
    return exp.Literal.number(text if "e" in text else f"{text}e0")


def _distinct_count(node: exp.Expr) -> exp.Expr:
    # Exact: DuckDB's estimate errs on few values, where BigQuery's does not.
    return of_type(exp.Count(this=exp.Distinct(expressions=[node.this.copy()])), BIGINT)


def _top_count(node: exp.Expr) -> exp.Expr:
    """APPROX_TOP_COUNT, exact here: the most frequent values, NULL among them."""
    entry = exp.column("value", table=exp.to_identifier("_e"))
    key = exp.column("key", table=exp.to_identifier("_e"))
    # Wrapped in a struct, a NULL is counted too.
    boxed = call("STRUCT_PACK", _field("v", node.this))
    pairs = call(
        "LIST_TRANSFORM",
        call("MAP_ENTRIES", call("HISTOGRAM", boxed)),
        _lambda("_e", call("STRUCT_PACK", _field("n", cast(entry, BIGINT)), _field("k", key))),
    )
    top = call("LIST_SLICE", call("LIST_REVERSE_SORT", pairs), 1, node.expression or number(10))
    element = exp.to_identifier("_t")
    value = exp.Dot(this=exp.column("k", table=element), expression=exp.to_identifier("v"))
    count = exp.column("n", table=element)
    return call(
        "LIST_TRANSFORM",
        top,
        _lambda("_t", call("STRUCT_PACK", _field("value", value), _field("count", count))),
    )


def _field(name: str, value: exp.Expr) -> exp.Expr:
    return exp.PropertyEQ(this=exp.to_identifier(name), expression=value.copy())


def _lambda(parameter: str, body: exp.Expr) -> exp.Expr:
    return exp.Lambda(this=body, expressions=[exp.to_identifier(parameter)])


def _about_nulls(node: exp.Expr) -> exp.Expr:
    """IGNORE NULLS and RESPECT NULLS stay with window functions; aggregates have used them."""
    navigates = isinstance(
        node.this, exp.FirstValue | exp.LastValue | exp.NthValue | exp.Lag | exp.Lead
    )
    if navigates:
        return node
    if isinstance(node, exp.RespectNulls) and isinstance(
        node.this, exp.PercentileCont | exp.PercentileDisc
    ):
        raise StatementError("PERCENTILE_… RESPECT NULLS is not available; NULLs are left out.")
    return node.this


RULES: dict[type[exp.Expr], Rule] = {
    exp.Sum: _sum,
    exp.CountIf: _count_if,
    exp.Window: _window,
    exp.LogicalOr: _logical("BOOL_OR"),
    exp.LogicalAnd: _logical("BOOL_AND"),
    exp.AnyValue: _any_value,
    exp.ArgMax: _extreme_by("ARG_MAX_NULL"),
    exp.ArgMin: _extreme_by("ARG_MIN_NULL"),
    exp.ArrayAgg: _listed,
    exp.ArrayConcatAgg: _concatenated,
    exp.GroupConcat: _joined,
    exp.ApproxQuantiles: _quantiles,
    exp.ApproxTopK: _top_count,
    exp.ApproxDistinct: _distinct_count,
    exp.IgnoreNulls: _about_nulls,
    exp.RespectNulls: _about_nulls,
}
