"""A row is traced along the declared links, and what cannot be is said."""

import csv
import io
import json

import duckdb
import pytest

import goldloop
from goldloop.cli import main
from goldloop.errors import GoldloopError
from goldloop.lineage import trace

DECLARED = [
    # relation, key, shows, link number, target, columns, condition
    ("gold.orders", ["order_id"], {}, 1, "gold.lines", {"order_id": "order_id"}, None),
    ("gold.orders", ["order_id"], {}, 2, "ml.quotes", {"quote": "quote_id"}, "there.price > 5"),
    ("gold.lines", ["order_id", "number"], {}, 1, "bronze.files", {"row": "row"}, None),
    ("ml.quotes", ["quote_id"], {"model": "_model", "version": "_version"}, 1, None, None, None),
    ("bronze.files", ["row"], {"file": "name", "line": "row"}, 1, None, None, None),
]  # fmt: skip


def declare(con, declared):
    con.execute(
        "create schema if not exists goldloop; create or replace table goldloop.lineage ("
        "relation_schema varchar, relation_name varchar, key_columns json, shows json, "
        "link_number bigint, target_schema varchar, target_name varchar, columns json, "
        "condition varchar)"
    )
    for relation, key, shows, number, target, columns, condition in declared:
        there = target.split(".") if target else (None, None)
        con.execute(
            "insert into goldloop.lineage values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *relation.split("."), json.dumps(key), json.dumps(shows), number, *there,
                json.dumps(columns) if columns else None, condition,
            ],
        )  # fmt: skip


@pytest.fixture
def con(tmp_path):
    con = duckdb.connect(str(tmp_path / "warehouse.duckdb"))
    con.execute("""
        create schema gold; create schema ml; create schema bronze;
        create table gold.orders as select 'A' as order_id, 1.5 as quote
            union all select 'B', null union all select 'a=b,c', 2.5;
        create table gold.lines as
            select 'A' as order_id, i as number, i as row from range(1, 9) as t(i);
        create table ml.quotes as select 1.5 as quote_id, 9 as price, 'ml.price' as _model,
            2 as _version union all select 2.5, 1, 'ml.price', 1;
        create table bronze.files as
            select i as row, 'orders.csv' as name from range(1, 20) as t(i);
    """)
    declare(con, DECLARED)
    yield con
    con.close()


def told(rows):
    return [(row.depth, str(row.relation), tuple(row.key.values())) for row in rows]


def test_each_row_is_below_the_one_that_came_from_it(con):
    assert told(trace(con, "orders", "A", limit=1)) == [
        (0, "gold.orders", ("A",)),
        (1, "gold.lines", ("A", 1)),
        (2, "bronze.files", (1,)),
        (1, "ml.quotes", (1.5,)),
    ]


def test_what_made_a_row_is_shown_with_it(con):
    rows = {str(row.relation): row for row in trace(con, "gold.orders", "A", limit=1)}
    assert rows["ml.quotes"].shown == {"model": "ml.price", "version": 2}
    assert rows["bronze.files"].shown == {"file": "orders.csv", "line": 1}


def test_rows_beyond_the_limit_are_counted(con):
    lines = [row for row in trace(con, "orders", "A", limit=3) if row.relation.name == "lines"]
    assert [row.left_off for row in lines] == [0, 0, 5]


def test_a_depth_ends_the_trace(con):
    assert {row.depth for row in trace(con, "orders", "A", depth=1)} == {0, 1}
    assert len(trace(con, "orders", "A", depth=0)) == 1


def test_a_condition_and_an_empty_link_find_nothing(con):
    assert len(trace(con, "orders", "B")) == 1
    assert len(trace(con, "orders", {"order_id": "a=b,c"})) == 1


def test_a_key_of_several_columns(con):
    rows = trace(con, "lines", "order_id=A, number=2")
    assert told(rows)[0] == (0, "gold.lines", ("A", 2))
    assert told(trace(con, "lines", {"order_id": "A", "number": 2})) == told(rows)
    assert told(trace(con, "quotes", "1.5"))[0] == (0, "ml.quotes", (1.5,))


def test_a_row_met_before_is_not_followed_again_even_in_a_circle(con):
    circle = [*DECLARED[:4], ("bronze.files", ["row"], {}, 1, "gold.lines", {"row": "row"}, None)]
    declare(con, circle)
    rows = trace(con, "orders", "A", limit=1)
    assert [row.is_repeated for row in rows] == [False, False, False, True, False]


