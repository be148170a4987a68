"""Dates and times: parts taken out, cut off, added and counted as BigQuery does."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import (
    Rule,
    call,
    cast,
    number,
    of_type,
    once,
)
from goldloop.dialect.bigquery_to_duckdb.parts import (
    MICROSECONDS,
    Part,
    following,
    interval,
    part_of,
    truncated,
)
from goldloop.dialect.bigquery_to_duckdb.types import (
    BIGINT,
    DATE,
    DATETIME,
    TIME,
    TIMESTAMP,
    is_text_literal,
    kind_of,
)
from goldloop.errors import StatementError


def as_kind(value: exp.Expr, kind: exp.DType) -> exp.Expr:
    """Return a date that is written as a text, or a NULL, as the type that its place asks for."""
    if is_text_literal(value) or isinstance(value, exp.Null):
        return cast(value, kind)
    return value


def in_utc(value: exp.Expr) -> exp.Expr:
    """Return `value` as its clock in UTC, whatever the session's zone, if it has a zone."""
    return at_zone(value, exp.Literal.string("UTC")) if kind_of(value) == TIMESTAMP else value


def at_zone(value: exp.Expr, zone: exp.Expr) -> exp.Expr:
    """Return the clock of a TIMESTAMP in a zone, or the TIMESTAMP of a DATETIME there."""
    kind = DATETIME if kind_of(value) == TIMESTAMP else TIMESTAMP
    return of_type(call("TIMEZONE", zone, value), kind)


def _truncation(function: str, kind: exp.DType) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        part = part_of(function, node.args.get("unit"))
        value = as_kind(node.this, kind)
        zone = node.args.get("zone")
        if zone is not None or kind_of(value) == TIMESTAMP:
            utc_or_zone = zone if zone is not None else exp.Literal.string("UTC")
            clock = call("TIMEZONE", utc_or_zone, value)
            return of_type(call("TIMEZONE", utc_or_zone, truncated(clock, part)), TIMESTAMP)
        return _like(value, lambda given: truncated(given, part))

    return rule


def _like(value: exp.Expr, change: Callable[[exp.Expr], exp.Expr]) -> exp.Expr:
    """Return the changed value, of the type that it had before: DuckDB makes TIMESTAMPs."""
    known = kind_of(value)
    if known in (DATE, DATETIME):
        return cast(change(value), known)
    if known == TIMESTAMP:
        return of_type(change(value), TIMESTAMP)
    return once([value], lambda given: call("CAST_TO_TYPE", change(given), given))


def _time_truncation(node: exp.Expr) -> exp.Expr:
    part = part_of("TIME_TRUNC", node.args.get("unit"))
    moment = exp.Add(this=cast(exp.Literal.string("1970-01-01"), DATE), expression=node.this.copy())
    return cast(call("DATE_TRUNC", part.name.lower(), moment), TIME)


def _addition(function: str, kind: exp.DType, sign: type[exp.Binary]) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        part = _added_part(function, node)
        value = as_kind(node.this, kind)
        amount = node.expression
        if (
            isinstance(amount, exp.Literal)
            and amount.is_string
            and amount.name.lstrip("-").isdigit()
        ):
            amount = number(int(amount.name))

        def change(given: exp.Expr) -> exp.Expr:
            return exp.paren(sign(this=given.copy(), expression=interval(amount, part)))

        if kind == TIME:
            return of_type(change(value), TIME)
        return _like(value, change)

    return rule


def _added_part(function: str, node: exp.Expr) -> str:
    unit = node.args.get("unit")
    if isinstance(unit, exp.IntervalSpan):
        raise StatementError(f"{function} adds one part; write INTERVAL n DAY, or use + INTERVAL.")
    part = part_of(function, unit)
    if part.name == "ISOYEAR" or part.first_day == 0 or isinstance(unit, exp.WeekStart):
        raise StatementError(f"{function} adds no {_written(unit)}; write WEEK or YEAR.")
    return part.name


def _written(unit: exp.Expr | None) -> str:
    return unit.sql("bigquery") if unit is not None else "part"


