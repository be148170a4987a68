"""Numbers: literals, arithmetic and mathematical functions, with BigQuery's errors."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import (
    Rule,
    call,
    cased,
    cast,
    failing,
    is_missing,
    number,
    of_type,
    once,
)
from goldloop.dialect.bigquery_to_duckdb.types import (
    BIGINT,
    BYTES,
    DOUBLE,
    TEXT,
    kind_of,
)
from goldloop.errors import StatementError


def _literal(node: exp.Expr) -> exp.Expr:
    if node.args["is_string"]:
        return node
    text = str(node.this)
    # 1.5 is a FLOAT64 in BigQuery and a DECIMAL in DuckDB, where 1.5e0 is the double.
    if "." in text and "e" not in text.lower():
        return of_type(exp.Literal.number(f"{text}e0"), DOUBLE)
    if text.isdigit() and _needs_width(node):
        return cast(node, BIGINT)
    return node


def _needs_width(node: exp.Expr) -> bool:
    """Whether the literal's own type shows: an INT64 in BigQuery, of 32 bits in DuckDB."""
    parent = node.parent
    if isinstance(parent, exp.Neg | exp.Paren):
        return _needs_width(parent)
    if isinstance(parent, exp.Alias | exp.PropertyEQ):
        return (isinstance(parent.parent, exp.Select | exp.Struct) and node.arg_key != "this") or (
            isinstance(parent, exp.Alias) and isinstance(parent.parent, exp.Select | exp.Struct)
        )
    if isinstance(parent, exp.Add | exp.Sub | exp.Mul):
        return not any(parent.find_all(exp.Column, exp.Func, exp.Cast, exp.Interval))
    if isinstance(parent, exp.If):
        return node.arg_key in ("true", "false")
    if isinstance(parent, exp.Case):
        return node.arg_key == "default"
    if isinstance(parent, exp.Tuple):
        return isinstance(parent.parent, exp.Values)
    if isinstance(parent, exp.Select):
        return node.arg_key == "expressions"
    return isinstance(parent, exp.Array | exp.Struct | exp.Max | exp.Min | exp.Sum | exp.AnyValue)


def _division(node: exp.Expr) -> exp.Expr:
    divisor = node.expression
    if _is_nonzero(divisor):
        return node

    def divided(given: exp.Expr) -> exp.Expr:
        quotient = exp.Div(this=node.this.copy(), expression=given.copy())
        return failing(_is_zero(given), "division by zero", quotient)

    return exp.paren(once([divisor], divided))


def _safe_division(node: exp.Expr) -> exp.Expr:
    def divided(given: exp.Expr) -> exp.Expr:
        quotient = exp.Div(this=_wrapped(node.this), expression=_wrapped(given))
        return cased(_is_zero(given), exp.Null(), quotient)

    return of_type(exp.paren(once([node.expression], divided)), DOUBLE)


def _ieee_division(node: exp.Expr) -> exp.Expr:
    dividend, divisor = (cast(each, DOUBLE) for each in node.expressions)
    return of_type(exp.paren(exp.Div(this=dividend, expression=divisor)), DOUBLE)


def _is_nonzero(node: exp.Expr) -> bool:
    node = node.unnest()
    if isinstance(node, exp.Cast | exp.Neg):
        return _is_nonzero(node.this)
    return isinstance(node, exp.Literal) and not node.is_string and float(node.this) != 0


def _is_zero(node: exp.Expr) -> exp.Expr:
    return exp.EQ(this=_wrapped(node), expression=number(0))


def _wrapped(node: exp.Expr) -> exp.Expr:
    return exp.paren(node.copy()) if isinstance(node, exp.Binary | exp.Unary) else node.copy()


def _guarded(
    function: str, message: str, is_outside: Callable[[exp.Expr], exp.Expr], name: str = ""
) -> Rule:
    """A function that BigQuery refuses outside of its domain, where DuckDB has NaN or infinity."""

    def rule(node: exp.Expr) -> exp.Expr:
        return of_type(
            once(
                [node.this],
                lambda x: failing(
                    is_outside(x), f"{function} {message}", call(name or function, x)
                ),
            ),
            DOUBLE,
        )

    return rule


