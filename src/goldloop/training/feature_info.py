"""Statistics of the columns a model is trained on, by SQL over the training rows."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
from sqlglot import exp

from goldloop.registry.cards import Feature
from goldloop.training.dataset import HELD_OUT, TrainingSet
from goldloop.training.fitted import Detail
from goldloop.training.inputs import is_number

_AT_ONCE = 50
# Beyond it, squares are no doubles, and DuckDB raises.
_LARGEST = "1e150"
_NUMBER = {
    name: f"{function}({{0}}::double) filter (where abs({{0}}::double) {bound})"
    for name, function, bound in (
        ("min", "min", "< 'infinity'::double"),
        ("max", "max", "< 'infinity'::double"),
        ("mean", "avg", f"< {_LARGEST}"),
        ("median", "median", f"< {_LARGEST}"),
        ("stddev", "stddev_samp", f"< {_LARGEST}"),
    )
}
_NULLS = "count(*) - count({0})"
_CATEGORIES = "count(distinct {0})"
_ELEMENTS = "len(list_distinct(flatten(list({0}))))"
_DIMENSION = "max(len({0}))"


def feature_info(
    con: duckdb.DuckDBPyConnection, data: TrainingSet, only_categories: bool = False
) -> tuple[Detail, ...]:
    """Return a detail a feature: min, max, mean, median, stddev, category_count and so on.

    Numbers have moments (of non-NULL values, the sample's standard deviation),
    others the number of their categories; arrays a dimension. `only_categories`:
    every feature counts its categories, as the users and items of matrix factorisation.
    """
    details = []
    for start in range(0, len(data.features), _AT_ONCE):
        some = data.features[start : start + _AT_ONCE]
        details += _measured(con, data, some, only_categories)
    return tuple(details)


def _measured(
    con: duckdb.DuckDBPyConnection,
    data: TrainingSet,
    features: Sequence[Feature],
    only_categories: bool,
) -> list[Detail]:
    asked = [(each, _statistics(each.sql_type, only_categories)) for each in features]
    items = [
        sql.format(exp.to_identifier(each.name, quoted=True).sql("duckdb"))
        for each, statistics in asked
        for sql in statistics.values()
    ]
    rows = con.execute(
        f"select {', '.join(items)} from {data.relation().sql('duckdb')} where not {HELD_OUT}"
    ).fetchall()
    values = iter(rows[0])
    return [
        Detail("feature_info", each.name, json={name: next(values) for name in statistics})
        for each, statistics in asked
    ]


def _statistics(sql_type: str, only_categories: bool) -> dict[str, str]:
    if only_categories:
        return {"category_count": _CATEGORIES}
    if is_number(sql_type):
        return {**_NUMBER, "null_count": _NULLS}
    if sql_type.endswith("]"):
        inner = sql_type[: sql_type.rindex("[")]
        counts = {} if is_number(inner) else {"category_count": _ELEMENTS}
        return {**counts, "null_count": _NULLS, "dimension": _DIMENSION}
    return {"category_count": _CATEGORIES, "null_count": _NULLS}
