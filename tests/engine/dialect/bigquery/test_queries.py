"""Queries: UNNEST, joins, stars, QUALIFY, PIVOT, set operations, on DuckDB."""

import pytest

from goldloop.errors import StatementError

ORDERS = """
with orders as (
    select 1 as id, [struct('a' as sku, 2 as n), struct('b', 1)] as items, ['x', 'y'] as tags
    union all select 2, [], []
    union all select 3, [struct('c', 5)], ['z']
)
"""
SALES = """
with sales as (
    select 'kale' as product, 51 as sold, 'Q1' as quarter union all select 'kale', 23, 'Q2'
    union all select 'apple', 77, 'Q1' union all select 'apple', 1, 'Q2'
)
"""
QUERIES = {
    "elements of an array of structs, joined": (
        f"{ORDERS} select id, item.sku, item.n from orders, unnest(items) as item order by 1, 2",
        [(1, "a", 2), (1, "b", 1), (3, "c", 5)],
    ),
    "a struct itself": (
        f"{ORDERS} select item from orders cross join unnest(items) as item where id = 3",
        [({"sku": "c", "n": 5},)],
    ),
    "fields of the elements by the star": (
        f"{ORDERS} select item.* from orders, unnest(items) item where id = 1 order by sku",
        [("a", 2), ("b", 1)],
    ),
    "rows without elements stay in a left join": (
        f"{ORDERS} select id, tag from orders left join unnest(tags) as tag order by id, tag",
        [(1, "x"), (1, "y"), (2, None), (3, "z")],
    ),
    "an offset counts from 0": (
        f"{ORDERS} select id, tag, o from orders, unnest(tags) as tag with offset o order by 1, 3",
        [(1, "x", 0), (1, "y", 1), (3, "z", 0)],
    ),
    "an offset without a name is offset": (
        "select x, offset from unnest(['a', 'b']) as x with offset order by offset",
        [("a", 0), ("b", 1)],
    ),
    "structs with their offset": (
        f"{ORDERS} select item.sku, pos from orders, unnest(items) as item with offset pos "
        "order by id, pos",
        [("a", 0), ("b", 1), ("c", 0)],
    ),
    "an array of the row, without UNNEST": (
        f"{ORDERS} select id, tag from orders as o, o.tags as tag order by id, tag",
        [(1, "x"), (1, "y"), (3, "z")],
    ),
    "fields without an alias": (
        "select sku, n from unnest([struct('a' as sku, 1 as n), struct('b', 2)]) order by n",
        [("a", 1), ("b", 2)],
    ),
    "a star of structs": (
        "select * from unnest([struct('a' as sku, 1 as n)])",
        [("a", 1)],
    ),
    "a correlated array": (
        f"{ORDERS} select id, array(select i.sku from unnest(items) i where i.n > 1) from orders "
        "order by id",
        [(1, ["a"]), (2, []), (3, ["c"])],
    ),
    "a correlated subquery": (
        f"{ORDERS} select id, (select sum(n) from unnest(items)) from orders order by id",
        [(1, 3), (2, None), (3, 5)],
    ),
    "a star without and with other columns": (
        "select * except (b) replace (a + 1 as a) from (select 1 as a, 2 as b, 3 as c)",
        [(2, 3)],
    ),
    "a window's filter": (
        f"{SALES} select product, sold from sales where true "
        "qualify row_number() over (partition by product order by sold desc) = 1 order by 1",
        [("apple", 77), ("kale", 51)],
    ),
    "a named window": (
        f"{SALES} select distinct product, sum(sold) over w from sales "
        "window w as (partition by product) order by 1",
        [("apple", 78), ("kale", 74)],
    ),
    "a pivot": (
        f"{SALES} select * from sales pivot(sum(sold) for quarter in ('Q1', 'Q2')) order by 1",
        [("apple", 77, 1), ("kale", 51, 23)],
    ),
    "a pivot of several aggregates, by the names they get": (
        f"{SALES} select product, total_one, n_one, total_Q2 from (select * from sales) "
        "pivot(sum(sold) as total, count(*) as n for quarter in ('Q1' as one, 'Q2')) order by 1",
        [("apple", 77, 1, 1), ("kale", 51, 1, 23)],
    ),
    "an unpivot": (
        "select * from (select 'kale' as product, 51 as q1, 23 as q2) "
        "unpivot(sold for quarter in (q1, q2 as 'second')) order by sold",
        [("kale", 23, "second"), ("kale", 51, "q1")],
    ),
    "an unpivot keeps NULLs where told": (
        "select q, s from (select 1 as a, cast(null as int64) as b) "
        "unpivot include nulls (s for q in (a, b)) order by q",
        [("a", 1), ("b", None)],
    ),
    "set operations": (
        "select * from (select 1 as x union all select 1 union distinct select 2) "
        "except distinct select 2 as x",
        [(1,)],
    ),
    "NULLs come first, and last when descending": (
        "select x from unnest([2, null, 1]) as x order by x",
        [(None,), (1,), (2,)],
    ),
    "NULLs come last in descending order": (
        "select x from unnest([2, null, 1]) as x order by x desc",
        [(2,), (1,), (None,)],
    ),
    "recursion": (
        "with recursive r as (select 1 as n union all select n + 1 from r where n < 3) "
        "select n from r order by n",
        [(1,), (2,), (3,)],
    ),
    "a rollup": (
        f"{SALES} select product, sum(sold) from sales group by rollup(product) order by 1",
        [(None, 152), ("apple", 78), ("kale", 74)],
    ),
    "grouping by all": (
        f"{SALES} select product, sum(sold) as s from sales group by all order by 1",
        [("apple", 78), ("kale", 74)],
    ),
    "a row as a struct": (
        "select t from (select 1 as a) as t",
        [({"a": 1},)],
    ),
    "a value table": (
        "select * from unnest(array(select as struct 1 as a, 2 as b))",
        [(1, 2)],
    ),
    "a date series joined": (
        "select format_date('%d', d) from unnest(generate_date_array('2024-01-01', '2024-01-03')) "
        "as d order by d",
        [("01",), ("02",), ("03",)],
    ),
    "limits": ("select x from unnest([1, 2, 3]) as x order by x limit 1 offset 1", [(2,)]),
    "numbers beyond 32 bits": (
        "select 3000000000 as a, 2147483647 + 1 as b",
        [(3000000000, 2147483648)],
    ),
    "having": (
        f"{SALES} select product from sales group by product having sum(sold) > 75",
        [("apple",)],
    ),
    "a join using a column": (
        "select * from (select 1 as k, 'a' as l) inner join (select 1 as k, 'b' as r) using (k)",
        [(1, "a", "b")],
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_has_bigquerys_rows(bigquery, name):
    query, expected = QUERIES[name]
    assert bigquery.rows(query) == expected


def test_a_sample_is_of_the_rows(bigquery):
    query = "select count(*) from unnest(generate_array(1, 1000)) as x"
    assert bigquery.column(query) == [1000]
    bigquery.con.execute("create or replace temp table thousand as from range(1000)")
    ((count,),) = bigquery.rows("select count(*) from thousand tablesample system (100 percent)")
    assert count == 1000


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("select * from `p.d.events_*`", "wildcard table"),
        ("select _table_suffix from t", "_table_suffix is not available"),
        ("select * from t for system_time as of current_timestamp()", "SYSTEM_TIME"),
        ("select * from unnest([1], [2])", "several arrays"),
    ],
)
def test_what_duckdb_cannot_query_is_refused(bigquery, query, words):
    with pytest.raises(StatementError, match=words):
        bigquery.rows(query)
