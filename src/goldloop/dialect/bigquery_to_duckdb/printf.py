"""`FORMAT('%d %s %t', …)`: each specifier of the pattern as the text that it writes."""

from __future__ import annotations

import re

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import (
    Rule,
    call,
    cased,
    cast,
    is_missing,
    literal_text,
    of_type,
    once,
)
from goldloop.dialect.bigquery_to_duckdb.types import (
    BIGINT,
    DOUBLE,
    TEXT,
    kind_of,
)
from goldloop.errors import StatementError

_SPECIFIER = re.compile(
    r"%(?P<flags>[-+ #0']*)(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d*))?(?P<kind>.)", re.DOTALL
)
_WHOLE = {"d": "d", "i": "d", "o": "o", "x": "x", "X": "X"}
_FLOATING = frozenset("fFeEgG")


def _format(node: exp.Expr) -> exp.Expr:
    pattern = literal_text("FORMAT", "the pattern", node.this)
    arguments = list(node.expressions)
    texts: list[exp.Expr] = []
    end = 0
    for match in _SPECIFIER.finditer(pattern):
        if pattern[end : match.start()]:
            texts.append(exp.Literal.string(pattern[end : match.start()]))
        end = match.end()
        if match["kind"] == "%":
            texts.append(exp.Literal.string("%"))
            continue
        texts.append(_written(match, pattern, arguments))
    if pattern[end:]:
        texts.append(exp.Literal.string(pattern[end:]))
    if arguments:
        raise StatementError(f"FORMAT('{pattern}', …): {len(arguments)} arguments too many.")
    joined: exp.Expr = texts[0] if texts else exp.Literal.string("")
    for text in texts[1:]:
        joined = exp.DPipe(this=joined, expression=text)
    return of_type(exp.paren(joined), TEXT)


def _written(match: re.Match, pattern: str, arguments: list[exp.Expr]) -> exp.Expr:
    flags, kind = match["flags"], match["kind"]
    stars = [
        arguments.pop(0)
        for each in (match["width"], match["precision"])
        if each == "*" and arguments
    ]
    if not arguments:
        raise StatementError(f"FORMAT('{pattern}', …): there is no argument for {match[0]}.")
    value = arguments.pop(0)
    if kind in "tT":
        text = _any(value) if kind == "t" else _literal_of(value, match[0])
        return _padded(text, match, stars)
    if kind == "s":
        return _padded(cast(value, TEXT), match, stars)
    if kind in _WHOLE:
        is_grouped = "'" in flags
        sized = f"%{flags.replace(chr(39), '')}{match['width'] or ''}{_WHOLE[kind]}"
        if match["precision"] is not None or (is_grouped and (match["width"] or kind not in "di")):
            raise _unknown(match[0], pattern)
        if is_grouped:
            return call("FORMAT", "{:,}", cast(value, BIGINT))
        return call("PRINTF", sized, *stars, cast(value, BIGINT))
    if kind in _FLOATING and "'" not in flags:
        precision = f".{match['precision']}" if match["precision"] is not None else ""
        sized = f"%{flags}{match['width'] or ''}{precision}{kind}"
        return call("PRINTF", sized, *stars, cast(value, DOUBLE))
    raise _unknown(match[0], pattern)


def _unknown(specifier: str, pattern: str) -> StatementError:
    return StatementError(
        f"FORMAT('{pattern}', …): the specifier {specifier} is not available; expected one of "
        "%d %i %o %x %X %f %e %g %s %t %T %%, with width and precision."
    )


def _padded(text: exp.Expr, match: re.Match, stars: list[exp.Expr]) -> exp.Expr:
    if match["precision"] is not None:
        width = stars.pop() if match["precision"] == "*" else int(match["precision"] or 0)
        text = call("LEFT", text, width)
    if match["width"] is None:
        return text
    width = stars[0] if match["width"] == "*" else int(match["width"])
    # Longer texts stay whole, where LPAD and RPAD would cut them.
    side = "RPAD" if "-" in match["flags"] else "LPAD"
    return once(
        [text], lambda given: call(side, given, _at_least(call("LENGTH", given), width), " ")
    )


def _at_least(length: exp.Expr, width: exp.Expr | int) -> exp.Expr:
    return cast(call("GREATEST", length, width), exp.DType.INT)


def _any(value: exp.Expr) -> exp.Expr:
    """Return the text of %t, which NULL has too."""
    if isinstance(value, exp.Null):
        return exp.Literal.string("NULL")
    return call("COALESCE", cast(value, TEXT), "NULL")


def _literal_of(value: exp.Expr, specifier: str) -> exp.Expr:
    """Return the text of %T: the constant in SQL."""
    match kind_of(value):
        case exp.DType.VARCHAR:
            text: exp.Expr = cast(call("TO_JSON", value), TEXT)
        case exp.DType.BIGINT | exp.DType.DOUBLE | exp.DType.BOOLEAN:
            text = cast(value, TEXT)
        case exp.DType.DATE:
            text = _prefixed("DATE", value)
        case exp.DType.TIMESTAMP:
            text = _prefixed("DATETIME", value)
        case _:
            raise StatementError(
                f"FORMAT: {specifier} of {value.sql('bigquery')} is not available, as its type is "
                "not known before the query runs; CAST it to its type."
            )
    return once([value], lambda given: cased(is_missing(given), exp.Literal.string("NULL"), text))


def _prefixed(name: str, value: exp.Expr) -> exp.Expr:
    text = exp.DPipe(this=exp.Literal.string(f'{name} "'), expression=cast(value, TEXT))
    return exp.DPipe(this=text, expression=exp.Literal.string('"'))


RULES: dict[type[exp.Expr], Rule] = {exp.Format: _format}
