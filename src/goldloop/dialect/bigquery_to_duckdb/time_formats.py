"""BigQuery's format elements of dates and times, as what DuckDB's STRFTIME and STRPTIME read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import call, cased, cast, number
from goldloop.dialect.bigquery_to_duckdb.types import BIGINT, DATE, TEXT
from goldloop.errors import StatementError

Piece = str | Callable[[exp.Expr], exp.Expr]

_ELEMENT = re.compile(r"%(E(?:[0-9*]S|4Y|z)|O[a-zA-Z]|[a-zA-Z%])|%(.?)", re.DOTALL)
_SHORTHANDS = {"F": "%Y-%m-%d", "D": "%m/%d/%y", "T": "%H:%M:%S", "R": "%H:%M"}
_LONG_FORMS = {"c": "%a %b %e %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "h": "%b"}


def written(value: exp.Expr, written_format: str, function: str) -> exp.Expr:
    """Return the text of a date, datetime or clock in BigQuery's format.

    Raises:
        StatementError: an element of the format has no counterpart.
    """
    texts: list[exp.Expr] = []
    for piece in _joined(_pieces(written_format, _WRITTEN, function)):
        texts.append(call("STRFTIME", value, piece) if isinstance(piece, str) else piece(value))
    if not texts:
        texts = [call("STRFTIME", value, "")]
    return texts[0] if len(texts) == 1 else _concatenated(texts)


def _concatenated(texts: list[exp.Expr]) -> exp.Expr:
    text = texts[0]
    for other in texts[1:]:
        text = exp.DPipe(this=text, expression=other)
    return exp.paren(text)


@dataclass(frozen=True)
class ReadFormat:
    """What STRPTIME reads: one of `formats`; `has_year` and `has_zone` say what a text tells."""

    formats: tuple[str, ...]
    has_year: bool
    has_zone: bool


def read_format(written_format: str, function: str) -> ReadFormat:
    """Return the formats of DuckDB that read what BigQuery's format reads.

    Raises:
        StatementError: an element of the format has no counterpart.
    """
    elements = {match[1] for match in _ELEMENT.finditer(_expanded(written_format))}
    pieces = "".join(map(str, _pieces(written_format, _READ, function)))
    formats = [pieces]
    if _FRACTION in pieces:  # a fraction that may be left out
        formats = [pieces.replace(_FRACTION, "%S.%f"), pieces.replace(_FRACTION, "%S")]
    return ReadFormat(
        tuple(formats),
        bool(elements & {"Y", "y", "E4Y", "G", "g"}),
        bool(elements & {"z", "Ez", "Z"}),
    )


def _expanded(written_format: str) -> str:
    for table in (_LONG_FORMS, _SHORTHANDS):
        written_format = re.sub(
            r"%([a-zA-Z%])",
            lambda match: table.get(match[1], match[0]),  # noqa: B023 - used at once
            written_format,
        )
    return written_format


def _pieces(written_format: str, table: Mapping[str, Piece], function: str) -> Iterator[Piece]:
    expanded = _expanded(written_format)
    end = 0
    for match in _ELEMENT.finditer(expanded):
        yield expanded[end : match.start()]
        end = match.end()
        piece = table.get(match[1] or "")
        if piece is None:
            raise StatementError(
                f"{function}: the format element {match[0]} is not available; expected one of "
                f"{', '.join(f'%{name}' for name in (*table, *_SHORTHANDS, *_LONG_FORMS))}."
            )
        yield piece
    yield expanded[end:]


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            yield text
        text = ""
        yield piece
    if text:
        yield text


def _padded(element: str) -> Piece:
    return lambda value: call("LPAD", call("STRFTIME", value, element), 2, " ")


def _number(function: str) -> Piece:
    return lambda value: cast(call(function, value), TEXT)


def _century(value: exp.Expr) -> exp.Expr:
    century = exp.IntDiv(this=call("YEAR", value), expression=number(100))
    return call("LPAD", cast(exp.paren(century), TEXT), 2, "0")


def _short_iso_year(value: exp.Expr) -> exp.Expr:
    return call("RIGHT", call("STRFTIME", value, "%G"), 2)


def _iso_day_of_year(value: exp.Expr) -> exp.Expr:
    begin = call("DATE_TRUNC", "week", call("MAKE_DATE", call("ISOYEAR", value), 1, 4))
    day = exp.Add(this=call("DATE_DIFF", "day", begin, cast(value, DATE)), expression=number(1))
    return call("LPAD", cast(exp.paren(day), TEXT), 3, "0")


def _fraction(digits: int) -> Piece:
    def piece(value: exp.Expr) -> exp.Expr:
        if not digits:
            return call("STRFTIME", value, "%S")
        return call("LEFT", call("STRFTIME", value, "%S.%f"), 3 + digits)

    return piece


def _whole_fraction(value: exp.Expr) -> exp.Expr:
    return cased(
        exp.EQ(this=call("STRFTIME", value, "%f"), expression=exp.Literal.string("000000")),
        call("STRFTIME", value, "%S"),
        call("RTRIM", call("STRFTIME", value, "%S.%f"), "0"),
    )


def _seconds_since_epoch(value: exp.Expr) -> exp.Expr:
    seconds = call("EPOCH_US", call("DATE_TRUNC", "second", value))
    return cast(
        cast(exp.paren(exp.IntDiv(this=seconds, expression=number(1_000_000))), BIGINT), TEXT
    )


_FRACTION = "\x00"
_PLAIN = {name: f"%{name}" for name in "AaBbdGHIjMmpSUuVWwYy%"}
_WRITTEN: Mapping[str, Piece] = {
    **_PLAIN,
    "n": "\n",
    "t": "\t",
    "e": _padded("%-d"),
    "k": _padded("%-H"),
    "l": _padded("%-I"),
    "P": lambda value: call("LOWER", call("STRFTIME", value, "%p")),
    "Q": _number("QUARTER"),
    "C": _century,
    "g": _short_iso_year,
    "J": _iso_day_of_year,
    "E4Y": "%Y",
    **{f"E{digits}S": _fraction(digits) for digits in range(7)},
    "E*S": _whole_fraction,
    "s": _seconds_since_epoch,
}
_READ: Mapping[str, Piece] = {
    **{name: f"%{name}" for name in "AaBbdGHIjMmpSVYyzu%"},
    "e": "%d",
    "k": "%H",
    "l": "%I",
    "P": "%p",
    "n": "\n",
    "t": "\t",
    "E4Y": "%Y",
    "Ez": "%z",
    "Z": "%Z",
    **{f"E{digits}S": "%S.%f" if digits else "%S" for digits in range(7)},
    "E*S": _FRACTION,
}
