"""The query of contribution analysis: segments, their metrics, and which of them are told.

Formulas are those of BigQuery ML's page on ML.GET_INSIGHTS; the Aumann-Shapley value, of which
it gives the name, is that of a ratio (decision 0021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp

from goldloop.contribution.columns import COLUMNS
from goldloop.contribution.metrics import Metric, MetricKind
from goldloop.scoring.expressions import quoted


@dataclass(frozen=True)
class Analysis:
    """What is analysed, of which rows, and what is told of it.

    `masks` are the sets of dimensions that segments are made of, a bit a dimension;
    None: all. `min_support` or `top_k` bound the segments. `integers` are summed
    columns that are whole numbers; `names` are what test and control are called.
    `refusal`, where given, begins the error that negative numbers raise.
    """

    dimensions: tuple[str, ...]
    metric: Metric
    is_test: str
    min_support: float | None
    top_k: int | None
    prunes: bool
    masks: Sequence[int] | None = None
    integers: frozenset[str] = frozenset()
    names: tuple[str, str, str] = ("contributors", "metric_test", "metric_control")
    refusal: str = ""

    def with_masks(self, masks: Sequence[int]) -> Analysis:
        """Return the analysis of segments of these sets of dimensions only."""
        return replace(self, masks=masks)


def insights(analysis: Analysis, source: exp.Query) -> exp.Select:
    """Return the query of the insights over the rows of `source`, the greatest first."""
    ctes = {
        "cells": _cells(analysis),
        "segments": _segments(analysis),
        "population": "select * from segments where mask = 0",
        "measured": _measured(analysis),
        "kept": _kept(analysis),
        "told": _told(analysis),
    }
    query = sqlglot.parse_one(_shown(analysis), dialect="duckdb", into=exp.Select)
    parsed = {name: sqlglot.parse_one(text, dialect="duckdb") for name, text in ctes.items()}
    tables = {"rows": source, **parsed}
    query.set(
        "with_",
        exp.With(
            expressions=[
                exp.CTE(
                    this=each, alias=exp.TableAlias(this=exp.to_identifier(f"_goldloop_{name}"))
                )
                for name, each in tables.items()
            ]
        ),
    )
    for table in query.find_all(exp.Table):
        if not table.db and table.name in tables and not _is_within(table, source):
            table.set("this", exp.to_identifier(f"_goldloop_{table.name}"))
    return query


def _is_within(node: exp.Expr, tree: exp.Expr) -> bool:
    above: exp.Expr | None = node
    while above is not None and above is not tree:
        above = above.parent
    return above is tree


def _d(position: int) -> str:
    return f"d{position}"


def _positions(analysis: Analysis) -> range:
    return range(len(analysis.dimensions))


def _cells(analysis: Analysis) -> str:
    """Sums by all dimensions at once: what the segments are then made of."""
    dimensions = [f"{quoted(name)} as {_d(i)}" for i, name in enumerate(analysis.dimensions)]
    group = [_d(i) for i in _positions(analysis)]
    if analysis.metric.kind is MetricKind.CATEGORY:
        dimensions.append(f"{quoted(str(analysis.metric.divisor))} as category")
        group.append("category")
    is_test = quoted(analysis.is_test)
    sums = [
        f"coalesce(sum({_number(analysis, name)}) filter (where {side}), 0) as {alias}_{end}"
        for name, alias in zip(analysis.metric.summed, "ab", strict=False)
        for end, side in (("t", is_test), ("c", f"not {is_test}"))
    ]
    counts = [
        f"count(*) filter (where {is_test}) as n_t",
        f"count(*) filter (where not {is_test}) as n_c",
    ]
    known = " and ".join(f"{quoted(name)} is not null" for name in analysis.dimensions)
    return (
        f"select {', '.join([*dimensions, *sums, *counts])}, row_number() over () as cell "
        f"from rows where {known} and {is_test} is not null group by {', '.join(group)}"
    )


def _number(analysis: Analysis, name: str) -> str:
    column = quoted(name)
    if not analysis.refusal:
        return column
    message = exp.Literal.string(f"{analysis.refusal} '{name}' holds negative numbers").sql(
        "duckdb"
    )
    return f"case when {column} < 0 then error({message}) else {column} end"


def _segments(analysis: Analysis) -> str:
    masks = (
        f"range({2 ** len(analysis.dimensions)})"
        if analysis.masks is None
        else f"[{', '.join(map(str, analysis.masks))}]::bigint[]"
    )
    values = [f"if((mask & {1 << i}) > 0, {_d(i)}, null) as {_d(i)}" for i in _positions(analysis)]
    group = ["mask", *(str(i + 2) for i in _positions(analysis))]
    ends = ("t", "c")
    letters = "ab"[: len(analysis.metric.summed)]
    sums = [f"sum({each}_{end}) as {each}_{end}" for each in letters for end in ends]
    if analysis.metric.kind is MetricKind.CATEGORY:
        sums += [f"count(distinct category) filter (where n_{e} > 0) as b_{e}" for e in ends]
    any_sum = " or ".join(f"{each}_{end} <> 0" for each in letters for end in ends)
    # Segments over the same rows, but for those without a metric, have the same fingerprint.
    return (
        f"select mask, {', '.join([*values, *sums])}, "
        f"bit_xor(hash(cell)) filter (where {any_sum}) as fingerprint "
        f"from cells, (select unnest({masks}) as mask) as masks group by {', '.join(group)}"
    )


def _measured(analysis: Analysis) -> str:
    """Each segment beside the population `p`: metrics, support and what the kind adds."""
    kind = analysis.metric.kind
    test, control = (_metric_of(analysis, "s", end) for end in ("t", "c"))
    support = [f"s.a_{end}::double / nullif(p.a_{end}::double, 0)" for end in ("t", "c")]
    dimensions = [f"s.{_d(i)}" for i in _positions(analysis)]
    added = [f"{text} as {name}" for name, text in COLUMNS[kind].measured.items()]
    inner = ", ".join(
        [
            "s.mask", *dimensions, "s.fingerprint",
            f"{test} as test", f"{control} as control",
            f"greatest({', '.join(support)}) as apriori_support",
            *added,
        ]
    )  # fmt: skip
    outer = ", ".join(f"{text} as {name}" for name, text in COLUMNS[kind].derived.items())
    return f"select *, {outer} from (select {inner} from segments as s, population as p)"


def _metric_of(analysis: Analysis, table: str, end: str) -> str:
    if analysis.metric.kind is not MetricKind.SUM:
        return f"{table}.a_{end}::double / nullif({table}.b_{end}::double, 0)"
    value = f"{table}.a_{end}"
    return f"{value}::bigint" if analysis.metric.column in analysis.integers else value


def _kept(analysis: Analysis) -> str:
    if not analysis.prunes:
        return _supported(analysis, "measured")
    supported = f"({_supported(analysis, 'measured')})" if analysis.min_support else "measured"
    same = " and ".join(
        f"(one.{_d(i)} is null or one.{_d(i)} = other.{_d(i)})" for i in _positions(analysis)
    )
    finer = f"one.mask <> other.mask and (one.mask & other.mask) = one.mask and {same}"
    redundant = " and ".join(
        f"not exists (select 1 from measured as other where {equal} and {finer})"
        for equal in (
            "one.test = other.test and one.control = other.control",
            "one.fingerprint = other.fingerprint",
        )
    )
    return f"select one.* from {supported} as one where one.mask = 0 or ({redundant})"


def _supported(analysis: Analysis, table: str) -> str:
    # Not above it: sums of one segment alone may differ from 1 by rounding, and it is all.
    bound = analysis.min_support
    where = f" where mask = 0 or apriori_support >= {bound!r}::double" if bound else ""
    return f"select * from {table}{where}"


def _told(analysis: Analysis) -> str:
    # Among equals the coarser segment, then the dimensions' own order.
    order = ", ".join(["bit_count(mask)", "mask", *(_d(i) for i in _positions(analysis))])
    text = f"select *, row_number() over (order by {order}) as place from kept"
    if analysis.top_k is None:
        return text
    return f"{text} order by apriori_support desc, {order} limit {analysis.top_k}"


def _shown(analysis: Analysis) -> str:
    listed, test, control = map(quoted, analysis.names)
    texts = ", ".join(
        f"if({_d(i)} is null, null, {exp.Literal.string(name + '=').sql('duckdb')} || {_d(i)})"
        for i, name in enumerate(analysis.dimensions)
    )
    contributors = (
        f"if(mask = 0, ['all'], list_filter([{texts}], lambda v: v is not null)) as {listed}"
    )
    dimensions = [f"{_d(i)} as {quoted(name)}" for i, name in enumerate(analysis.dimensions)]
    columns = ", ".join(
        [
            contributors, *dimensions, f"test as {test}", f"control as {control}",
            *COLUMNS[analysis.metric.kind].shown, "apriori_support", "contribution",
        ]
    )  # fmt: skip
    return f"select {columns} from told order by contribution desc nulls last, place"
