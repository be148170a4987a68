"""SQL with ML functions as DuckDB's: what dbt asks for, as Python and as a function."""

import json

import pytest
from repair_shop import shop, trained  # noqa: F401 - fixtures

from goldloop.errors import ModelNotFoundError, StatementError
from goldloop.translation import register_translate, translate


def test_a_query_becomes_duckdbs_and_gives_the_same_rows(shop):  # noqa: F811
    query = "select predicted_cost from ml.predict(model shop.cost, table shop.repairs)"
    translated = translate(shop.connection, query)
    assert "ml.predict" not in translated.lower()
    again = shop.connection.sql(translated).fetchall()
    assert sorted(again) == sorted(shop.sql(query).fetchall())


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select 1; select 2", "2 statements"),
        ("drop model shop.cost", "a statement of its own"),
        ("select * from ml.predcit(model shop.cost)", "Did you mean 'ML.PREDICT'"),
    ],
)
def test_what_is_no_query_is_refused(shop, sql, words):  # noqa: F811
    with pytest.raises(StatementError, match=words):
        translate(shop.connection, sql)


def test_the_function_answers_with_sql_or_with_what_is_wrong(shop):  # noqa: F811
    register_translate(shop.connection)
    register_translate(shop.connection)

    def said(sql):
        (row,) = shop.connection.execute(
            "select goldloop_translate(?, 'bigquery')", [sql]
        ).fetchall()
        return json.loads(row[0])

    assert said("select 7 / 2 as x") == {"sql": translate(shop.connection, "select 7 / 2 as x")}
    assert "No model shop.costs" in said("select * from ml.evaluate(model shop.costs)")["error"]
    with pytest.raises(ModelNotFoundError):
        translate(shop.connection, "select * from ml.evaluate(model shop.costs)")
