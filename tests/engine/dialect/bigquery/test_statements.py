"""DDL, DML and functions of BigQuery, run on DuckDB."""

import datetime as dt
import decimal

import pytest
from running import BigQueryOnDuckDB

from goldloop.errors import StatementError


@pytest.fixture
def shop():
    database = BigQueryOnDuckDB()
    database.con.execute("create schema shop")
    database.rows("create table shop.stock (sku string, n int64)")
    database.rows("insert shop.stock (sku, n) values ('a', 1), ('b', 2)")
    yield database
    database.con.close()


def test_a_table_has_bigquerys_types(shop):
    shop.rows(
        "create table shop.t (i int64 not null options(description='x'), f float64, b bool, "
        "s string(10), y bytes, n numeric, big bignumeric, p numeric(10, 2), d date, dt datetime, "
        "ts timestamp, t time, a array<string>, st struct<x int64, y array<float64>>, j json, "
        "primary key (i) not enforced) "
        "partition by date(ts) cluster by i options(description='d', expiration_timestamp=null)"
    )
    types = [row[1] for row in shop.con.execute("describe shop.t").fetchall()]
    assert types == [
        "BIGINT", "DOUBLE", "BOOLEAN", "VARCHAR", "BLOB", "DECIMAL(38,9)", "DECIMAL(38,18)",
        "DECIMAL(10,2)", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIME", "VARCHAR[]",
        "STRUCT(x BIGINT, y DOUBLE[])", "JSON",
    ]  # fmt: skip
    shop.rows("insert into shop.t (i) values (1), (1)")  # a key that is not enforced


def test_a_table_of_a_query_is_partitioned_in_name_only(shop):
    shop.rows(
        "create or replace table shop.t partition by day cluster by n options(labels=[('a', 'b')]) "
        "as select n, date '2024-01-01' as day from shop.stock"
    )
    assert shop.rows("select * from shop.t order by n") == [
        (1, dt.date(2024, 1, 1)),
        (2, dt.date(2024, 1, 1)),
    ]


def test_tables_are_copied_whole_or_in_shape(shop):
    shop.rows("create table shop.t clone shop.stock; create table shop.u like shop.stock")
    shop.rows("create table shop.v copy shop.stock")
    counts = [shop.column(f"select count(*) from shop.{name}")[0] for name in "tuv"]
    assert counts == [2, 0, 2]


def test_views_and_schemas(shop):
    shop.rows("create schema if not exists other options(location='EU')")
    shop.rows("create or replace view other.v options(description='x') as select * from shop.stock")
    shop.rows("create materialized view other.m as select sum(n) as n from shop.stock")
    assert shop.rows("select * from other.m") == [(3,)]
    shop.rows("drop view other.v; drop schema other cascade")


def test_a_temporary_table_or_function_may_be_made_again(shop):
    for n in (1, 2):
        shop.rows(f"create temp table held as select {n} as n")
        shop.rows(f"create temp function plus(x int64) as (x + {n})")
        assert shop.rows("select plus(n) from held") == [(2 * n,)]


def test_rows_are_inserted_updated_and_deleted(shop):
    shop.rows("insert into shop.stock values ('c', default)")
    shop.rows("update shop.stock s set s.n = s.n + 10 where s.sku = 'a'")
    shop.rows("update shop.stock set n = u.n from (select 'b' as sku, 20 as n) as u "
              "where u.sku = stock.sku")  # fmt: skip
    assert shop.rows("select * from shop.stock order by sku") == [("a", 11), ("b", 20), ("c", None)]
    shop.rows("delete shop.stock where n is null")
    assert shop.column("select count(*) from shop.stock") == [2]
    shop.rows("delete from shop.stock where true")
    assert shop.column("select count(*) from shop.stock") == [0]
    shop.rows("truncate table shop.stock")


def test_rows_are_merged(shop):
    shop.rows(
        "merge into shop.stock t using (select 'a' as sku, 5 as n union all select 'z', 9) s "
        "on t.sku = s.sku "
        "when matched and s.n > 100 then delete "
        "when matched then update set t.n = s.n "
        "when not matched then insert (sku, n) values (s.sku, s.n) "
        "when not matched by source then delete"
    )
    assert shop.rows("select * from shop.stock order by sku") == [("a", 5), ("z", 9)]
    shop.rows(
        "merge shop.stock using (select 'q' as sku, 7 as n) on false "
        "when not matched then insert row"
    )
    assert shop.column("select n from shop.stock where sku = 'q'") == [7]


def test_a_table_is_altered(shop):
    shop.rows("alter table shop.stock add column if not exists note string")
    shop.rows("alter table shop.stock drop column note")
    shop.rows("alter table shop.stock set options(description='what there is')")
    comment = shop.con.execute(
        "select comment from duckdb_tables() where table_name = 'stock'"
    ).fetchall()
    assert comment == [("what there is",)]


def test_a_function_casts_its_arguments_and_result(shop):
    shop.rows(
        "create function shop.half(x float64) returns numeric as (x / 2);"
        "create temp function label(x int64, name string) as (concat(name, cast(x as string)));"
        "create temp function twice(x any type) as (x + x);"
    )
    query = "select shop.half(3), label(7, 'n'), twice(2), twice(1.5), shop.half(n) from shop.stock"
    assert shop.rows(f"{query} where n = 1") == [
        (decimal.Decimal("1.5"), "n7", 4, 3.0, decimal.Decimal("0.5"))
    ]
    shop.rows("drop function shop.half")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("create temp function f(x float64) returns float64 language js as 'return x'", "in js"),
        ("create table function shop.f(x int64) as select x as y", "CREATE TABLE FUNCTION"),
        ("create external table shop.e options(format='CSV', uris=['gs://x'])", "EXTERNAL TABLE"),
        ("create snapshot table shop.s clone shop.stock", "is not available"),
        ("alter table shop.stock set options(labels=[('a', 'b')])", "labels cannot be set"),
        ("update shop.stock set st.x = 1 where true", "a field of a STRUCT"),
        ("grant select on table shop.stock to 'x'", "GRANT is not available"),
        ("call shop.p(1)", "not available"),
        ("load data into shop.t from files(format='CSV', uris=['x'])", "not available"),
        ("export data options(uri='gs://x/*.csv', format='CSV') as select 1", "not available"),
    ],
)
def test_a_statement_that_duckdb_lacks_is_refused(shop, statement, words):
    with pytest.raises(StatementError, match=words):
        shop.rows(statement)
