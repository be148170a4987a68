"""BigQuery's scripts: variables, conditions, loops, dynamic SQL, run by a session."""

import datetime as dt

import pytest

import goldloop
from goldloop.errors import GoldloopError, StatementError


@pytest.fixture(scope="module")
def opened():
    with goldloop.connect() as session:
        yield session


@pytest.fixture
def session(opened):
    """Return a session whose database is empty but for the registry."""
    yield opened
    opened.sql("use main; drop schema if exists ds cascade", "duckdb")
    for kind, name in opened.sql(
        "select 'table', table_name from duckdb_tables() where schema_name = 'main' "
        "and not temporary union all select 'view', view_name from duckdb_views() "
        "where schema_name = 'main' and not internal",
        "duckdb",
    ).fetchall():
        opened.sql(f'drop {kind} "{name}"', "duckdb")


def rows(session, script):
    return session.sql(script).fetchall()


SCRIPTS = {
    "variables with types and defaults": (
        "declare a, b int64 default 2; declare c string; declare d default date '2024-01-31';"
        "select a + b, c, d, date_add(d, interval 1 month)",
        [(4, None, dt.date(2024, 1, 31), dt.date(2024, 2, 29))],
    ),
    "a variable is set again": (
        "declare n int64 default 1; set n = n + 1; set n = n * 10; select n",
        [(20,)],
    ),
    "a value takes the variable's type": (
        "declare x float64; set x = 7; select x / 2, format('%.1f', x)",
        [(3.5, "7.0")],
    ),
    "several variables are set at once": (
        "declare a, b int64; declare s string; set (a, b) = (1, 2);"
        "set (s, b) = (select as struct 'x', 5); select a, b, s",
        [(1, 5, "x")],
    ),
    "variables hold arrays and structs": (
        "declare xs array<int64> default [3, 1]; declare p struct<a int64, b string>;"
        "set p = (7, 'seven'); select array_length(xs), xs[offset(0)], p.a, p.b, (select max(x) "
        "from unnest(xs) as x)",
        [(2, 3, 7, "seven", 3)],
    ),
    "a column goes before a variable of its name": (
        "declare x int64 default 100; declare y int64 default 5;"
        "select x, y from (select 1 as x) where x < y",
        [(1, 5)],
    ),
    "variables in subqueries, tables and changes": (
        "declare lowest int64 default 2; create temp table held as select n from "
        "unnest([1, 2, 3]) as n where n >= lowest; update held set n = n + lowest where n > lowest;"
        "delete from held where n = lowest; select n from held where n in (select lowest + 3)",
        [(5,)],
    ),
    "a variable in a date function and a limit": (
        "declare day date default '2024-05-17'; declare most int64 default 1;"
        "select date_trunc(day, month), format_date('%d', day) from unnest([1, 2]) limit 1",
        [(dt.date(2024, 5, 1), "17")],
    ),
    "a condition": (
        "declare n int64 default 5; declare s string;"
        "if n > 10 then set s = 'large'; elseif n > 3 then set s = 'middle'; "
        "else set s = 'small'; end if; select s",
        [("middle",)],
    ),
    "a condition with CASE, whose value is not known, does not hold": (
        "if case when null then true end then select 1; else select 2; end if;",
        [(2,)],
    ),
    "while": (
        "declare n int64 default 0; while n < 5 do set n = n + 1; "
        "if n = 3 then break; end if; end while; select n",
        [(3,)],
    ),
    "a loop with continue": (
        "declare n, odd int64 default 0; loop set n = n + 1; if n > 6 then leave; end if;"
        "if mod(n, 2) = 0 then continue; end if; set odd = odd + n; end loop; select odd",
        [(9,)],
    ),
    "repeat": (
        "declare n int64 default 0; repeat set n = n + 2; until n >= 3 end repeat; select n",
        [(4,)],
    ),
    "for each row": (
        "declare s string default '';"
        "for row in (select n, n * n as sq from unnest([1, 2, 3]) as n order by n) do "
        "set s = concat(s, row.n, ':', row.sq, ' '); end for; select s",
        [("1:1 2:4 3:9 ",)],
    ),
    "for without rows": (
        "for row in (select x from unnest([1]) as x where x > 1) do select 5; end for; select 6",
        [(6,)],
    ),
    "a block hides what it declares": (
        "begin declare inner_ int64 default 1; select inner_; end; "
        "begin declare inner_ int64 default 2; select inner_; end;",
        [(2,)],
    ),
    "an error is handled": (
        "begin select 1 / 0; exception when error then select contains_substr(@@error.message, "
        "'division by zero'); end;",
        [(True,)],
    ),
    "dynamic SQL with parameters": (
        "declare n int64; declare s string;"
        "execute immediate 'select ? + @more, \"x\"' into n, s using 4, 3 as more; select n, s",
        [(7, "x")],
    ),
    "dynamic DDL": (
        "declare name string default 't'; execute immediate 'create table ' || name || "
        "' as select 1 as a'; select * from t",
        [(1,)],
    ),
    "a transaction is rolled back": (
        "create table t as select 1 as a; begin transaction; delete from t where true; "
        "rollback transaction; select count(*) from t",
        [(1,)],
    ),
    "a transaction is committed": (
        "create table t as select 1 as a; begin; delete from t where true; commit; "
        "select count(*) from t",
        [(0,)],
    ),
    "return ends the script": ("select 1; return; select 2", [(1,)]),
    "a dataset is used": (
        "create schema ds; create table ds.t as select 5 as a; set @@dataset_id = 'ds'; "
        "select a from t",
        [(5,)],
    ),
    "an assertion that holds": ("assert 1 < 2 as 'order'; select 3", [(3,)]),
    "comments": (
        "#standardSQL\n-- a; b\ndeclare x int64 default 1; # c; d\n/* e; */ select x",
        [(1,)],
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_has_the_result_of_its_last_query(session, name):
    script, expected = SCRIPTS[name]
    assert rows(session, script) == expected


def test_a_model_is_trained_on_what_a_variable_selects():
    session = goldloop.connect()
    session.sql(
        "declare most int64 default 20;"
        "create model m options(model_type='linear_reg', input_label_cols=['y']) as "
        "select x, 2.0 * x as y from unnest(generate_array(1, 50)) as x where x <= most"
    )
    card = session.model("m").card()
    assert card.training_rows + card.evaluation_rows == 20
    assert "20" in card.training_sql
    assert "getvariable" not in card.training_sql.lower()


@pytest.fixture(scope="module")
def modelled():
    with goldloop.connect() as session:
        session.sql(
            "create table points as select x, 2.0 * x as y, mod(x, 2) = 0 as is_even "
            "from unnest(generate_array(1, 40)) as x;"
            "create model line options(model_type='linear_reg', input_label_cols=['y']) as "
            "select x, y from points;"
            "create model even options(model_type='logistic_reg', input_label_cols=['is_even']) as "
            "select x, is_even from points;"
        )
        yield session


CALLS = {
    "what a function's result is compared with": (
        "declare most float64 default 9;"
        "select count(*) from ml.predict(model line, table points) where predicted_y < most",
        [(4,)],
    ),
    "a condition of a function's rows, and a column": (
        "declare most int64 default 9; declare name string default 'near';"
        "select name, count(*) from ml.predict(model line, (select * from points where x < most)) "
        "group by name",
        [("near", 8)],
    ),
    "a parameter of a function": (
        "declare least float64 default 1.0; declare p struct<at float64> default struct(0.0);"
        "select (select countif(predicted_is_even) from ml.predict(model even, table points, "
        "struct(least as threshold))), (select countif(predicted_is_even) "
        "from ml.predict(model even, table points, struct(p.at as threshold)))",
        [(0, 40)],
    ),
    "an argument of a function": (
        "declare thresholds array<float64> default [0.25, 0.75];"
        "select threshold from ml.roc_curve(model even, table points, thresholds) order by 1",
        [(0.25,), (0.75,)],
    ),
    "a column of a prediction goes before it": (
        "declare predicted_y float64 default -1; declare most int64 default 9;"
        "select round(max(predicted_y)) "
        "from ml.predict(model line, (select * from points where x < most))",
        [(16.0,)],
    ),
    "the body of a loop over rows": (
        "declare total int64 default 0;"
        "for each in (select 3 as most union all select 4) do "
        "set total = total + (select count(*) from ml.predict(model line, "
        "(select * from points where x <= each.most)));"
        "end for; select total",
        [(7,)],
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_variable_is_in_a_query_that_calls_a_model_as(modelled, name):
    script, expected = CALLS[name]
    assert rows(modelled, script) == expected


def test_a_variable_that_is_selected_names_its_column(session):
    result = session.sql("declare n int64 default 3; select n, n + 1 as m, [n] as ns")
    assert result.columns == ["n", "m", "ns"]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("set x = 1", "Line 1: Variable x is not declared"),
        ("declare total int64; set totl = 1", "Did you mean 'total'"),
        ("declare x int64; declare x int64", "declared twice"),
        ("declare x", "The script ends|needs a type or a DEFAULT"),
        ("declare x nonsense_type", "is not a type"),
        ("select 1;\nif true then select 1;", "The script ends where END"),
        ("select 1;\n\nwhile true do select 1; end loop", "Line 3.*expected WHILE"),
        ("begin select 1;", "The script ends where END"),
        ("if 5 then select 1; end if", "a condition is 5; expected true or false"),
        ("break", "BREAK is outside of a loop"),
        ("select 1;\nraise using message = 'my own'", "Line 2: my own"),
        ("assert 1 > 2 as 'one is less'", "Assertion failed: one is less"),
        ("assert 1 > 2", "Assertion failed: 1 > 2"),
        ("execute immediate 'select ?'", "USING gives no value"),
        ("execute immediate 'select 1; select 2'", "one statement; the text has 2"),
        ("declare x int64; execute immediate 'select 1, 2' into x", "one row of 1 columns"),
        ("set @@time_zone = 'UTC'", "@@time_zone is not available"),
        ("declare a, b int64; set (a, b) = (1, 2, 3)", "STRUCT of as many fields"),
        ("declare x int64 default 1; create view v as select x as a", "cannot read the variable x"),
        ("#legacySQL\nselect 1", "#legacySQL is not available"),
        (
            "declare t string default 'x'; create model m options(model_type=t) as select 1",
            "expected a constant",
        ),
        ("begin select 1 / 0; exception when error then raise; end", "division by zero"),
        ("declare x int64; set x = 'a'", "Line 1"),
    ],
)
def test_a_script_that_goes_wrong_says_where(session, script, words):
    with pytest.raises(GoldloopError, match=words):
        session.sql(script)


def test_an_error_in_a_loop_names_its_own_line(session):
    with pytest.raises(StatementError, match=r"^Line 3: "):
        session.sql("declare n int64 default 0;\nwhile n < 3 do\nselect nothing_there;\nend while")
