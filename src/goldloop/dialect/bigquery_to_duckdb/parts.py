"""Parts of dates: what is cut off, counted and added."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import call, number
from goldloop.errors import StatementError, nearest

WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")

# Elapsed time, in microseconds; longer parts have no fixed length.
MICROSECONDS = {
    "MICROSECOND": 1,
    "MILLISECOND": 1_000,
    "SECOND": 1_000_000,
    "MINUTE": 60_000_000,
    "HOUR": 3_600_000_000,
    "DAY": 86_400_000_000,
}
CALENDAR = ("WEEK", "MONTH", "QUARTER", "YEAR", "ISOWEEK", "ISOYEAR")


@dataclass(frozen=True)
class Part:
    """A part, by its name in capitals; of weeks, `first_day` is 0 for Monday to 6 for Sunday."""

    name: str
    first_day: int | None = None

    @property
    def is_week(self) -> bool:
        """Whether it is a week, whichever day it begins on."""
        return self.first_day is not None


def part_of(function: str, node: exp.Expr | None, default: str = "") -> Part:
    """Return the part that a function's argument names.

    Raises:
        StatementError: there is none of that name.
    """
    if isinstance(node, exp.WeekStart):
        day = node.this.name.upper()
        if day not in WEEKDAYS:
            raise StatementError(
                f"{function}: WEEK({day}) is unknown; expected a day: {', '.join(WEEKDAYS)}."
                f"{nearest(day, WEEKDAYS)}"
            )
        return Part("WEEK", WEEKDAYS.index(day))
    name = node.name.upper() if node is not None else default
    match name:
        case "WEEK":
            return Part("WEEK", 6)
        case "ISOWEEK":
            return Part("WEEK", 0)
    known = [*MICROSECONDS, *CALENDAR]
    if name not in known:
        raise StatementError(
            f"{function}: there is no part {name or 'given'}; expected one of {', '.join(known)}."
            f"{nearest(name, known)}"
        )
    return Part(name)


def truncated(value: exp.Expr, part: Part) -> exp.Expr:
    """Return the begin of the part that `value` lies in: a TIMESTAMP, with zone if it has one."""
    if part.name == "ISOYEAR":
        # The ISO year begins with the week of 4 January.
        return call("DATE_TRUNC", "week", call("MAKE_DATE", call("ISOYEAR", value), 1, 4))
    if not part.first_day:
        return call("DATE_TRUNC", part.name.lower(), value)
    shift = exp.Interval(this=number(part.first_day), unit=exp.var("DAY"))
    week = call("DATE_TRUNC", "week", exp.Sub(this=value.copy(), expression=shift))
    return exp.Add(this=week, expression=shift.copy())


def following(value: exp.Expr, part: Part) -> exp.Expr:
    """Return the begin of the part after the one that `value` lies in."""
    if part.name == "ISOYEAR":
        year = exp.Add(this=call("ISOYEAR", value), expression=number(1))
        return call("DATE_TRUNC", "week", call("MAKE_DATE", year, 1, 4))
    return exp.Add(this=truncated(value, part), expression=interval(number(1), part.name))


def interval(count: exp.Expr, part: str) -> exp.Interval:
    """Return so many of a part."""
    return exp.Interval(this=count.copy(), unit=exp.var(part))
