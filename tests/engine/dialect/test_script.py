"""Scripts read into statements."""

import datetime as dt
import re

import pytest

from goldloop.dialect import (
    AlterModel,
    CreateModel,
    DropModel,
    ExportModel,
    HparamCandidates,
    HparamRange,
    SqlStatement,
    VerbatimStatement,
    parse_script,
)
from goldloop.errors import OptionError, StatementError

DIALECTS = pytest.mark.parametrize("dialect", ["bigquery", "duckdb"])


def create(text, dialect="bigquery"):
    (statement,) = parse_script(text, dialect)
    assert isinstance(statement, CreateModel)
    return statement


@DIALECTS
def test_create_model_is_read_in_both_dialects(dialect):
    statement = create(
        "create or replace model shop.cost options(model_type='linear_reg', "
        "input_label_cols=['cost']) as select age, cost from repairs where cost > 0",
        dialect,
    )
    assert statement.name.sql() == "shop.cost"
    assert (statement.or_replace, statement.if_not_exists) == (True, False)
    assert statement.options == {"model_type": "linear_reg", "input_label_cols": ["cost"]}
    assert statement.queries["training_data"].sql() == (
        "SELECT age, cost FROM repairs WHERE cost > 0"
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("'text'", "text"),
        ("r'a\\d'", "a\\d"),
        ("3", 3),
        ("-0.5", -0.5),
        ("1e-3", 0.001),
        ("true", True),
        ("null", None),
        ("['a', 'b']", ["a", "b"]),
        ("[]", []),
        ("[('a', 0.5), ('b', 0.5)]", [("a", 0.5), ("b", 0.5)]),
        ("[struct('dnn', 'ADAM')]", [("dnn", "ADAM")]),
        ("struct(1 as p, 2 as q)", {"p": 1, "q": 2}),
        ("date '2026-01-31'", dt.date(2026, 1, 31)),
        ("timestamp '2026-01-31 10:00:00'", dt.datetime(2026, 1, 31, 10)),
        ("hparam_range(0.1, 2)", HparamRange(0.1, 2)),
        ("HPARAM_CANDIDATES(['a', 'b'])", HparamCandidates(("a", "b"))),
        ("hparam_candidates([struct([8, 4]), struct([8])])", HparamCandidates((([8, 4],), ([8],)))),
    ],
)
def test_an_option_has_the_python_value_of_its_constant(written, value):
    options = create(f"create model m options(opt={written}) as select 1 as a").options
    assert options["opt"] == value
    assert type(options["opt"]) is type(value)


def test_a_trailing_comma_after_the_options_is_tolerated():
    assert create("create model m options(a=1, b=2,) as select 1").options == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("linear_reg", "quote it, 'linear_reg'"),
        ("concat('a', 'b')", "expected a constant"),
        ("(select 1)", "expected a constant"),
        ("date '2026-31-01'", "write YYYY-MM-DD"),
        ("struct(1 as a, 2)", "name all"),
        ("hparam_range(1)", "two numbers"),
        ("hparam_candidates(1)", "one array"),
        ("1, opt=2", "given twice"),
    ],
)
def test_an_option_that_is_no_constant_is_refused_by_name(written, words):
    with pytest.raises(OptionError, match=re.escape(words)) as error:
        parse_script(f"create model m options(opt={written}) as select 1 as a")
    assert str(error.value).startswith("Line 1: Option opt")


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("m", ["m"]),
        ("shop.m", ["shop", "m"]),
        ("`shop.m`", ["shop", "m"]),
        ("`project-1.shop.m`", ["project-1", "shop", "m"]),
        ("project-1.shop.m", ["project-1", "shop", "m"]),
        ("shop.`my; 'm\" x`", ["shop", "my; 'm\" x"]),
    ],
)
def test_a_models_name_has_its_parts(written, parts):
    name = create(f"create model {written} options(a=1) as select 1 as a").name
    assert [part.name for part in name.parts] == parts


def test_a_quoted_name_in_duckdb_keeps_its_dots():
    name = create('create model shop."a.b" options(a=1) as select 1 as a', "duckdb").name
    assert [part.name for part in name.parts] == ["shop", "a.b"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select 1 as a", "SELECT 1 AS a"),
        ("(select 1 as a)", "SELECT 1 AS a"),
        ("(select 1 as a) limit 5", "(SELECT 1 AS a) LIMIT 5"),
        ("with b as (select 1 as a) select * from b", "WITH b AS (SELECT 1 AS a) SELECT * FROM b"),
        ("(select 1) union all (select 2)", "(SELECT 1) UNION ALL (SELECT 2)"),
        ("select 1 union all select 2", "SELECT 1 UNION ALL SELECT 2"),
    ],
)
def test_a_training_query_may_have_any_form(query, expected):
    statement = create(f"create model m options(a=1) as {query}")
    assert statement.queries["training_data"].sql() == expected


