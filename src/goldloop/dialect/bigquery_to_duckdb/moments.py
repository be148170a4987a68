"""Moments: the present, counts since 1970, buckets, and timestamps written as text."""

from __future__ import annotations

import re

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import Rule, call, cast, number, of_type
from goldloop.dialect.bigquery_to_duckdb.dates import as_kind
from goldloop.dialect.bigquery_to_duckdb.types import (
    BIGINT,
    DATE,
    DATETIME,
    TIME,
    TIMESTAMP,
    kind_of,
)


def _since_epoch(unit: str, micros: int) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        floor = call("DATE_TRUNC", unit, as_kind(node.this, TIMESTAMP))
        micro = call("EPOCH_US", floor)
        if micros == 1:
            return of_type(micro, BIGINT)
        return of_type(exp.paren(exp.IntDiv(this=micro, expression=number(micros))), BIGINT)

    return rule


def _from_epoch(node: exp.Expr) -> exp.Expr:
    scale = node.args.get("scale")
    power = 6 - int(scale.name) if scale is not None else 6
    micros = exp.Mul(this=cast(node.this, BIGINT), expression=number(10**power))
    moment = call("MAKE_TIMESTAMP", micros if power else cast(node.this, BIGINT))
    return of_type(call("TIMEZONE", "UTC", moment), TIMESTAMP)


def _from_unix_date(node: exp.Expr) -> exp.Expr:
    days = exp.Add(
        this=cast(exp.Literal.string("1970-01-01"), DATE),
        expression=cast(node.this, exp.DType.INT),
    )
    return of_type(exp.paren(days), DATE)


def _unix_date(node: exp.Expr) -> exp.Expr:
    begin = cast(exp.Literal.string("1970-01-01"), DATE)
    return of_type(call("DATE_DIFF", "day", begin, as_kind(node.this, DATE)), BIGINT)


def _bucket(function: str, kind: exp.DType) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        value, width, *origin = node.expressions
        begin = origin[0] if origin else cast(exp.Literal.string("1950-01-01"), kind)
        value = cast(value, kind) if kind_of(value) != kind else value
        return of_type(call("TIME_BUCKET", width, value, as_kind(begin, kind)), kind)

    return rule


def _now(kind: exp.DType) -> Rule:
    def rule(node: exp.Expr) -> exp.Expr:
        zone = node.this if isinstance(node.this, exp.Expr) else exp.Literal.string("UTC")
        return cast(call("TIMEZONE", zone, exp.CurrentTimestamp()), kind)

    return rule


def timestamp_of_text(text: str, kind: type[exp.Expr] = exp.Cast) -> exp.Expr:
    """Return the TIMESTAMP that a literal's text says: `kind` of it, a cast or a try.

    A clock without a zone is UTC's, where DuckDB would read it in the session's zone.
    """
    day, _, rest = re.sub(r"(?<=\d)[Tt](?=\d)", " ", text.strip()).partition(" ")
    time, _, zone = rest.strip().partition(" ")
    zone = zone.strip()
    if time.upper().endswith("Z"):
        time = f"{time[:-1]}+00"
    if "+" in time or "-" in time:
        return _literal(f"{day} {time}", TIMESTAMP, kind)
    clock = f"{day} {time or '00:00:00'}"
    if zone.upper() in ("", "UTC"):
        return _literal(f"{clock}+00", TIMESTAMP, kind)
    return of_type(call("TIMEZONE", zone, _literal(clock, DATETIME, kind)), TIMESTAMP)


def _literal(text: str, target: exp.DType, kind: type[exp.Expr]) -> exp.Expr:
    return of_type(kind(this=exp.Literal.string(text), to=exp.DataType.build(target)), target)


RULES: dict[type[exp.Expr], Rule] = {
    exp.UnixSeconds: _since_epoch("second", 1_000_000),
    exp.UnixMillis: _since_epoch("millisecond", 1_000),
    exp.UnixMicros: _since_epoch("microsecond", 1),
    exp.UnixToTime: _from_epoch,
    exp.UnixDate: _unix_date,
    exp.DateFromUnixDate: _from_unix_date,
    exp.CurrentDate: _now(DATE),
    exp.CurrentDatetime: _now(DATETIME),
    exp.CurrentTime: _now(TIME),
}
NAMED: dict[str, Rule] = {
    "DATE_BUCKET": _bucket("DATE_BUCKET", DATE),
    "DATETIME_BUCKET": _bucket("DATETIME_BUCKET", DATETIME),
    "TIMESTAMP_BUCKET": _bucket("TIMESTAMP_BUCKET", TIMESTAMP),
}
