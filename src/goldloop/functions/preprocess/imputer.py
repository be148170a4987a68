"""ML.IMPUTER: NULL replaced by the mean, the median or the most frequent value of all rows."""

from __future__ import annotations

from sqlglot import exp

from goldloop.functions.analysis import Analysis, aggregate
from goldloop.functions.declaration import AnalyticFunction, Group
from goldloop.functions.preprocess.arguments import Arguments
from goldloop.functions.preprocess.binding import number
from goldloop.functions.preprocess.buckets import fraction
from goldloop.functions.preprocess.vocabulary import ranked
from goldloop.scoring.expressions import call, field, numeric

_STRATEGIES = ("mean", "median", "most_frequent")


def _impute(given: list[exp.Expr]) -> Analysis:
    arguments = Arguments("ML.IMPUTER", IMPUTER.signature, ("expression", "strategy"), 2, given)
    value = arguments.expression("expression")
    match arguments.choice("strategy", _STRATEGIES):
        case "mean":
            value = numeric(value.copy())
            filler = aggregate("avg", value)
        case "median":
            value = numeric(value.copy())
            filler = aggregate("quantile_disc", value, fraction(1, 2))
        case _:
            # Of equally frequent values the smallest, so that the same rows impute the same.
            entries = ranked(aggregate("histogram", value))
            filler = field(call("list_extract", entries, number(1)), "value")
    return Analysis(
        {"filler": filler}, lambda known: call("coalesce", value.copy(), known["filler"])
    )


IMPUTER = AnalyticFunction(
    "ML.IMPUTER",
    Group.PREPROCESS,
    "The value, or a statistic of all rows where it is NULL.",
    "ML.IMPUTER(expression, strategy) OVER()",
    _impute,
)
