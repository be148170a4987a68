"""Aggregates and window functions: values of BigQuery's reference, computed by DuckDB."""

import pytest

from goldloop.errors import StatementError

FRUITS = """
(select 'apple' as fruit, 2 as n, 1.5 as weight union all select 'pear', 5, 2.5
 union all select 'apple', 3, null union all select null, 1, 4.0)
"""
VALUES = [
    ("sum(n)", 11),
    ("sum(distinct n)", 11),
    ("sum(weight)", 8.0),
    ("sum(if(n > 2, 1, 0))", 2),
    ("sum(n / 2)", 5.5),
    ("avg(n)", 2.75),
    ("count(*)", 4),
    ("count(fruit)", 3),
    ("count(distinct fruit)", 2),
    ("countif(n > 2)", 2),
    ("countif(n > 100)", 0),
    ("min(fruit)", "apple"),
    ("max(n)", 5),
    ("logical_or(n > 4)", True),
    ("logical_and(n > 4)", False),
    ("any_value(fruit having max n)", "pear"),
    ("any_value(fruit having min n)", None),
    ("max_by(fruit, n)", "pear"),
    ("min_by(fruit, n)", None),
    ("array_agg(n order by n)", [1, 2, 3, 5]),
    ("array_agg(n order by n desc limit 2)", [5, 3]),
    ("array_agg(fruit ignore nulls order by n)", ["apple", "apple", "pear"]),
    ("array_agg(distinct fruit ignore nulls order by fruit)", ["apple", "pear"]),
    ("array_agg(fruit order by n)", [None, "apple", "apple", "pear"]),
    ("array_agg(weight order by weight)", [None, 1.5, 2.5, 4.0]),
    ("array_agg(weight order by weight desc)", [4.0, 2.5, 1.5, None]),
    ("array_agg(struct(fruit, n) order by n desc limit 1)[offset(0)].fruit", "pear"),
    ("string_agg(fruit order by n)", "apple,apple,pear"),
    ("string_agg(fruit, ' & ' order by n desc)", "pear & apple & apple"),
    ("string_agg(distinct fruit, '-' order by fruit)", "apple-pear"),
    ("string_agg(fruit, '-' order by n desc limit 2)", "pear-apple"),
    ("array_concat_agg([n, n * 10] order by n limit 2)", [1, 10, 2, 20]),
    ("approx_quantiles(n, 2)", [1, 2, 5]),
    ("approx_quantiles(n, 2)[offset(1)]", 2),
    ("approx_quantiles(n, 100)[safe_offset(100)]", 5),
    ("approx_quantiles(distinct n, 1)", [1, 5]),
    ("approx_top_count(fruit, 1)", [{"value": "apple", "count": 2}]),
    ("approx_count_distinct(n)", 4),
    ("var_samp(n)", pytest.approx(2.9166666666666665)),
    ("stddev_pop(n)", pytest.approx(1.479019945774904)),
    ("corr(n, n)", pytest.approx(1.0)),
    ("covar_samp(n, n)", pytest.approx(2.9166666666666665)),
    ("bit_or(n)", 7),
    ("bit_xor(n)", 5),
    ("sum(n) filter_free", 11),
    ("array_length(array_agg(n))", 4),
]


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[each[0] for each in VALUES])
def test_an_aggregate_has_bigquerys_value(bigquery, expression, expected):
    ((found,),) = bigquery.rows(f"select {expression} from {FRUITS}")
    assert found == expected


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("sum(n)", "BIGINT"),
        ("sum(n * 2)", "BIGINT"),
        ("sum(weight)", "DOUBLE"),
        ("sum(cast(n as numeric))", "DECIMAL(38,9)"),
        ("countif(n > 2)", "BIGINT"),
        ("count(*)", "BIGINT"),
        ("sum(x) over ()", "BIGINT"),
        ("array_length([1])", "BIGINT"),
    ],
)
def test_an_aggregate_has_bigquerys_type(bigquery, expression, kind):
    source = FRUITS if "x" not in expression else "unnest([1]) as x"
    bigquery.rows(f"select {expression} from {source}")
    assert str(bigquery.con.description[0][1]) == kind


def test_a_sum_of_a_column_keeps_to_its_type(bigquery):
    bigquery.con.execute(
        "create or replace temp table typed as select 1::integer as i, 2::bigint as b, "
        "1.5::double as d, 1.5::decimal(10, 2) as n from range(3)"
    )
    (row,) = bigquery.rows("select sum(i), sum(b), sum(d), sum(n), sum(distinct i) from typed")
    types = [str(column[1]) for column in bigquery.con.description]
    assert [float(value) for value in row] == [3, 6, 4.5, 4.5, 1]
    assert types[:3] == ["BIGINT", "BIGINT", "DOUBLE"]
    assert types[3].startswith("DECIMAL")
    assert types[4] == "BIGINT"


WINDOWS = [
    ("row_number() over (order by n)", [1, 2, 3, 4]),
    ("sum(n) over (order by n rows between 1 preceding and current row)", [1, 3, 5, 8]),
    ("sum(n) over (order by n)", [1, 3, 6, 11]),
    ("lag(n) over (order by n)", [None, 1, 2, 3]),
    ("lead(n, 2, 0) over (order by n)", [3, 5, 0, 0]),
    ("first_value(fruit ignore nulls) over (order by n desc)", ["pear"] * 4),
    (
        "last_value(n) over (order by n rows between unbounded preceding and unbounded following)",
        [5, 5, 5, 5],
    ),
    ("percentile_cont(n, 0.5) over ()", [2.5] * 4),
    ("percentile_disc(n, 0.5) over ()", [2] * 4),
    ("percentile_cont(weight, 0.5) over ()", [2.5] * 4),
    ("countif(n > 2) over ()", [2] * 4),
    ("ntile(2) over (order by n)", [1, 1, 2, 2]),
    ("rank() over (order by fruit)", [1, 2, 2, 4]),
    ("avg(n) over w", [2.75] * 4),
    ("array_agg(n) over (order by n rows between 1 preceding and current row)",
     [[1], [1, 2], [2, 3], [3, 5]]),
    ("sum(sum(n)) over (order by n)", [1, 3, 6, 11]),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "expected"), WINDOWS, ids=[each[0] for each in WINDOWS])
def test_a_window_function_has_bigquerys_values(bigquery, expression, expected):
    group = " group by n" if "sum(sum" in expression else ""
    window = " window w as (partition by 1)" if " w" in expression[-3:] else ""
    query = f"select {expression} as value, n from {FRUITS}{group}{window}"
    assert [row[0] for row in bigquery.rows(f"select * from ({query}) order by n")] == expected


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("approx_quantiles(n, n)", "a positive number, written out"),
        ("percentile_cont(n, 0.5 respect nulls) over ()", "RESPECT NULLS is not available"),
        ("approx_top_sum(fruit, n, 1)", "APPROX_TOP_SUM"),
    ],
)
def test_what_duckdb_cannot_aggregate_is_refused_by_name(bigquery, expression, words):
    with pytest.raises(StatementError, match=words):
        bigquery.rows(f"select {expression} from {FRUITS}")
