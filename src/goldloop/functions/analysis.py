"""What an analytic function is: statistics of all rows, applied to the value of each.

In a query the statistics are windows over its rows; in TRANSFORM they are computed once,
over the training rows, and stay in the model as constants. Both come from one `Analysis`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlglot import exp

_AGGREGATE = "goldloop_aggregate"

Statistics = Mapping[str, exp.Expr]


@dataclass(frozen=True)
class Analysis:
    """`statistics` are expressions of aggregates; `apply` is given their values, by name."""

    statistics: Statistics
    apply: Callable[[Statistics], exp.Expr]

    def over_all_rows(self) -> exp.Expr:
        """Return the expression for a query: every aggregate is a window over all its rows."""
        return self.apply({name: _windowed(each) for name, each in self.statistics.items()})


class Deferred(exp.Expression):
    """A call of the analytic function named `this`, to be applied once its statistics are known."""

    arg_types = {"this": True, "expressions": False}  # noqa: RUF012


def aggregate(name: str, *arguments: exp.Expr) -> exp.Expr:
    """Return a call of the aggregate function `name`, known as one to `Analysis`."""
    node = exp.Anonymous(this=name, expressions=[each.copy() for each in arguments])
    node.meta[_AGGREGATE] = True
    return node


def _windowed(statistic: exp.Expr) -> exp.Expr:
    def window(node: exp.Expr) -> exp.Expr:
        if not node.meta.pop(_AGGREGATE, False):
            return node
        return exp.Window(this=node, over="OVER")

    return statistic.transform(window)
