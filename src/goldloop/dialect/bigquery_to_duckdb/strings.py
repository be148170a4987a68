"""Text: positions, padding and patterns as BigQuery counts and matches them."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import (
    Rule,
    call,
    cased,
    cast,
    failing,
    number,
    of_type,
    once,
)
from goldloop.dialect.bigquery_to_duckdb.casts import text_of
from goldloop.dialect.bigquery_to_duckdb.types import BIGINT, BYTES, TEXT, kind_of
from goldloop.errors import StatementError

# What TRIM takes off when it is not told: Unicode's White_Space, in DuckDB only the space.
_WHITESPACE = "".join(
    map(chr, [9, 10, 11, 12, 13, 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029,
              0x202F, 0x205F, 0x3000])
)  # fmt: skip


def _concatenation(node: exp.Expr) -> exp.Expr:
    # DuckDB's CONCAT leaves NULLs out, its || does not.
    texts = [
        each if kind_of(each) in (TEXT, BYTES, None) else text_of(each) for each in node.expressions
    ]
    joined = texts[0]
    for text in texts[1:]:
        joined = exp.DPipe(this=joined, expression=text.copy())
    return of_type(exp.paren(joined.copy()), TEXT if kind_of(node) != BYTES else BYTES)


def _byte_length(node: exp.Expr) -> exp.Expr:
    name = "OCTET_LENGTH" if kind_of(node.this) == BYTES else "STRLEN"
    return of_type(call(name, node.this), BIGINT)


def _substring(node: exp.Expr) -> exp.Expr:
    start, length = node.args["start"], node.args.get("length")
    literal = _whole_number(start)

    def cut(value: exp.Expr) -> exp.Expr:
        begin = _begin(value, start, literal)
        if length is None:
            return call("SUBSTRING", value, begin)
        text = call("SUBSTRING", value, begin, length)
        if _whole_number(length) is not None:
            return text
        negative = exp.LT(this=exp.paren(length.copy()), expression=number(0))
        return failing(negative, "SUBSTR takes no negative length", text)

    is_plain = literal is not None and literal >= 0
    known = kind_of(node.this) or TEXT
    return of_type(cut(node.this) if is_plain else once([node.this], cut), known)


def _begin(value: exp.Expr, start: exp.Expr, literal: int | None) -> exp.Expr:
    # 0 is the first, and what lies before the first is the first.
    if literal is not None and literal >= 0:
        return number(max(literal, 1))
    last = exp.Neg(this=call("LENGTH", value))
    if literal is not None:
        return call("GREATEST", number(literal), last)
    at = exp.paren(start.copy())
    return exp.Case(
        ifs=[
            exp.If(this=exp.EQ(this=at.copy(), expression=number(0)), true=number(1)),
            exp.If(
                this=exp.LT(this=at.copy(), expression=number(0)),
                true=call("GREATEST", at.copy(), last),
            ),
        ],
        default=at.copy(),
    )


def _whole_number(node: exp.Expr) -> int | None:
    sign = 1
    while isinstance(node, exp.Neg | exp.Cast | exp.Paren):
        sign = -sign if isinstance(node, exp.Neg) else sign
        node = node.this
    return sign * int(node.name) if isinstance(node, exp.Literal) and node.name.isdigit() else None


def _trim(node: exp.Expr) -> exp.Expr:
    name = {"LEADING": "LTRIM", "TRAILING": "RTRIM"}.get(node.args.get("position") or "", "TRIM")
    return of_type(call(name, node.this, node.expression or _WHITESPACE), TEXT)


def _position(node: exp.Expr) -> exp.Expr:
    position, occurrence = node.args.get("position"), node.args.get("occurrence")
    start = 1 if position is None else _whole_number(position)
    which = 1 if occurrence is None else _whole_number(occurrence)
    if start is None or start < 1 or which is None or which < 1:
        raise StatementError(
            "INSTR: position and occurrence are available as positive numbers, written out."
        )
    if (start, which) == (1, 1):
        return of_type(call("INSTR", node.this, node.args["substr"]), BIGINT)

    def found(value: exp.Expr, part: exp.Expr) -> exp.Expr:
        at = exp.column("_at")
        length = call("LENGTH", part)
        matches = exp.EQ(this=call("SUBSTRING", value, at, length), expression=part.copy())
        places = call(
            "LIST_FILTER",
            call("RANGE", start, exp.Add(this=call("LENGTH", value), expression=number(1))),
            exp.Lambda(this=matches, expressions=[exp.to_identifier("_at")]),
        )
        missing = exp.or_(
            exp.Is(this=value.copy(), expression=exp.Null()),
            exp.Is(this=part.copy(), expression=exp.Null()),
        )
        place = call("COALESCE", call("LIST_EXTRACT", places, which), 0)
        return cased(missing, exp.Null(), place)

    return of_type(once([node.this, node.args["substr"]], found), BIGINT)


def _like(node: exp.Expr) -> exp.Expr:
    pattern = node.expression
    if isinstance(node.parent, exp.Escape) or isinstance(pattern, exp.Any | exp.All | exp.Subquery):
        return node
    if isinstance(pattern, exp.Literal | exp.RawString) and "\\" not in str(pattern.this):
        return node
    # BigQuery escapes with a backslash, DuckDB with nothing unless told.
    return exp.Escape(this=node.copy(), expression=exp.Literal.string("\\"))


def _code_points(node: exp.Expr) -> exp.Expr:
    if kind_of(node.this) == BYTES:
        raise StatementError("TO_CODE_POINTS of BYTES is not available; of STRING it is.")
    letter = exp.Lambda(
        this=cast(call("UNICODE", exp.column("_c")), BIGINT), expressions=[exp.to_identifier("_c")]
    )
    return call("LIST_TRANSFORM", call("STRING_SPLIT", node.this, ""), letter)


def _text_of_code_points(node: exp.Expr) -> exp.Expr:
    letter = exp.Lambda(
        this=call("CHR", cast(exp.column("_c"), exp.DType.INT)),
        expressions=[exp.to_identifier("_c")],
    )
    return of_type(call("ARRAY_TO_STRING", call("LIST_TRANSFORM", node.this, letter), ""), TEXT)


def _normalized(node: exp.Expr) -> exp.Expr:
    form = (node.args.get("form") or exp.var("NFC")).name.upper()
    if form != "NFC" or node.args.get("is_casefold"):
        raise StatementError(f"NORMALIZE to {form} is not available; to NFC it is.")
    return of_type(call("NFC_NORMALIZE", node.this), TEXT)


def _edit_distance(node: exp.Expr) -> exp.Expr:
    distance: exp.Expr = call("LEVENSHTEIN", node.this, node.expression)
    limit = node.args.get("max_dist")
    if limit is not None:
        distance = call(
            "LEAST", distance, limit.expression if isinstance(limit, exp.Kwarg) else limit
        )
    return of_type(distance, BIGINT)


def _split(node: exp.Expr) -> exp.Expr:
    return call("STR_SPLIT", node.this, node.expression or ",")


def _sha2(node: exp.Expr) -> exp.Expr:
    if node.args.get("length") is None or node.args["length"].name == "256":
        return node
    value = node.this if kind_of(node.this) == BYTES else call("ENCODE", node.this)
    return of_type(call("GOLDLOOP_SHA512", value), BYTES)


RULES: dict[type[exp.Expr], Rule] = {
    exp.Concat: _concatenation,
    exp.ByteLength: _byte_length,
    exp.Substring: _substring,
    exp.Trim: _trim,
    exp.StrPosition: _position,
    exp.Like: _like,
    exp.ToCodePoints: _code_points,
    exp.CodePointsToString: _text_of_code_points,
    exp.Normalize: _normalized,
    exp.Levenshtein: _edit_distance,
    exp.Split: _split,
    exp.SHA2Digest: _sha2,
}