SHORTCUT = [
    # x is met by way of b, then directly, and comes from y.
    ("gold.a", ["id"], {}, 1, "gold.b", {"id": "id"}, None),
    ("gold.a", ["id"], {}, 2, "gold.x", {"id": "id"}, None),
    ("gold.b", ["id"], {}, 1, "gold.x", {"id": "id"}, None),
    ("gold.x", ["id"], {}, 1, "gold.y", {"id": "id"}, None),
    ("gold.y", ["id"], {}, 1, None, None, None),
]


@pytest.mark.parametrize(
    ("depth", "met"),
    [
        (1, "a b x"),
        (2, "a b x x y"),
        (3, "a b x y (x)"),
        (None, "a b x y (x)"),
    ],
)
def test_a_row_that_the_depth_ended_is_followed_when_it_is_met_nearer(con, depth, met):
    for name in "abxy":
        con.execute(f"create table gold.{name} as select 1 as id")
    declare(con, SHORTCUT)
    rows = trace(con, "gold.a", "1", depth=depth)
    told = [f"({row.relation.name})" if row.is_repeated else row.relation.name for row in rows]
    assert " ".join(told) == met


@pytest.mark.parametrize(
    ("table", "key", "message"),
    [
        ("orders", "Z", r"gold.orders has no row with order_id=Z. A key that it has: order_id=A"),
        ("lines", "A", r"The key of gold.lines is order_id, number, .* Give order_id=…,number=…"),
        ("ordres", "A", r"ordres declares no lineage. .*orders.*config.meta.goldloop.trace"),
    ],
)
def test_what_cannot_be_traced_is_said_with_the_fix(con, table, key, message):
    with pytest.raises(GoldloopError, match=message):
        trace(con, table, key)


def test_a_warehouse_without_lineage_says_how_to_declare_it():
    with pytest.raises(GoldloopError, match="no declared lineage; declare it in the yml"):
        trace(duckdb.connect(), "orders", "A")


def test_a_declaration_that_does_not_fit_names_the_relation(con):
    con.execute("alter table gold.orders rename column order_id to id")
    with pytest.raises(GoldloopError, match=r"gold.orders is declared .*put its declaration right"):
        trace(con, "orders", "A")


def test_a_link_that_does_not_fit_names_both_relations(con):
    con.execute("alter table gold.lines rename column row to place")
    with pytest.raises(GoldloopError, match=r"from gold.lines to bronze.files"):
        trace(con, "orders", "A")


def test_limits_and_depths_are_checked(con):
    with pytest.raises(GoldloopError, match="limit is 0; expected 1 or more"):
        trace(con, "orders", "A", limit=0)
    with pytest.raises(GoldloopError, match="depth is -1; expected 0 or more"):
        trace(con, "orders", "A", depth=-1)


def test_two_relations_of_one_name_need_the_schema(con):
    con.execute("create table ml.orders as select 'A' as order_id")
    declare(con, [*DECLARED, ("ml.orders", ["order_id"], {}, 1, None, None, None)])
    with pytest.raises(GoldloopError, match="give its schema"):
        trace(con, "orders", "A")


def test_a_session_traces_read_only(con, tmp_path):
    con.close()
    with goldloop.connect(tmp_path / "warehouse.duckdb", read_only=True) as session:
        assert len(session.trace("orders", "A", depth=0)) == 1


def test_the_command_draws_a_tree_and_writes_every_row(con, tmp_path, capsys):
    con.close()
    command = ["trace", "-d", str(tmp_path / "warehouse.duckdb"), "--limit", "2", "orders", "A"]
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines() == [
        "gold.orders  order_id=A",
        "  gold.lines  order_id=A, number=1",
        "    bronze.files  row=1  from orders.csv line 1",
        "  gold.lines  order_id=A, number=2",
        "    bronze.files  row=2  from orders.csv line 2",
        "  … and 6 more of gold.lines",
        "  ml.quotes  quote_id=1.5  by ml.price v2",
        "",
        "models:",
        "  ml.price v2: no longer in the warehouse",
    ]
    assert main([*command, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["relation"] for row in rows].count("bronze.files") == 2
    assert main([*command, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["key"] == "order_id=A"
    assert main([*command[:-1], "Z"]) == 1
    assert "A key that it has" in capsys.readouterr().err