def _at_most_zero(x: exp.Expr) -> exp.Expr:
    return exp.LTE(this=_wrapped(x), expression=number(0))


def _negative(x: exp.Expr) -> exp.Expr:
    return exp.LT(this=_wrapped(x), expression=number(0))


def _beyond_one(x: exp.Expr) -> exp.Expr:
    return exp.GT(this=call("ABS", x), expression=number(1))


def _log(node: exp.Expr) -> exp.Expr:
    # sqlglot keeps LOG10(x) as LOG(10, x), and the base first.
    base, x = (node.this, node.expression) if node.expression is not None else (None, node.this)
    if base is None:
        return _guarded("LN", _NOT_POSITIVE, _at_most_zero)(node)
    if base.name == "10":
        ten = exp.Ln(this=x)
        return _guarded("LOG10", _NOT_POSITIVE, _at_most_zero)(ten)

    def logarithm(given: exp.Expr, to_base: exp.Expr) -> exp.Expr:
        outside = exp.or_(
            _at_most_zero(given),
            _at_most_zero(to_base),
            exp.EQ(this=to_base.copy(), expression=number(1)),
        )
        quotient = exp.Div(this=call("LN", given), expression=call("LN", to_base))
        return failing(
            outside, "LOG of a number or to a base that is not positive, or base 1", quotient
        )

    return of_type(once([x, base], logarithm), DOUBLE)


def _power(node: exp.Expr) -> exp.Expr:
    def power(base: exp.Expr, exponent: exp.Expr) -> exp.Expr:
        whole = exp.EQ(this=call("FLOOR", exponent), expression=_wrapped(exponent))
        outside = exp.or_(
            exp.and_(_negative(base), exp.Not(this=exp.paren(whole))),
            exp.and_(_is_zero(base), _negative(exponent)),
        )
        return failing(outside, "POW has no such value", call("POWER", base, exponent))

    if isinstance(node.expression, exp.Literal) and node.expression.name.isdigit():
        return of_type(call("POWER", node.this, node.expression), DOUBLE)
    return of_type(once([node.this, node.expression], power), DOUBLE)


def _round(node: exp.Expr) -> exp.Expr:
    mode = node.args.get("truncate")
    arguments = [node.this, *([node.args["decimals"]] if node.args.get("decimals") else [])]
    if mode is not None:
        name = mode.name.upper()
        if name == "ROUND_HALF_EVEN":
            return call("ROUND_EVEN", *arguments, *([0] if len(arguments) == 1 else []))
        if name != "ROUND_HALF_AWAY_FROM_ZERO":
            raise StatementError(
                f"ROUND: there is no rounding mode '{mode.name}'; expected "
                "ROUND_HALF_AWAY_FROM_ZERO or ROUND_HALF_EVEN."
            )
    return _floating(call("ROUND", *arguments), node.this)


def _floating(result: exp.Expr, argument: exp.Expr) -> exp.Expr:
    return cast(result, DOUBLE) if kind_of(argument) == BIGINT else result


def _rounded(function: str) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        digits = node.args.get("decimals") or node.args.get("expression")
        arguments = [node.this, digits] if digits is not None else [node.this]
        return _floating(call(function, *arguments), node.this)

    return rule


def _sign(node: exp.Expr) -> exp.Expr:
    known = kind_of(node.this)
    if known is not None:
        return cast(call("SIGN", node.this), known)
    return once([node.this], lambda x: call("CAST_TO_TYPE", call("SIGN", x), x))


def _reciprocal(function: str) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        one = of_type(exp.Literal.number("1e0"), DOUBLE)
        return of_type(exp.paren(exp.Div(this=one, expression=call(function, node.this))), DOUBLE)

    return rule


def _extreme(function: str) -> Rule:
    """GREATEST and LEAST: NULL if any is, where DuckDB leaves NULLs out."""

    def rule(node: exp.Expr) -> exp.Expr:
        def chosen(*given: exp.Expr) -> exp.Expr:
            missing = exp.or_(*(is_missing(each) for each in given))
            return cased(missing, exp.Null(), call(function, *given))

        return once([node.this, *node.expressions], chosen)

    return rule


