"""ML.CORRELATION: how a column goes with others, over all rows and over each segment of them.

SPEARMAN is Pearson's correlation of RANK(), ties sharing the least rank, and KENDALL is tau-b: so
BigQuery ML answers, as measured at github.com/statmike/vertex-ai-mlops (exploration.sql).
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from goldloop.errors import OptionError
from goldloop.functions.call import Call
from goldloop.functions.declaration import (
    Group,
    Need,
    Output,
    Parameter,
    TableFunction,
    Warehouse,
)
from goldloop.functions.feature_types import family
from goldloop.functions.source_columns import named_column, require_type, source_columns
from goldloop.options.declaration import Kind, Option
from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import quoted

_MOST_DIMENSIONS = 12
_ROWS = "_goldloop_rows"


def _query(call: Call, warehouse: Warehouse) -> exp.Select:
    columns = source_columns(call, warehouse)
    target = _number(call, columns, "target_col", call["target_col"])
    others = [
        _number(call, columns, "target_correlation_cols", name)
        for name in call["target_correlation_cols"]
    ]
    asked = call["dimension_cols"] or []
    dimensions = [named_column(call, columns, "dimension_cols", name).name for name in asked]
    _check(call, others, dimensions)
    query = sqlglot.parse_one(
        f"""
        with _goldloop_cells as ({_cells(target, others, dimensions)}),
        _goldloop_sizes as ({_sizes(dimensions)}),
        _goldloop_found as ({_METHODS[call["method"]](dimensions)})
        select
            {_segment(dimensions)} as segment,
            {"".join(f"d{i} as {quoted(name)}, " for i, name in enumerate(dimensions))}
            {_text(target)} as target_col,
            c.name as corr_col,
            f.correlation as correlation,
            s.segment_size as segment_size,
            s.segment_size::double / s.total as segment_proportion
        from _goldloop_sizes as s
        cross join (select unnest([{", ".join(map(_text, others))}]) as name) as c
        left join _goldloop_found as f
            on f.segment = s.segment and f.name = c.name
        order by segment_size desc, corr_col, s.segment
        """,
        dialect="duckdb",
        into=exp.Select,
    )
    source = exp.CTE(
        this=exp.select("*").from_(call.rows()),
        alias=exp.TableAlias(this=exp.to_identifier(_ROWS)),
    )
    query.args["with_"].set("expressions", [source, *query.args["with_"].expressions])
    return query


def _cells(target: str, others: list[str], dimensions: list[str]) -> str:
    """Each row once a set of dimensions: `segment` holds those it is told apart by."""
    kept = [
        f"if((mask & {1 << i}) > 0, {quoted(name)}, null) as d{i}"
        for i, name in enumerate(dimensions)
    ]
    key = ", ".join(["m := mask", *(f"d{i} := d{i}" for i in range(len(dimensions)))])
    pairs = ", ".join(f"{{'name': {_text(name)}, 'y': {quoted(name)}::double}}" for name in others)
    return (
        f"select *, struct_pack({key}) as segment from (select mask, "
        f"{''.join(f'{each}, ' for each in kept)} {quoted(target)}::double as x, "
        f"[{pairs}] as pairs "
        f"from {_ROWS}, (select unnest(range({2 ** len(dimensions)})) as mask) as masks)"
    )


def _sizes(dimensions: list[str]) -> str:
    kept = "".join(f"d{i}, " for i in range(len(dimensions)))
    return (
        f"select segment, mask, {kept} count(*) as segment_size, "
        f"(select count(*) from {_ROWS}) as total from _goldloop_cells "
        f"group by segment, mask{''.join(f', d{i}' for i in range(len(dimensions)))}"
    )


# Each pair of numbers of a segment, where both are known.
_PAIRS = (
    "select segment, pair.name as name, x, pair.y as y from "
    "(select segment, x, unnest(pairs) as pair from _goldloop_cells) "
    "where x is not null and pair.y is not null"
)


def _pearson(_dimensions: list[str]) -> str:
    return _correlated(_PAIRS)


def _spearman(_dimensions: list[str]) -> str:
    window = "over (partition by segment, name order by {})"
    return _correlated(
        f"select segment, name, rank() {window.format('x')} as x, "
        f"rank() {window.format('y')} as y from ({_PAIRS})"
    )


def _correlated(pairs: str) -> str:
    return (
        "select segment, name, case when count(*) < 2 then null else corr(x, y) end "
        f"as correlation from ({pairs}) group by segment, name"
    )


def _kendall(_dimensions: list[str]) -> str:
    # tau-b is the cosine of the signs of all pairs' differences; equal rows are counted once.
    weighed = f"select segment, name, x, y, count(*) as w from ({_PAIRS}) group by all"
    signs = ("sign(one.x - other.x)", "sign(one.y - other.y)")
    weight = "(one.w * other.w)::double"
    both, left, right = (
        f"sum({weight} * {a} * {b})"
        for a, b in ((signs[0], signs[1]), (signs[0], signs[0]), (signs[1], signs[1]))
    )
    return (
        f"with weighed as ({weighed}) select one.segment, one.name, "
        f"case when sum({weight}) < 2 then null else {both} / sqrt({left} * {right}) end "
        "as correlation from weighed as one join weighed as other "
        "on one.segment = other.segment and one.name = other.name "
        "group by one.segment, one.name"
    )


_METHODS = {"pearson": _pearson, "spearman": _spearman, "kendall": _kendall}


def _segment(dimensions: list[str]) -> str:
    if not dimensions:
        return "[]::struct(dimension_col varchar, dimension_value json)[]"
    fields = ", ".join(
        f"if((s.mask & {1 << i}) > 0, {{'dimension_col': {_text(name)}, "
        f"'dimension_value': coalesce(to_json(s.d{i}), 'null'::json)}}, null)"
        for i, name in enumerate(dimensions)
    )
    return f"list_filter([{fields}], lambda each: each is not null)"


def _number(call: Call, columns: list[Feature], parameter: str, name: str) -> str:
    column = named_column(call, columns, parameter, name)
    require_type(call, column, parameter, "a number", family(column.sql_type) == "a number")
    return column.name


def _check(call: Call, others: list[str], dimensions: list[str]) -> None:
    if len(dimensions) > _MOST_DIMENSIONS:
        raise OptionError(
            f"{call.name}: dimension_cols names {len(dimensions)} columns; expected at most "
            f"{_MOST_DIMENSIONS}."
        )
    for parameter, names in (("target_correlation_cols", others), ("dimension_cols", dimensions)):
        folded = [name.casefold() for name in names]
        for name in names:
            if folded.count(name.casefold()) > 1:
                raise OptionError(f"{call.name}: {parameter} names '{name}' twice; keep one.")
    if not others:
        raise OptionError(
            f"{call.name}: target_correlation_cols names no column; expected one or more."
        )


def _text(value: str) -> str:
    return exp.Literal.string(value).sql("duckdb")


CORRELATION = TableFunction(
    "ML.CORRELATION",
    Group.STATS,
    "How a column goes with others, over all rows and by every combination of dimensions.",
    _query,
    (
        Output(
            "",
            (
                ("segment", "ARRAY<STRUCT<dimension_col STRING, dimension_value JSON>>"),
                ("<dimension columns>", "as input"),
                ("target_col", "STRING"),
                ("corr_col", "STRING"),
                ("correlation", "FLOAT64"),
                ("segment_size", "INT64"),
                ("segment_proportion", "FLOAT64"),
            ),
        ),
    ),
    need=Need.NONE,
    sources=(1, 1),
    parameters=(
        Parameter(
            Option("target_col", Kind.COLUMN, None, "The column of numbers to compare with."),
            required=True,
        ),
        Parameter(
            Option("target_correlation_cols", Kind.COLUMNS, None, "One or more columns."),
            required=True,
        ),
        Parameter(
            Option(
                "dimension_cols",
                Kind.COLUMNS,
                None,
                "Up to 12 columns, all combinations of whose values are told, too.",
            )
        ),
        Parameter(
            Option(
                "method",
                Kind.CHOICE,
                "pearson",
                "PEARSON, SPEARMAN (of ranks, ties sharing the least) or KENDALL (tau-b).",
                choices=tuple(_METHODS),
            )
        ),
    ),
    are_named=True,
)
