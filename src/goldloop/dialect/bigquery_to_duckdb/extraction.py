"""`EXTRACT` and the functions that make dates, datetimes, times and timestamps of other values."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import Rule, call, cast, number, of_type, once
from goldloop.dialect.bigquery_to_duckdb.dates import as_kind, in_utc
from goldloop.dialect.bigquery_to_duckdb.moments import timestamp_of_text
from goldloop.dialect.bigquery_to_duckdb.parts import part_of
from goldloop.dialect.bigquery_to_duckdb.types import (
    BIGINT,
    DATE,
    DATETIME,
    TEXT,
    TIME,
    TIMESTAMP,
    is_text_literal,
    kind_of,
)
from goldloop.errors import StatementError, nearest


def _extract(node: exp.Expr) -> exp.Expr:
    value = node.expression
    if isinstance(value, exp.AtTimeZone):
        value = of_type(call("TIMEZONE", value.args["zone"], value.this), DATETIME)
    value = in_utc(value)
    part = node.this.name.upper()
    if isinstance(node.this, exp.WeekStart) or part == "WEEK":
        first_day = part_of("EXTRACT", node.this).first_day
        return of_type(_week_of_year(value, first_day or 0), BIGINT)
    rule = _PARTS.get(part)
    if rule is None:
        raise StatementError(
            f"EXTRACT: there is no part {part}; expected one of WEEK(day), WEEK, "
            f"{', '.join(_PARTS)}.{nearest(part, _PARTS)}"
        )
    return rule(value)


def _week_of_year(value: exp.Expr, first_day: int) -> exp.Expr:
    # Weeks from the year's first such day on; the days before it are week 0.
    def weeks(given: exp.Expr) -> exp.Expr:
        # DuckDB counts Sunday 0 to Saturday 6, here Monday is 0.
        into = exp.Mod(
            this=exp.paren(
                exp.Add(this=call("DAYOFWEEK", given), expression=number(13 - first_day))
            ),
            expression=number(7),
        )
        past = exp.Sub(
            this=exp.Add(this=call("DAYOFYEAR", given), expression=number(6)),
            expression=exp.paren(into),
        )
        return exp.paren(exp.IntDiv(this=exp.paren(past), expression=number(7)))

    return once([value], weeks)


def _part(name: str, within: int | None = None) -> Callable[[exp.Expr], exp.Expr]:
    def rule(value: exp.Expr) -> exp.Expr:
        extracted: exp.Expr = exp.Extract(this=exp.var(name), expression=value.copy())
        if within:
            extracted = exp.paren(exp.Mod(this=extracted, expression=number(within)))
        return of_type(extracted, BIGINT)

    return rule


_PARTS: dict[str, Callable[[exp.Expr], exp.Expr]] = {
    **{
        name: _part(name)
        for name in ("YEAR", "ISOYEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")
    },
    "DAYOFWEEK": lambda value: of_type(
        exp.paren(exp.Add(this=call("DAYOFWEEK", value), expression=number(1))), BIGINT
    ),
    "DAYOFYEAR": lambda value: of_type(call("DAYOFYEAR", value), BIGINT),
    "ISOWEEK": lambda value: of_type(call("WEEKOFYEAR", value), BIGINT),
    "DATE": lambda value: cast(value, DATE),
    "TIME": lambda value: cast(value, TIME),
    "MILLISECOND": _part("MILLISECOND", 1_000),
    "MICROSECOND": _part("MICROSECOND", 1_000_000),
}


def _date(node: exp.Expr) -> exp.Expr:
    return cast(_clock(node.this, node.args.get("zone")), DATE)


def _clock(value: exp.Expr, zone: exp.Expr | None) -> exp.Expr:
    if zone is not None:
        return call("TIMEZONE", zone, as_kind(value, TIMESTAMP))
    return in_utc(value)


def _datetime(node: exp.Expr) -> exp.Expr:
    value, second = node.this, node.args.get("expression")
    if second is None:
        return cast(in_utc(value), DATETIME)
    if kind_of(second) == TIME:
        clock = exp.Add(this=cast(value, DATE), expression=second.copy())
        return of_type(exp.paren(clock), DATETIME)
    return of_type(call("TIMEZONE", second, as_kind(value, TIMESTAMP)), DATETIME)


def _timestamp(node: exp.Expr) -> exp.Expr:
    value, zone = node.this, node.args.get("zone")
    if is_text_literal(value) and zone is None:
        return timestamp_of_text(value.name)
    if zone is None:
        if kind_of(value) == TIMESTAMP:
            return value
        zone = exp.Literal.string("UTC")
    if kind_of(value) in (DATE, DATETIME) or is_text_literal(value):
        return of_type(call("TIMEZONE", zone, cast(value, DATETIME)), TIMESTAMP)
    if node.args.get("zone") is None:
        return cast(value, TIMESTAMP)
    return of_type(call("TIMEZONE", zone, cast(value, DATETIME)), TIMESTAMP)


def _time(node: exp.Expr) -> exp.Expr:
    return cast(_clock(node.this, node.args.get("zone")), TIME)


def _text_of_timestamp(node: exp.Expr) -> exp.Expr:
    zone = node.args.get("zone")
    if kind_of(node.this) == exp.DType.JSON:
        return of_type(call("JSON_EXTRACT_STRING", node.this, "$"), TEXT)
    if zone is None:
        return cast(node.this, TEXT)
    return cast(call("TIMEZONE", zone, as_kind(node.this, TIMESTAMP)), TEXT)


RULES: dict[type[exp.Expr], Rule] = {
    exp.Extract: _extract,
    exp.Date: _date,
    exp.Datetime: _datetime,
    exp.TsOrDsToDatetime: _datetime,
    exp.Timestamp: _timestamp,
    exp.TsOrDsToTime: _time,
    exp.Time: _time,
    exp.String: _text_of_timestamp,
}
