"""Which sets of many dimensions can have segments of the support asked for (the Apriori rule).

A segment is no larger than those it lies in, as metrics are not negative: what is too small
needs no further dimension.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import duckdb
from sqlglot import exp

from goldloop.contribution.insights import Analysis, insights


def frequent_masks(
    con: duckdb.DuckDBPyConnection,
    analysis: Analysis,
    source: exp.Query,
    progress: Callable[[str], None],
) -> tuple[int, ...]:
    """Return the sets of dimensions, a bit a dimension, with a segment of enough support.

    Enough is min_support, or with top_k what that many segments of fewer dimensions reach.
    """
    asked = analysis.top_k
    found: set[int] = {0}
    supports: list[float] = []
    level: set[int] = {1 << i for i in range(len(analysis.dimensions))}
    while level:
        progress(f"{len(level)} sets of {bin(min(level)).count('1')} dimensions")
        reached = _supports(con, analysis, source, sorted(level))
        supports += [support for _, support in reached]
        # Pruning may leave out some of them: twice as many are looked for.
        enough = analysis.min_support or 0.0
        if asked is not None and len(supports) >= 2 * asked:
            enough = sorted(supports, reverse=True)[2 * asked - 1]
        frequent = {mask for mask, support in reached if support >= enough}
        found |= frequent
        level = _next(frequent)
    return tuple(sorted(found))


def _supports(
    con: duckdb.DuckDBPyConnection, analysis: Analysis, source: exp.Query, masks: list[int]
) -> list[tuple[int, float]]:
    level = replace(analysis, masks=(0, *masks), prunes=False, top_k=None)
    query = insights(level, source.copy())
    told = exp.select("mask", "apriori_support").from_("_goldloop_told").where("mask > 0")
    told.set("with_", query.args["with_"])
    return con.execute(told.sql("duckdb")).fetchall()


def _next(frequent: set[int]) -> set[int]:
    """Return the sets with one dimension more, all of whose subsets are frequent."""
    joined = {
        one | other for one, other in combinations(frequent, 2) if (one ^ other).bit_count() == 2
    }
    return {mask for mask in joined if all(part in frequent for part in _without_one(mask))}


def _without_one(mask: int) -> list[int]:
    return [mask & ~(1 << i) for i in range(mask.bit_length()) if mask >> i & 1]