def _difference(function: str, kind: exp.DType) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        part = part_of(function, node.args.get("unit"), "DAY")
        end, begin = as_kind(node.this, kind), as_kind(node.expression, kind)
        if kind == TIMESTAMP or kind_of(end) == kind_of(begin) == TIMESTAMP:
            return _elapsed(function, end, begin, part)
        return of_type(_boundaries(end, begin, part), BIGINT)

    return rule


def _elapsed(function: str, end: exp.Expr, begin: exp.Expr, part: Part) -> exp.Expr:
    # Whole parts of elapsed time, cut towards zero: not the boundaries in between.
    if part.name not in MICROSECONDS:
        raise StatementError(
            f"{function} of timestamps counts {', '.join(MICROSECONDS)}, not {part.name}; "
            "take their dates first, DATE_DIFF(DATE(a), DATE(b), part)."
        )
    elapsed = exp.Sub(this=call("EPOCH_US", end), expression=call("EPOCH_US", begin))
    return of_type(
        exp.paren(exp.IntDiv(this=exp.paren(elapsed), expression=number(MICROSECONDS[part.name]))),
        BIGINT,
    )


def _boundaries(end: exp.Expr, begin: exp.Expr, part: Part) -> exp.Expr:
    if part.name == "ISOYEAR":
        return exp.paren(exp.Sub(this=call("ISOYEAR", end), expression=call("ISOYEAR", begin)))
    if part.is_week:
        begins = (truncated(begin, part), truncated(end, part))
        days = call("DATE_DIFF", "day", *begins)
        return exp.paren(exp.IntDiv(this=days, expression=number(7)))
    return call("DATE_DIFF", part.name.lower(), begin, end)


def _last_day(node: exp.Expr) -> exp.Expr:
    part = part_of("LAST_DAY", node.args.get("unit"), "MONTH")
    after = following(as_kind(node.this, DATE), part)
    return cast(exp.Sub(this=after, expression=interval(number(1), "DAY")), DATE)


def _date_difference_or_sum(node: exp.Expr) -> exp.Expr:
    left, right = kind_of(node.this), kind_of(node.expression)
    if isinstance(node, exp.Sub) and left == right == DATE:
        # An INTERVAL in BigQuery, a number of days in DuckDB.
        return of_type(call("TO_DAYS", cast(node, exp.DType.INT)), exp.DType.INTERVAL)
    if left == DATE and right == BIGINT:
        days = node.copy()
        days.set("expression", cast(node.expression, exp.DType.INT))
        return of_type(days, DATE)
    return node


RULES: dict[type[exp.Expr], Rule] = {
    exp.DateTrunc: _truncation("DATE_TRUNC", DATE),
    exp.DatetimeTrunc: _truncation("DATETIME_TRUNC", DATETIME),
    exp.TimestampTrunc: _truncation("TIMESTAMP_TRUNC", TIMESTAMP),
    exp.TimeTrunc: _time_truncation,
    exp.DateAdd: _addition("DATE_ADD", DATE, exp.Add),
    exp.DateSub: _addition("DATE_SUB", DATE, exp.Sub),
    exp.DatetimeAdd: _addition("DATETIME_ADD", DATETIME, exp.Add),
    exp.DatetimeSub: _addition("DATETIME_SUB", DATETIME, exp.Sub),
    exp.TimestampAdd: _addition("TIMESTAMP_ADD", TIMESTAMP, exp.Add),
    exp.TimestampSub: _addition("TIMESTAMP_SUB", TIMESTAMP, exp.Sub),
    exp.TimeAdd: _addition("TIME_ADD", TIME, exp.Add),
    exp.TimeSub: _addition("TIME_SUB", TIME, exp.Sub),
    exp.DateDiff: _difference("DATE_DIFF", DATE),
    exp.DatetimeDiff: _difference("DATETIME_DIFF", DATETIME),
    exp.TimestampDiff: _difference("TIMESTAMP_DIFF", TIMESTAMP),
    exp.TimeDiff: _difference("TIME_DIFF", TIME),
    exp.LastDay: _last_day,
    exp.Add: _date_difference_or_sum,
    exp.Sub: _date_difference_or_sum,
}
