"""BigQuery's meaning kept in DuckDB's SQL, where sqlglot's translation would lose it."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp
from sqlglot.errors import ErrorLevel, UnsupportedError

from goldloop.errors import StatementError


def duckdb_sql(tree: exp.Expr) -> str:
    """Return `tree` as DuckDB's SQL.

    Raises:
        StatementError: DuckDB cannot say it.
    """
    try:
        return tree.sql(dialect="duckdb", unsupported_level=ErrorLevel.RAISE)
    except UnsupportedError as error:
        raise StatementError(f"DuckDB cannot run this: {str(error).rstrip('.')}.") from error


def with_bigquery_meaning(tree: exp.Expr) -> exp.Expr:
    """Return `tree`, read from BigQuery's SQL, so that DuckDB's text of it means the same.

    Raises:
        StatementError: DuckDB has nothing of that meaning.
    """
    tree = tree.copy()
    # Innermost first, as a rule copies what its node holds.
    for node in reversed(list(tree.walk())):
        for kind, keep in _RULES.items():
            if isinstance(node, kind):
                kept = keep(node)
                tree = kept if node is tree else tree
                node.replace(kept)
    return tree


def _extract(node: exp.Expr) -> exp.Expr:
    value = node.expression
    if isinstance(node.this, exp.WeekStart):
        return _week(value, node.this.name.upper())
    part = node.this.name.upper()
    rule = _PARTS.get(part)
    return rule(value) if rule else node


def _week(value: exp.Expr, first_day: str) -> exp.Expr:
    # Weeks from the year's first such day on; the days before it are week 0.
    if first_day not in _WEEKDAYS:
        raise StatementError(
            f"EXTRACT(WEEK({first_day})) is unknown; expected a day: {', '.join(_WEEKDAYS)}."
        )
    into_week = (_call("DAYOFWEEK", value) + 7 - _WEEKDAYS.index(first_day)) % 7
    return exp.paren(
        exp.IntDiv(this=exp.paren(_call("DAYOFYEAR", value) + 6 - into_week), expression=_number(7))
    )


def _within_second(part: str, per_second: int) -> Callable[[exp.Expr], exp.Expr]:
    return lambda value: exp.paren(_part(part, value) % per_second)


def _double(node: exp.Expr) -> exp.Expr:
    # 1.5 is a FLOAT64 in BigQuery and a DECIMAL in DuckDB, where 1.5e0 is the double.
    if not node.args["is_string"] and "." in node.this and "e" not in node.this.lower():
        return exp.Literal.number(f"{node.this}e0")
    return node


def _as_date(node: exp.Expr) -> exp.Expr:
    # DuckDB makes a TIMESTAMP of DATE ± INTERVAL and of DATE_TRUNC; BigQuery keeps the DATE.
    return exp.cast(node.copy(), exp.DType.DATE)


def _refused(name: str) -> Callable[[exp.Expr], exp.Expr]:
    def refuse(_node: exp.Expr) -> exp.Expr:
        raise StatementError(f"{name} is not available yet: DuckDB has no function of its values.")

    return refuse


def _call(function: str, value: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=function, expressions=[value.copy()])


def _part(part: str, value: exp.Expr) -> exp.Expr:
    return exp.Extract(this=exp.var(part), expression=value.copy())


def _number(value: int) -> exp.Expr:
    return exp.Literal.number(value)


_WEEKDAYS = ("SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY")

_PARTS: dict[str, Callable[[exp.Expr], exp.Expr]] = {
    "DAYOFWEEK": lambda value: exp.paren(_call("DAYOFWEEK", value) + 1),
    "WEEK": lambda value: _week(value, "SUNDAY"),
    "ISOWEEK": lambda value: _call("WEEKOFYEAR", value),
    "DATE": lambda value: exp.cast(value.copy(), exp.DType.DATE),
    "TIME": lambda value: exp.cast(value.copy(), exp.DType.TIME),
    "MILLISECOND": _within_second("MILLISECOND", 1_000),
    "MICROSECOND": _within_second("MICROSECOND", 1_000_000),
}

_RULES: dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.Literal: _double,
    exp.Extract: _extract,
    exp.DateAdd: _as_date,
    exp.DateSub: _as_date,
    exp.DateTrunc: _as_date,
    exp.FarmFingerprint: _refused("FARM_FINGERPRINT"),
    exp.Format: _refused("FORMAT"),
}
