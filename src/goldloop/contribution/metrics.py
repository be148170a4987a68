"""The three metrics of contribution analysis, read from `SUM(x)`, `SUM(a)/SUM(b)` and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from goldloop.errors import OptionError

# Their sums are whole numbers, and dimensions may be of them.
INTEGERS = tuple(
    f"{sign}{size}"
    for sign in ("", "U")
    for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)


class MetricKind(Enum):
    """What is compared between test and control."""

    SUM = "SUM(x)"
    RATIO = "SUM(a)/SUM(b)"
    CATEGORY = "SUM(x)/COUNT(DISTINCT c)"


@dataclass(frozen=True)
class Metric:
    """A metric: the column that is summed, and the one that divides it."""

    kind: MetricKind
    column: str
    divisor: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that it reads."""
        return (self.column,) if self.divisor is None else (self.column, self.divisor)

    @property
    def summed(self) -> tuple[str, ...]:
        """Return the columns of numbers."""
        return self.columns if self.kind is MetricKind.RATIO else (self.column,)


_COLUMN = r"\s*(?:`(?P<{0}_q>[^`]+)`|\"(?P<{0}_d>[^\"]+)\"|(?P<{0}>[^\W\d]\w*))\s*"
_SUM = rf"\s*SUM\s*\({_COLUMN.format('x')}\)"
_METRIC = re.compile(
    rf"{_SUM}(?:\s*/\s*(?:SUM\s*\({_COLUMN.format('b')}\)|"
    rf"COUNT\s*\(\s*DISTINCT\s{_COLUMN.format('c')}\)))?\s*",
    re.IGNORECASE,
)
_BARE = re.compile(_COLUMN.format("x"))


def metric(where: str, text: str, kinds: tuple[MetricKind, ...] = tuple(MetricKind)) -> Metric:
    """Return the metric that `text` says.

    Args:
        where: what names the option in an error, such as `Model m: contribution_metric`.
        text: the expression; case does not count.
        kinds: those that are served. Where SUM alone is, a column's name will do.

    Raises:
        OptionError: it is none of them.
    """
    found = _METRIC.fullmatch(text)
    if found is None and kinds == (MetricKind.SUM,):
        found = _BARE.fullmatch(text)
    parts = found.groupdict() if found else {}
    summed, divisor, category = (
        next((parts[f"{name}{end}"] for end in ("", "_q", "_d") if parts.get(f"{name}{end}")), None)
        for name in ("x", "b", "c")
    )
    kind = MetricKind.RATIO if divisor else MetricKind.CATEGORY if category else MetricKind.SUM
    if summed is None or kind not in kinds:
        forms = " or ".join(each.value for each in kinds)
        raise OptionError(
            f"{where} is '{text}'; expected {forms} over columns. Compute anything else in the "
            "query."
        )
    return Metric(kind, summed, divisor or category)
