"""Statistics of columns: one query, a row a column, of whatever rows it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from sqlglot import exp

from goldloop.monitoring.columns import MEASURED, Measured

# The part, and the section of details, of a version whose training rows were measured.
STATISTICS = "statistics"


@dataclass(frozen=True)
class Sizes:
    """How fine statistics are: buckets of histograms, quantiles, and most frequent values kept."""

    histogram: int = 10
    quantiles: int = 10
    lengths: int = 10
    ranks: int = 50


def statistics_query(rows: str, columns: Sequence[Measured], sizes: Sizes, first: int = 1) -> str:
    """Return the query of the statistics of `columns`, in order.

    Its columns: position, name, kind; num_rows, num_missing (NULL rows), num_values, num_nulls
    (NULL values); min_length, max_length, avg_length and length_quantiles of arrays; min, max,
    mean, std (the population's), median, quantiles, num_zeros, num_nan and histogram of numbers;
    min_text, max_text, categories, avg_text and ranks of categories; dimension of sparse vectors.
    A histogram is a list of (low, high, count), ranks one of (value, count), most frequent first.

    Args:
        rows: what stands in a FROM, as SQL of DuckDB; it is read once.
        columns: what is measured.
        sizes: how fine.
        first: the position of the first column.
    """
    branches = "\nunion all by name\n".join(
        f"select * from ({_branch(position, column, sizes)})"
        for position, column in enumerate(columns, start=first)
    )
    return (
        f"with {MEASURED} as materialized (select * from {rows})\n"
        f"select * from ({branches}) order by position"
    )


def _branch(position: int, column: Measured, sizes: Sizes) -> str:
    value = column.value.sql("duckdb")
    name = exp.Literal.string(column.name).sql("duckdb")
    one = f"select {value} as v from {MEASURED}"
    many = f"select unnest({value}) as v from {MEASURED}"
    typed = "v::double" if column.is_number else "v::varchar"
    measured = _NUMBERS if column.is_number else _CATEGORIES
    lengths = _LENGTHS if column.is_array else _ONE_EACH
    return f"""
        with vals as (select {typed} as v from ({many if column.is_array else one})),
        lens as (select len(v) as n from ({one}) where v is not null),
        {
        measured.format(
            n=sizes.histogram,
            quantiles=_fractions(sizes.quantiles),
            ranks=sizes.ranks,
        )
    },
        shape as (select {
        lengths.format(
            value=value,
            rows=MEASURED,
            quantiles=_fractions(sizes.lengths),
            dimension=_dimension(column),
        )
    })
        select {position} as position, {name} as name, '{column.kind}' as kind,
            shape.*, measured.* from shape, measured
    """


def _fractions(parts: int) -> str:
    """Return the quantiles 0, 1/parts, … 1, exact: see `goldloop.functions.preprocess.buckets`."""
    exact = (Decimal(k) / Decimal(parts) for k in range(parts + 1))
    listed = (str(each.quantize(Decimal(1).scaleb(-18), rounding=ROUND_FLOOR)) for each in exact)
    return f"[{', '.join(listed)}]"


def _dimension(column: Measured) -> str:
    if column.indexes is None:
        return "null::bigint"
    indexes = column.indexes.sql("duckdb")
    return f"(select max(list_max({indexes})) + 1 from {MEASURED})::bigint"


# NaN and infinities are no part of a histogram, as a range that holds them has no width; moments
# are of finite numbers. The last bucket holds the maximum.
_NUMBERS = """
    finite as (select v from vals where isfinite(v)),
    bounds as (select min(v) as low, max(v) as high, count(*) as total from finite),
    counted as (
        select case when high > low
            then least({n} - 1, floor((v - low) / (high - low) * {n})) else 0 end::int as bucket,
            count(*)::double as held
        from finite, bounds group by all
    ),
    buckets as (
        select case when high > low then
            list_transform(range(0, {n}), lambda i: struct_pack(
                low := low + (high - low) * i / {n},
                high := case when i = {n} - 1 then high else low + (high - low) * (i + 1) / {n} end,
                count := coalesce(list_sum(list_transform(
                    list_filter(held, lambda h: h.bucket = i), lambda h: h.held)), 0.0)
            ))
            else [struct_pack(low := low, high := high, count := total::double)] end as histogram
        from bounds, (select list(struct_pack(bucket := bucket, held := held)) as held from counted)
        where total > 0
    ),
    measured as (
        select count(v) as num_values, count(*) - count(v) as num_nulls,
            count(*) filter (v = 0) as num_zeros, count(*) filter (isnan(v)) as num_nan,
            min(v) as min, max(v) as max,
            (select avg(v) from finite) as mean, (select stddev_pop(v) from finite) as std,
            quantile_disc(v, 0.5) as median, quantile_disc(v, {quantiles}) as quantiles,
            coalesce((select histogram from buckets),
                []::struct(low double, high double, count double)[]) as histogram,
            null::varchar as min_text, null::varchar as max_text, null::bigint as categories,
            null::double as avg_text, null::struct(value varchar, count bigint)[] as ranks
        from vals
    )
"""
_CATEGORIES = """
    ranked as (
        select v as value, count(*) as count from vals where v is not null group by v
        order by count desc, value limit {ranks}
    ),
    measured as (
        select count(v) as num_values, count(*) - count(v) as num_nulls,
            null::bigint as num_zeros, null::bigint as num_nan,
            null::double as min, null::double as max, null::double as mean, null::double as std,
            null::double as median, null::double[] as quantiles,
            null::struct(low double, high double, count double)[] as histogram,
            min(v) as min_text, max(v) as max_text, count(distinct v) as categories,
            avg(length(v)) as avg_text,
            coalesce((select list(struct_pack(value := value, count := count)
                order by count desc, value) from ranked),
                []::struct(value varchar, count bigint)[]) as ranks
        from vals
    )
"""
_LENGTHS = """
    (select count(*) from {rows}) as num_rows,
    (select count(*) from {rows}) - count(n) as num_missing,
    min(n) as min_length, max(n) as max_length, avg(n) as avg_length,
    sum(n)::bigint as total_length, quantile_disc(n, {quantiles})::bigint[] as length_quantiles,
    {dimension} as dimension from lens
"""
_ONE_EACH = """
    (select count(*) from {rows}) as num_rows,
    (select count(*) filter ({value} is null) from {rows}) as num_missing,
    null::bigint as min_length, null::bigint as max_length, null::double as avg_length,
    null::bigint as total_length, null::bigint[] as length_quantiles, {dimension} as dimension
"""
