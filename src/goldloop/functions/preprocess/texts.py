"""ML.HASH_BUCKETIZE and ML.NGRAMS: texts as hashes, tokens as sequences of tokens."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.declaration import Group, ScalarFunction
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.binding import Lookup, bound, mapped, number, text
from goldloop.native.farm_fingerprint import FARM_FINGERPRINT
from goldloop.options.declaration import Range
from goldloop.scoring.expressions import call

_LENGTH = "_goldloop_length"


def _hash_bucketize(given: list[exp.Expr]) -> exp.Expr:
    names = ("string_expression", "hash_bucket_size")
    arguments = Arguments("ML.HASH_BUCKETIZE", HASH_BUCKETIZE.signature, names, 2, given)
    size = arguments.integer("hash_bucket_size", Range(0))
    hashed = call(FARM_FINGERPRINT.name, arguments.expression("string_expression").copy())
    if size == 0:
        return hashed
    # The fingerprint is 64 bits without a sign: what is below 0 here stands for 2^64 more.
    modulus = exp.cast(exp.Literal.number(2**64), "HUGEINT")
    wide = exp.paren(exp.Add(this=exp.cast(hashed, "HUGEINT"), expression=modulus))
    unsigned = exp.paren(exp.Mod(this=wide, expression=modulus.copy()))
    return exp.cast(exp.paren(exp.Mod(this=unsigned, expression=number(size))), "BIGINT")


def _ngrams(given: list[exp.Expr]) -> exp.Expr:
    names = ("array_input", "range", "separator")
    arguments = Arguments("ML.NGRAMS", NGRAMS.signature, names, 2, given)
    low, high = _lengths(arguments)
    separator = arguments.constant("separator", " ")
    if not isinstance(separator, str):
        raise arguments.refusal("separator", separator, "a text")

    def body(look_up: Lookup) -> exp.Expr:
        tokens = look_up("tokens")
        count = call("len", tokens)

        def starting(start: exp.Expr) -> exp.Expr:
            left = exp.Sub(this=exp.Add(this=count.copy(), expression=number(1)), expression=start)
            longest = call("least", number(high), left)
            lengths = call("range", number(low), exp.Add(this=longest, expression=number(1)))
            return mapped(lengths, lambda length: gram(start, length), variable=_LENGTH)

        def gram(start: exp.Expr, length: exp.Expr) -> exp.Expr:
            end = exp.Sub(this=exp.Add(this=start.copy(), expression=length), expression=number(1))
            part = call("list_slice", tokens.copy(), start.copy(), end)
            return call("array_to_string", part, text(separator))

        starts = call("range", number(1), exp.Add(this=count.copy(), expression=number(1)))
        return call("flatten", mapped(starts, starting))

    return bound({"tokens": arguments.expression("array_input")}, body)


def _lengths(arguments: Arguments) -> tuple[int, int]:
    found = arguments.constant("range")
    match found:
        case bool():
            pass
        case int() if found >= 1:
            return found, found
        case [int() as low, int() as high] if 1 <= low <= high:
            return low, high
    raise arguments.refusal("range", found, "an integer or two in ascending order, from 1 on")


HASH_BUCKETIZE = ScalarFunction(
    "ML.HASH_BUCKETIZE",
    Group.PREPROCESS,
    "A text's FARM_FINGERPRINT modulo a size, or all of it for the size 0.",
    "ML.HASH_BUCKETIZE(string_expression, hash_bucket_size)",
    _hash_bucketize,
)
NGRAMS = ScalarFunction(
    "ML.NGRAMS",
    Group.PREPROCESS,
    "Every sequence of adjacent tokens of given lengths.",
    "ML.NGRAMS(array_input, range [, separator])",
    _ngrams,
)