@DIALECTS
def test_named_queries_are_told_apart(dialect):
    queries = create(
        "create model m as (training_data as (select 1), custom_holiday as (select 2))", dialect
    ).queries
    assert {name: query.sql() for name, query in queries.items()} == {
        "training_data": "SELECT 1",
        "custom_holiday": "SELECT 2",
    }


def test_the_select_list_of_transform_is_kept():
    statement = create(
        "create model m transform(* except(a), ml.standard_scaler(b) over () as z, label) "
        "options(model_type='linear_reg') as select * from t"
    )
    assert [column.alias_or_name for column in statement.transform] == ["*", "z", "label"]


@DIALECTS
def test_an_imported_model_has_no_query_but_may_name_its_columns(dialect):
    statement = create(
        "create model m input(a int64, b array<float64>) output(p string) "
        "options(model_type='onnx', model_path='m.onnx')",
        dialect,
    )
    assert statement.queries == {}
    assert [name for name, _ in (*statement.inputs, *statement.outputs)] == ["a", "b", "p"]
    assert statement.options["model_path"] == "m.onnx"


@DIALECTS
def test_alter_and_export_model_are_read(dialect):
    alter, careful, export = parse_script(
        "alter model shop.m set options(description='d', labels=[('a', 'b')]);"
        "alter model if exists m set options(description=null);"
        "export model shop.m options(uri='out', trial_id=2)",
        dialect,
    )
    assert isinstance(alter, AlterModel)
    assert (alter.name.sql(), alter.if_exists) == ("shop.m", False)
    assert alter.options == {"description": "d", "labels": [("a", "b")]}
    assert (careful.if_exists, careful.options) == (True, {"description": None})
    assert isinstance(export, ExportModel)
    assert export.options == {"uri": "out", "trial_id": 2}


@DIALECTS
def test_drop_model_is_read(dialect):
    plain, careful = parse_script("drop model shop.m; drop model if exists shop.m", dialect)
    assert isinstance(plain, DropModel)
    assert (plain.if_exists, careful.if_exists) == (False, True)


def test_a_script_is_cut_at_semicolons_and_its_comments_are_skipped():
    statements = parse_script(
        "#standardSQL\n-- first; not a statement\nselect ';' as a;\n\n/* second */\nselect 2;;\n"
    )
    assert [statement.line for statement in statements] == [3, 6]
    assert all(isinstance(statement, SqlStatement) for statement in statements)


def test_an_empty_script_has_no_statements():
    assert parse_script("-- nothing\n;") == []


def test_duckdbs_own_statements_are_left_as_they_are_written():
    script = "pragma version; select {'a': 1}.a , 'it''s' ;\ncopy t to 'x.csv' (header)"
    statements = parse_script(script, "duckdb")
    assert statements == [
        VerbatimStatement(1, "pragma version"),
        VerbatimStatement(1, "select {'a': 1}.a , 'it''s'"),
        VerbatimStatement(2, "copy t to 'x.csv' (header)"),
    ]


@DIALECTS
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("select 1;\nselect * from ml.predict(model m, table t) where", "Line 2, column"),
        ("select * from ml.predict(model m, table t", "Expecting )"),
        ("select 1;\n\ncreate model m options(a=1", "Line 3, column"),
        ("create model m options(a=1) as", "Expected a query after AS"),
        ("create model m options(a 1) as select 1", "Expected = after an option's name"),
        ("create model options(a=1) as select 1", "Expected"),
        ("create model m remote with connection c options(a=1)", "a remote service runs"),
        ("alter model m options(a=1)", "Expected SET OPTIONS"),
        ("export model options(uri='x')", "Expected a model's name"),
        ("select 'open", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(script, words, dialect):
    with pytest.raises(StatementError, match=re.escape(words)):
        parse_script(script, dialect)


@pytest.mark.parametrize("statement", ["show tables", "explain select 1", "call shop.p(1)"])
def test_a_statement_that_is_not_read_is_refused(statement):
    with pytest.raises(StatementError, match=r"is not available|Line 1, column"):
        parse_script(statement)


def test_an_unknown_dialect_is_refused_with_the_nearest():
    with pytest.raises(StatementError, match="Did you mean 'bigquery'"):
        parse_script("select 1", "bigqery")
