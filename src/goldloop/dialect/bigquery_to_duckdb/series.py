"""Arrays of consecutive numbers, dates and timestamps."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import (
    Rule,
    call,
    cased,
    cast,
    is_missing,
    number,
    of_type,
    once,
)
from goldloop.dialect.bigquery_to_duckdb.dates import as_kind
from goldloop.dialect.bigquery_to_duckdb.types import DATE, TIMESTAMP
from goldloop.errors import StatementError

_MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


def _dates(node: exp.Expr) -> exp.Expr:
    step = node.args.get("step") or exp.Interval(this=number(1), unit=exp.var("DAY"))
    begin, end = (as_kind(node.args[name], DATE) for name in ("start", "end"))
    part = step.args["unit"].name.upper()
    if part in _MONTHS:
        return once([begin, end], lambda a, b: _by_months(a, b, _months(step, part)))
    series = call("GENERATE_SERIES", cast(begin, DATE), cast(end, DATE), step)
    return cast(series, exp.DataType.build("ARRAY<DATE>"))


def _by_months(begin: exp.Expr, end: exp.Expr, months: int) -> exp.Expr:
    # Each counted from the begin: a series that goes on from 29 February would stay on a 29th.
    count = exp.IntDiv(
        this=call("ABS", call("DATE_DIFF", "month", begin, end)), expression=number(abs(months))
    )
    index = exp.to_identifier("_i")
    moved = exp.Add(
        this=begin.copy(),
        expression=call(
            "TO_MONTHS",
            cast(
                exp.Mul(this=exp.column("_i"), expression=exp.paren(number(months))), exp.DType.INT
            ),
        ),
    )
    dates = call(
        "LIST_TRANSFORM",
        call("RANGE", 0, exp.Add(this=exp.paren(count), expression=number(1))),
        exp.Lambda(this=cast(moved, DATE), expressions=[index]),
    )
    day = exp.column("_d")
    within: exp.Expr = (
        exp.LTE(this=day, expression=cast(end, DATE))
        if months > 0
        else exp.GTE(this=day, expression=cast(end, DATE))
    )
    chosen = call(
        "LIST_FILTER", dates, exp.Lambda(this=within, expressions=[exp.to_identifier("_d")])
    )
    missing = exp.Or(this=is_missing(begin), expression=is_missing(end))
    return of_type(cased(missing, exp.Null(), chosen), exp.DataType.build("ARRAY<DATE>"))


def _months(step: exp.Expr, part: str) -> int:
    amount = step.this
    text = amount.sql("duckdb").strip("'() ")
    if not text.lstrip("-").isdigit() or int(text) == 0:
        raise StatementError(
            f"GENERATE_DATE_ARRAY: the step {step.sql('bigquery')} needs a whole number other "
            "than 0, written out."
        )
    return int(text) * _MONTHS[part]


def _timestamps(node: exp.Expr) -> exp.Expr:
    begin, end = (as_kind(node.args[name], TIMESTAMP) for name in ("start", "end"))
    series = call("GENERATE_SERIES", begin, end, node.args["step"])
    return of_type(series, exp.DataType.build("ARRAY<TIMESTAMPTZ>", dialect="duckdb"))


def _numbers(node: exp.Expr) -> exp.Expr:
    begin, end = node.args["start"], node.args["end"]
    step = node.args.get("step") or number(1)
    return call("GENERATE_SERIES", begin, end, step)


RULES: dict[type[exp.Expr], Rule] = {
    exp.GenerateDateArray: _dates,
    exp.GenerateTimestampArray: _timestamps,
    exp.GenerateSeries: _numbers,
}
