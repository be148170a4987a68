"""What the table of statements says: each example works, or is refused for the reason given."""

import re

import duckdb
import pytest
import xgboost

import goldloop
from goldloop.dialect.coverage import STATEMENTS
from goldloop.errors import GoldloopError


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """Return a file with the schema `shop`, the table `t` and the model `m`."""
    path = tmp_path_factory.mktemp("coverage") / "shop_data.duckdb"
    with goldloop.connect(path, projects=["my-project"]) as session:
        session.sql(
            "create schema shop;"
            "create table shop.t as select x as id, 1.0 * x as x, 2.0 * x as y, "
            "date_add(date '2024-01-01', interval x day) as day from unnest(generate_array(1, 40)) "
            "as x; create model shop.m options(model_type='linear_reg', input_label_cols=['y']) as "
            "select x, y from shop.t"
        )
    return path


@pytest.fixture
def session(warehouse, tmp_path):
    """Return a session on a copy of the file."""
    copy = tmp_path / warehouse.name
    copy.write_bytes(warehouse.read_bytes())
    with duckdb.connect(copy) as connection:
        connection.execute("set TimeZone = 'UTC'")
        yield goldloop.connect(connection)


@pytest.mark.parametrize("form", STATEMENTS, ids=[form.form for form in STATEMENTS])
def test_a_form_does_what_the_table_says(session, tmp_path, form):
    example = form.example.replace("{directory}", str(tmp_path))
    if "booster.json" in example:
        rows = xgboost.DMatrix([[1.0], [2.0]], label=[1.0, 2.0], feature_names=["x"])
        xgboost.train({"nthread": 1}, rows, 2).save_model(tmp_path / "booster.json")
    if form.works:
        session.sql(example)
        return
    with pytest.raises(GoldloopError, match=re.escape(form.reason)):
        session.sql(example)


def test_forms_are_named_once():
    names = [form.form for form in STATEMENTS]
    assert len(set(names)) == len(names)
