"""Projects of BigQuery in the names of tables and models."""

import pytest

import goldloop
from goldloop.errors import OptionError, StatementError


@pytest.fixture
def session(tmp_path):
    with goldloop.connect(tmp_path / "shop.duckdb", projects=["my-project"]) as opened:
        opened.sql("create schema ds; create table ds.t as select 5 as a")
        opened.sql(f"attach '{tmp_path / 'other.duckdb'}' as other", "duckdb")
        opened.sql("create schema other.ds; create table other.ds.t as select 6 as a", "duckdb")
        yield opened


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ds.t", 5),
        ("`ds.t`", 5),
        ("my-project.ds.t", 5),
        ("`my-project`.ds.t", 5),
        ("`my-project.ds.t`", 5),
        ("`MY-PROJECT.ds.t`", 5),
        ("shop.ds.t", 5),
        ("`other.ds.t`", 6),
    ],
)
def test_a_name_finds_its_table(session, name, value):
    assert session.sql(f"select a from {name}").fetchall() == [(value,)]
    assert session.sql(f"select x.a from {name} as x where x.a > 0").fetchall() == [(value,)]


def test_a_project_is_named_wherever_a_table_is(session):
    session.sql(
        "create or replace table `my-project.ds.u` as select * from `my-project.ds.t`;"
        "insert into `my-project.ds.u` (a) values (7);"
        "update `my-project.ds.u` set a = 8 where a = 7;"
        "delete from `my-project.ds.u` where a = 5"
    )
    assert session.sql("select a from ds.u").fetchall() == [(8,)]


def test_a_model_may_be_named_with_its_project(session):
    session.sql(
        "create or replace model `my-project.ds.m` options(model_type='linear_reg', "
        "input_label_cols=['y']) as select x, 2.0 * x as y from unnest(generate_array(1, 9)) as x"
    )
    found = session.sql("select * from ml.predict(model `my-project.ds.m`, (select 3 as x))")
    assert found is not None
    assert round(found.fetchall()[0][0]) == 6


def test_an_unknown_project_says_what_was_tried(session):
    with pytest.raises(StatementError) as error:
        session.sql("select * from `my-projct.ds.t`")
    message = str(error.value)
    assert "attached: other, shop" in message
    assert "mapped: my-project" in message
    assert "projects=['my-projct']" in message
    assert "Did you mean 'my-project'" in message


def test_the_warehouse_remembers_its_projects(session, tmp_path):
    session.map_projects({"your-project": "other"})
    assert session.sql("select a from `your-project.ds.t`").fetchall() == [(6,)]
    session.close()
    with goldloop.connect(tmp_path / "shop.duckdb", read_only=True) as again:
        assert again.sql("select a from `my-project.ds.t`").fetchall() == [(5,)]


def test_the_information_schema_of_a_dataset_is_read(session):
    query = "select table_name from `my-project`.ds.INFORMATION_SCHEMA.TABLES"
    assert ("t",) in session.sql(query).fetchall()
    query = "select column_name from ds.INFORMATION_SCHEMA.COLUMNS where table_name = 't'"
    assert ("a",) in session.sql(query).fetchall()
    with pytest.raises(StatementError, match=r"INFORMATION_SCHEMA.JOBS is not available"):
        session.sql("select * from ds.INFORMATION_SCHEMA.JOBS")


def test_what_is_no_project_is_refused():
    with pytest.raises(OptionError, match="is no project's and database's name"):
        goldloop.connect(projects={"a": 1})
