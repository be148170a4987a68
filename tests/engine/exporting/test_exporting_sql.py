"""Exported functions: the same numbers in steps that every SQL has, and DDL that each can read."""

import json

import pytest
import sqlglot
from exported_models import MODELS, flat
from sqlglot import exp

from goldloop.errors import GoldloopError, ModelKindError, NotExpressibleError, OptionError
from goldloop.exporting.forms import FORMS
from goldloop.exporting.lowering import lowered
from goldloop.exporting.macro import parsed_macro

DIALECTS = tuple(FORMS)


def program(session, name):
    row, body = parsed_macro(session.model(f"ml.{name}").export().decode())
    return lowered(body, row, session.model(f"ml.{name}").card().features)


@pytest.mark.parametrize("name", MODELS)
def test_the_steps_compute_what_the_function_does(session, name):
    query = program(session, name).query(exp.to_table("fresh")).sql("duckdb")
    cursor = session.connection.execute(f"select * from ({query})")
    columns = [column[0] for column in cursor.description]
    found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    said = session.connection.execute(f"select ml.{name}(f) from fresh as f").fetchall()
    for ours, (theirs,) in zip(found, said, strict=True):
        expected = flat(theirs)
        assert set(ours) == set(expected)
        for column, value in expected.items():
            if isinstance(value, float):
                assert ours[column] == pytest.approx(value, rel=1e-12)
            else:
                assert ours[column] == value


@pytest.mark.parametrize("dialect", [d for d in DIALECTS if d != "databricks"])
@pytest.mark.parametrize("name", [*MODELS][::2])
def test_every_dialect_reads_its_statement(session, name, dialect):
    text = session.model(f"ml.{name}").export(dialect=dialect).decode()
    assert text.startswith("-- select t.*, ")
    for statement in sqlglot.parse(text, dialect=dialect):
        if statement is None:
            continue
        assert isinstance(statement, exp.Create), type(statement)
        assert statement.kind.upper() == "FUNCTION"
    if "$$" in text:
        for body in text.split("$$")[1::2]:
            assert isinstance(sqlglot.parse_one(body, dialect=dialect), exp.Select)
    assert "list_" not in text.lower()
    assert "lambda" not in text.lower()


@pytest.mark.parametrize("dialect", [d for d in DIALECTS if d != "redshift"])
@pytest.mark.parametrize("name", ["tier", "trees", "groups"])
def test_a_dialects_query_means_the_same_when_read_back(session, name, dialect):
    steps = program(session, name)
    told = steps.query(exp.to_table("fresh")).sql(dialect)
    back = sqlglot.transpile(told, read=dialect, write="duckdb")[0]
    ours = session.connection.execute(back).fetchall()
    query = steps.query(exp.to_table("fresh")).sql("duckdb")
    theirs = session.connection.execute(query).fetchall()
    for one, other in zip(ours, theirs, strict=True):
        for found, expected in zip(one, other, strict=True):
            is_number = isinstance(expected, float)
            assert found == (pytest.approx(expected, rel=1e-12) if is_number else expected)


def test_redshifts_functions_call_each_other_by_position(session):
    text = session.model("ml.odds").export(dialect="redshift").decode()
    assert text.count("create or replace function") == 5
    assert '"ml"."odds_z1"($1, $2, $3)' in text
    assert '"ml"."odds_predicted_z"(DOUBLE PRECISION, BOOLEAN, VARCHAR' in text


def test_duckdbs_export_makes_the_same_function_anywhere(session):
    import duckdb

    ddl = session.model("ml.trees").export().decode()
    with duckdb.connect() as other:
        other.execute("create schema ml")
        other.execute(ddl)
        (row,) = other.execute(
            "select ml.trees(r) from (select 4.0 as age, true as flag, 'nova' as brand) as r"
        ).fetchall()
    (ours,) = session.connection.execute(
        "select ml.trees(r) from (select 4.0 as age, true as flag, 'nova' as brand) as r"
    ).fetchall()
    assert row == ours


def test_json_has_the_card_the_details_and_the_function(session):
    known = json.loads(session.model("ml.line").export("json"))
    assert known["model"] == "ml.line"
    assert known["features"][0] == {"name": "age", "sql_type": "DOUBLE"}
    assert {row["key"] for row in known["details"]["evaluation"]} == set(known["metrics"])
    assert known["details"]["weights"]
    assert known["function"].startswith("create or replace macro")


def test_export_model_writes_the_file_its_uri_ends_as(session, tmp_path):
    session.sql(f"export model ml.line options (uri = '{tmp_path / 'm.sql'}')")
    assert (tmp_path / "m.sql").read_bytes() == session.model("ml.line").export()
    session.sql(
        f"export model ml.line options (uri = '{tmp_path / 'm.sql'}', dialect = 'snowflake')"
    )
    assert (tmp_path / "m.sql").read_bytes() == session.model("ml.line").export(dialect="snowflake")
    session.sql(f"export model ml.line options (uri = 'file://{tmp_path / 'm.json'}')")
    assert json.loads((tmp_path / "m.json").read_text())["model"] == "ml.line"


