"""CAST and SAFE_CAST where BigQuery's result differs from DuckDB's, and the types themselves."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import Rule, call, cased, cast, of_type, once
from goldloop.dialect.bigquery_to_duckdb.moments import timestamp_of_text
from goldloop.dialect.bigquery_to_duckdb.time_texts import cast_with_format
from goldloop.dialect.bigquery_to_duckdb.types import (
    BIGINT,
    BYTES,
    DOUBLE,
    TEXT,
    TIMESTAMP,
    is_text_literal,
    kind_of,
)

# A whole number as BigQuery reads it; DuckDB would round '1.5'.
_WHOLE = r"^\s*[+-]?([0-9]+|0[xX][0-9a-fA-F]+)\s*$"


def _cast(node: exp.Expr) -> exp.Expr:
    if node.args.get("format") is not None:
        made = cast_with_format(node)
        return call("TRY", made) if isinstance(node, exp.TryCast) else made
    target = kind_of(node)
    if target == TIMESTAMP and is_text_literal(node.this):
        return timestamp_of_text(node.this.name, type(node))
    rule = _TARGETS.get(target) if target is not None else None
    return rule(node) if rule else node


def _to_text(node: exp.Expr) -> exp.Expr:
    match kind_of(node.this):
        case exp.DType.DOUBLE:
            return of_type(once([node.this], _text_of_double), TEXT)
        case exp.DType.BLOB:
            return of_type(call("DECODE", node.this), TEXT)
        case None:
            return of_type(once([node.this], _text_of_any), TEXT)
    return node


def text_of(node: exp.Expr) -> exp.Expr:
    """Return `CAST(node AS STRING)`."""
    return _to_text(cast(node, TEXT))


def _text_of_any(value: exp.Expr) -> exp.Expr:
    def is_of(name: str) -> exp.Expr:
        return exp.EQ(this=call("TYPEOF", value), expression=exp.Literal.string(name))

    text = cast(value, TEXT)
    return exp.Case(
        ifs=[
            exp.If(this=is_of("DOUBLE"), true=_text_of_double(cast(text, DOUBLE))),
            exp.If(this=is_of("BLOB"), true=call("DECODE", cast(text, BYTES))),
        ],
        default=text,
    )


def _text_of_double(value: exp.Expr) -> exp.Expr:
    """Return the text of a FLOAT64: 15 digits if they are enough, else 17; 1.0 is 1."""
    # Added to 0, -0 becomes 0, which BigQuery writes without a sign.
    unsigned = exp.Add(this=value.copy(), expression=exp.Literal.number("0e0"))
    short = call("PRINTF", "%.15g", unsigned)
    is_exact = exp.EQ(this=cast(short, DOUBLE), expression=value.copy())
    return cased(is_exact, short, call("PRINTF", "%.17g", unsigned))


def _to_whole_number(node: exp.Expr) -> exp.Expr:
    def whole(value: exp.Expr) -> exp.Expr:
        return type(node)(this=value.copy(), to=exp.DataType.build(BIGINT))

    def of_text(value: exp.Expr) -> exp.Expr:
        checked = call("REGEXP_MATCHES", cast(value, TEXT), _WHOLE)
        if isinstance(node, exp.TryCast):
            return cased(checked, whole(value), exp.Null())
        # DuckDB's own error of a text that is no number at all, with the text in it.
        wrong = whole(
            exp.DPipe(this=exp.Literal.string("not a whole number: "), expression=cast(value, TEXT))
        )
        return exp.Case(
            ifs=[
                exp.If(
                    this=exp.or_(checked, exp.Is(this=value.copy(), expression=exp.Null())),
                    true=whole(value),
                )
            ],
            default=wrong,
        )

    def of_any(value: exp.Expr) -> exp.Expr:
        def is_of(name: str) -> exp.Expr:
            return exp.EQ(this=call("TYPEOF", value), expression=exp.Literal.string(name))

        rounded = call("ROUND", cast(cast(value, TEXT), DOUBLE))
        return exp.Case(
            ifs=[
                exp.If(this=is_of("DOUBLE"), true=whole(rounded)),
                exp.If(this=is_of("VARCHAR"), true=of_text(value)),
            ],
            default=whole(value),
        )

    match kind_of(node.this):
        case exp.DType.DOUBLE:
            return of_type(whole(call("ROUND", node.this)), BIGINT)
        case exp.DType.VARCHAR:
            return of_type(once([node.this], of_text), BIGINT)
        case None if not isinstance(node.this, exp.Null):
            return of_type(once([node.this], of_any), BIGINT)
    return node


def _to_bytes(node: exp.Expr) -> exp.Expr:
    # CAST(… AS BLOB) would read \x in a text as an escape.
    if isinstance(node.this, exp.ByteString | exp.Null) or kind_of(node.this) == BYTES:
        return node
    return of_type(call("ENCODE", node.this), BYTES)


_TARGETS: dict[exp.DType, Rule] = {
    TEXT: _to_text,
    BIGINT: _to_whole_number,
    BYTES: _to_bytes,
}


def _data_type(node: exp.Expr) -> exp.Expr:
    """NUMERIC has 9 decimals; of BIGNUMERIC's, 38 digits with 18 decimals are kept."""
    if node.this == exp.DType.DECIMAL and not node.expressions:
        return exp.DataType.build("DECIMAL(38, 9)", dialect="duckdb")
    if node.this == exp.DType.BIGDECIMAL and not node.expressions:
        return exp.DataType.build("DECIMAL(38, 18)", dialect="duckdb")
    return node


def _bytes_literal(node: exp.Expr) -> exp.Expr:
    return of_type(node, BYTES)


def _number_of_text(scale: int) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        return cast(node.this, exp.DataType.build(f"DECIMAL(38, {scale})", dialect="duckdb"))

    return rule


RULES: dict[type[exp.Expr], Rule] = {
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.DataType: _data_type,
    exp.ByteString: _bytes_literal,
    exp.ParseNumeric: _number_of_text(9),
    exp.ParseBignumeric: _number_of_text(18),
}