def _safely(operation: type[exp.Binary]) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        wide = exp.paren(exp.Add(this=_wrapped(node.this), expression=cast(number(0), BIGINT)))
        return call("TRY", operation(this=wide, expression=_wrapped(node.expression)))

    return rule


def _range_bucket(node: exp.Expr) -> exp.Expr:
    point, bounds = node.this, node.expression
    name = exp.to_identifier("_bound")
    below = exp.Lambda(
        this=exp.LTE(this=exp.column("_bound"), expression=_wrapped(point)), expressions=[name]
    )
    count = call("LEN", call("LIST_FILTER", bounds, below))
    return of_type(cased(is_missing(point), exp.Null(), count), BIGINT)


def _fingerprint(node: exp.Expr) -> exp.Expr:
    value = node.expressions[0] if node.expressions else node.this
    match kind_of(value):
        case exp.DType.VARCHAR:
            return of_type(call("GOLDLOOP_FARM_FINGERPRINT", value), BIGINT)
        case exp.DType.BLOB:
            return of_type(call("GOLDLOOP_FARM_FINGERPRINT_BYTES", value), BIGINT)
        case None:
            return of_type(once([value], _fingerprint_of_either), BIGINT)
    raise StatementError(
        f"FARM_FINGERPRINT takes a STRING or BYTES; {value.sql('bigquery')} is neither. "
        "CAST it AS STRING."
    )


def _fingerprint_of_either(value: exp.Expr) -> exp.Expr:
    def is_of(kind: exp.DType) -> exp.Expr:
        return exp.EQ(this=call("TYPEOF", value), expression=exp.Literal.string(kind.name))

    # Within a CASE, as DuckDB knows the type when it plans and drops the other branches.
    return exp.Case(
        ifs=[
            exp.If(this=is_of(TEXT), true=call("GOLDLOOP_FARM_FINGERPRINT", cast(value, TEXT))),
            exp.If(
                this=is_of(BYTES), true=call("GOLDLOOP_FARM_FINGERPRINT_BYTES", cast(value, BYTES))
            ),
            exp.If(this=is_missing(value), true=exp.Null()),
        ],
        default=call("ERROR", "FARM_FINGERPRINT takes a STRING or BYTES; CAST the value AS STRING"),
    )


_NOT_POSITIVE = "of a number that is not positive"
RULES: dict[type[exp.Expr], Rule] = {
    exp.Literal: _literal,
    exp.Div: _division,
    exp.SafeDivide: _safe_division,
    exp.SafeAdd: _safely(exp.Add),
    exp.SafeSubtract: _safely(exp.Sub),
    exp.SafeMultiply: _safely(exp.Mul),
    exp.SafeNegate: lambda node: call("TRY", exp.Neg(this=_wrapped(node.this))),
    exp.Ln: _guarded("LN", _NOT_POSITIVE, _at_most_zero),
    exp.Log: _log,
    exp.Sqrt: _guarded("SQRT", "of a negative number", _negative),
    exp.Acos: _guarded("ACOS", "of a number beyond 1", _beyond_one),
    exp.Asin: _guarded("ASIN", "of a number beyond 1", _beyond_one),
    exp.Pow: _power,
    exp.Round: _round,
    exp.Ceil: _rounded("CEIL"),
    exp.Floor: _rounded("FLOOR"),
    exp.Trunc: _rounded("TRUNC"),
    exp.Sign: _sign,
    exp.Csc: _reciprocal("SIN"),
    exp.Sec: _reciprocal("COS"),
    exp.Csch: _reciprocal("SINH"),
    exp.Sech: _reciprocal("COSH"),
    exp.Coth: _reciprocal("TANH"),
    exp.Greatest: _extreme("GREATEST"),
    exp.Least: _extreme("LEAST"),
    exp.RangeBucket: _range_bucket,
    exp.BitwiseCount: lambda node: cast(call("BIT_COUNT", node.this), BIGINT),
    exp.FarmFingerprint: _fingerprint,
}
NAMED: dict[str, Rule] = {"IEEE_DIVIDE": _ieee_division}