def test_a_trial_is_exported_under_the_models_name(session, tmp_path):
    session.sql(
        "create or replace model ml.tuned options (model_type = 'linear_reg', "
        "input_label_cols = ['y'], num_trials = 2) as select age, y from t where y is not null"
    )
    texts = {i: session.model("ml.tuned").export(trial_id=i).decode() for i in (1, 2)}
    assert texts[1] != texts[2]
    for number, ddl in texts.items():
        assert 'macro "ml"."tuned"(_row)' in ddl
        copied = ddl.replace('"tuned"', '"copied"', 1)
        session.connection.execute(copied)
        ours = session.connection.execute("select ml.copied(f) from fresh as f").fetchall()
        query = f"select predicted_y from ml.predict(model ml.tuned, table fresh, struct({number}"
        theirs = session.sql(f"{query} as trial_id))").fetchall()
        assert [each[0]["predicted_y"] for each in ours] == [row[0] for row in theirs]
    session.sql(f"export model ml.tuned options (uri = '{tmp_path / 'm.sql'}', trial_id = 2)")
    assert (tmp_path / "m.sql").read_text() == texts[2]
    with pytest.raises(OptionError, match=r"trial_id is 3; .* has the trials 1 to 2"):
        session.model("ml.tuned").export(trial_id=3)
    session.sql("drop model ml.tuned")


REFUSED = {
    "options ()": "option URI is missing",
    "options (uri = 'gs://bucket/m.sql')": "nothing is written to gs://",
    "options (uri = 'm.bst')": "expected a file ending in one of .sql, .json, .onnx",
    "options (uri = '/nowhere/m.sql')": "cannot be written: No such file or directory",
    "options (uri = 'm.sql', dialect = 'sqlite')": "option dialect is 'sqlite'; expected one of",
    "options (urI = 'm.json', dialect = 'bigquery')": "is of SQL, and the format is json",
    "options (url = 'm.sql')": "has no option 'url'; expected one of uri, trial_id, dialect. Did",
    "options (uri = 'm.sql', trial_id = 1)": "was trained without num_trials",
}


@pytest.mark.parametrize(("options", "said"), REFUSED.items(), ids=REFUSED)
def test_an_export_that_cannot_be_is_refused(session, options, said):
    with pytest.raises((OptionError, ModelKindError, GoldloopError)) as raised:
        session.sql(f"export model ml.line {options}")
    assert said in str(raised.value)


def test_what_other_dialects_do_not_share_is_refused_by_name(session):
    session.sql(
        "create or replace model ml.times options (model_type = 'linear_reg', "
        "input_label_cols = ['y']) as select timestamp '2024-01-01' + to_hours(age::int) as at, y "
        "from t where y is not null"
    )
    with pytest.raises(NotExpressibleError, match=r"cannot be exported to bigquery: it uses \w+"):
        session.model("ml.times").export(dialect="bigquery")
    assert session.model("ml.times").export()
    session.sql("drop model ml.times")
    session.sql(
        "create or replace model ml.native options (model_type = 'sklearn', "
        "model_class = 'sklearn.svm.SVR', input_label_cols = ['y']) as select age, y from t"
    )
    with pytest.raises(NotExpressibleError, match="is scored by a stored estimator"):
        session.model("ml.native").export()
    session.sql("drop model ml.native")


def test_names_of_any_kind_are_quoted_and_break_out_of_nothing(session):
    session.sql(
        """create or replace model ml.`odd "m";` options (model_type = 'linear_reg',
        input_label_cols = ['y']) as select age as `a ge"; drop`, y from t where y is not null"""
    )
    model = session.model('ml."odd ""m"";"')
    for dialect in DIALECTS:
        text = model.export(dialect=dialect).decode()
        created = [each for each in sqlglot.parse(text, dialect=dialect) if each is not None]
        assert {type(each) for each in created} == {exp.Create}
    session.sql('drop model ml.`odd "m";`')


def test_the_command_line_exports(tmp_path, capsysbinary):
    import goldloop
    from goldloop.cli import main

    database = str(tmp_path / "warehouse.duckdb")
    with goldloop.connect(database) as session:
        session.sql(
            "create schema ml; create model ml.m options (model_type = 'linear_reg', "
            "input_label_cols = ['y']) as select x, 2 * x as y from unnest([1, 2, 3]) as x"
        )
    assert main(["export", "ml.m", "-d", database, "--dialect", "snowflake"]) == 0
    assert b'create or replace function "ml"."m"("x" BIGINT)' in capsysbinary.readouterr().out
    target = tmp_path / "m.json"
    assert main(["export", "ml.m", "-d", database, "--format", "json", "-o", str(target)]) == 0
    assert json.loads(target.read_text())["model"] == "ml.m"
    assert main(["export", "ml.m", "-d", database, "--dialect", "sqlite"]) == 1
    assert b"error: There is no dialect 'sqlite'" in capsysbinary.readouterr().err
