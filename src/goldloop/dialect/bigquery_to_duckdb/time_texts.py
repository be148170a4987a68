"""Functions between dates and text: FORMAT_…, PARSE_… and CAST … FORMAT."""

from __future__ import annotations

import re

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import (
    Rule,
    call,
    cast,
    literal_text,
    of_type,
    once,
)
from goldloop.dialect.bigquery_to_duckdb.dates import as_kind
from goldloop.dialect.bigquery_to_duckdb.time_formats import read_format, written
from goldloop.dialect.bigquery_to_duckdb.types import (
    BIGINT,
    DATE,
    DATETIME,
    TEXT,
    TIME,
    TIMESTAMP,
    kind_of,
)
from goldloop.errors import StatementError


def _format(function: str, kind: exp.DType) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        pattern, value, *zone = _arguments(function, node, 2, 3 if kind == TIMESTAMP else 2)
        text = _text(function, pattern, as_kind(value, kind), kind, zone[0] if zone else None)
        return of_type(text, TEXT)

    return rule


def _text(
    function: str, pattern: exp.Expr, value: exp.Expr, kind: exp.DType, zone: exp.Expr | None
) -> exp.Expr:
    written_format = literal_text(function, "the format", pattern)
    if kind == TIMESTAMP:
        zone_name = literal_text(function, "the time zone", zone) if zone is not None else "UTC"
        if zone_name == "UTC":
            for element, text in {"%Ez": "+00:00", "%z": "+0000", "%Z": "UTC"}.items():
                written_format = written_format.replace(element, text)
        value = call("TIMEZONE", zone_name, value)
    elif kind == TIME:
        value = exp.paren(
            exp.Add(this=cast(exp.Literal.string("1970-01-01"), DATE), expression=value.copy())
        )
    return once([value], lambda given: written(given, written_format, function))


def _parse(function: str, kind: exp.DType) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        pattern, text, *zone = _arguments(function, node, 2, 3 if kind == TIMESTAMP else 2)
        format_text = literal_text(function, "the format", pattern)
        return _read(function, format_text, text, kind, zone[0] if zone else None)

    return rule


def _read(
    function: str, written_format: str, text: exp.Expr, kind: exp.DType, zone: exp.Expr | None
) -> exp.Expr:
    if kind == TIMESTAMP and written_format == "%s":
        return of_type(call("TO_TIMESTAMP", cast(text, BIGINT)), TIMESTAMP)
    reads = read_format(written_format, function)
    formats, given = list(reads.formats), text
    if not reads.has_year:  # what a text does not tell is of 1970, in DuckDB of 1900
        formats = [f"%Y {each}" for each in formats]
        given = exp.DPipe(this=exp.Literal.string("1970 "), expression=exp.paren(text.copy()))
    patterns: exp.Expr = exp.Literal.string(formats[0])
    if len(formats) > 1:
        patterns = exp.Array(expressions=[exp.Literal.string(each) for each in formats])
    moment = call("STRPTIME", given, patterns)
    if kind != TIMESTAMP:
        if reads.has_zone:
            raise StatementError(f"{function} reads no time zone; PARSE_TIMESTAMP does.")
        return of_type(moment, DATETIME) if kind == DATETIME else cast(moment, kind)
    if reads.has_zone:
        return of_type(moment, TIMESTAMP)
    return of_type(call("TIMEZONE", zone if zone is not None else "UTC", moment), TIMESTAMP)


def _arguments(function: str, node: exp.Expr, least: int, most: int) -> list[exp.Expr]:
    given = node.expressions
    if not least <= len(given) <= most:
        raise StatementError(f"{function} takes {least} to {most} arguments; {len(given)} given.")
    return given


def cast_with_format(node: exp.Expr) -> exp.Expr:
    """Return `CAST(value AS type FORMAT '…')` of a date or time, or to one.

    Raises:
        StatementError: an element of the format or a type has no counterpart.
    """
    function = "CAST … FORMAT"
    pattern = _percent_format(literal_text(function, "the format", node.args["format"]), function)
    target = node.args["to"].this
    target = {exp.DType.TEXT: TEXT, exp.DType.DATETIME: DATETIME}.get(target, target)
    zone = node.args.get("zone")
    if target in (DATE, DATETIME, TIME, TIMESTAMP):
        return _read(function, pattern, node.this, target, zone)
    source = kind_of(node.this)
    if target != TEXT or source not in (DATE, DATETIME, TIME, TIMESTAMP):
        raise StatementError(
            f"{node.sql('bigquery')}: a FORMAT between these types is not available; a DATE, "
            "DATETIME, TIME or TIMESTAMP to STRING and back is (cast a column to its type first, "
            "CAST(CAST(c AS DATE) AS STRING FORMAT '…'))."
        )
    text = _text(function, exp.Literal.string(pattern), node.this, source, zone)
    return of_type(call("UPPER", text) if _is_upper(node) else text, TEXT)


def _is_upper(node: exp.Expr) -> bool:
    # MON and MONTH in capitals give capitals.
    return bool(re.search(r"MON|DAY|\bDY\b", str(node.args["format"].this)))


_ELEMENTS = {
    "YYYY": "%Y", "YY": "%y", "MONTH": "%B", "MON": "%b", "MM": "%m", "DDD": "%j", "DD": "%d",
    "DAY": "%A", "DY": "%a", "HH24": "%H", "HH12": "%I", "HH": "%I", "MI": "%M", "SS": "%S",
    "AM": "%p", "PM": "%p",
}  # fmt: skip
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|(?P<element>' + "|".join(map(re.escape, _ELEMENTS)) + r")"
    r"|(?P<other>[A-Za-z]+)|(?P<text>.)",
    re.IGNORECASE | re.DOTALL,
)


def _percent_format(written_format: str, function: str) -> str:
    """Return the elements of CAST's FORMAT as those of FORMAT_DATE."""
    parts = []
    for match in _TOKEN.finditer(written_format):
        if match["other"]:
            raise StatementError(
                f"{function}: the element {match[0]} of '{written_format}' is not available; "
                f"expected one of {', '.join(_ELEMENTS)}."
            )
        element = match["element"]
        plain = match["quoted"] if match["quoted"] is not None else match["text"] or ""
        parts.append(_ELEMENTS[element.upper()] if element else plain.replace("%", "%%"))
    return "".join(parts)


def _cast_of_text(kind: exp.DType) -> Rule:
    """`CAST(text AS DATE FORMAT '…')`, whose format sqlglot has put into percent signs."""

    def rule(node: exp.Expr) -> exp.Expr:
        pattern = literal_text("CAST … FORMAT", "the format", node.args.get("format"))
        return _read("CAST … FORMAT", pattern, node.this, kind, node.args.get("zone"))

    return rule


RULES: dict[type[exp.Expr], Rule] = {
    exp.StrToDate: _cast_of_text(DATE),
    exp.StrToTime: _cast_of_text(TIMESTAMP),
}
NAMED: dict[str, Rule] = {
    "FORMAT_DATE": _format("FORMAT_DATE", DATE),
    "FORMAT_DATETIME": _format("FORMAT_DATETIME", DATETIME),
    "FORMAT_TIME": _format("FORMAT_TIME", TIME),
    "FORMAT_TIMESTAMP": _format("FORMAT_TIMESTAMP", TIMESTAMP),
    "PARSE_DATE": _parse("PARSE_DATE", DATE),
    "PARSE_DATETIME": _parse("PARSE_DATETIME", DATETIME),
    "PARSE_TIME": _parse("PARSE_TIME", TIME),
    "PARSE_TIMESTAMP": _parse("PARSE_TIMESTAMP", TIMESTAMP),
}
