"""What a TRANSFORM clause may not be; after any of it the previous model serves."""

import re

import pytest
from shop_rows import FRESH, ROWS

from goldloop.errors import GoldloopError, ModelKindError, OptionError

CASES = [
    ("", "TRANSFORM is empty"),
    ("age, price", "the column 'y', which input_label_cols names, is lost in TRANSFORM; add y"),
    ("* exclude (y)", "'y', which input_label_cols names, is lost"),
    ("age, y + 1 as y", "the column 'y', which input_label_cols names, is changed in TRANSFORM"),
    ("age, price as y", "is changed in TRANSFORM"),
    ("age + 1, y", "'age + 1' has no name; write it AS name"),
    ("ml.standard_scaler(age) over (), y", "has no name"),
    ("aeg, y", "'aeg' reads the column 'aeg', which the query does not return; it returns age"),
    ("aeg, y", "Did you mean 'age'?"),
    ("* exclude (aeg)", "* EXCEPT names the column 'aeg', which the query does not return. Did"),
    ("* replace (1 as aeg)", "* REPLACE names the column 'aeg'"),
    ("b + 1 as a, a + 1 as b, y", "'a' reads 'b', which TRANSFORM itself makes"),
    ("age, AGE, y", "the column 'AGE' is made twice"),
    ("*, price as age", "the column 'age' is made twice"),
    ("spot.*, y", "is not a column; write *, or the fields by name"),
    ("sum(age) as age, y", "'age' is made of SUM(age), which is an aggregate"),
    ("mode(age) as age, y", "which is an aggregate"),
    ("histogram(age) as age, y", "'age' calls histogram(), which is an aggregate"),
    ("avg(age) over () as age, y", "which is an analytic function; only those of ML"),
    ("(select max(id) from shop) as n, y", "which is a subquery"),
    ("age in (select id from shop) as n, y", "which is a subquery"),
    ("mine(age) as age, y", "calls mine(), which is a function that a user created"),
    (
        "ml.standard_scalr(age) over () as age, y",
        "no function ML.STANDARD_SCALR. Did you mean 'ML.STANDARD_SCALER'",
    ),
    ("ml.standard_scaler(age) as age, y", "TRANSFORM: ML.STANDARD_SCALER is an analytic function"),
    (
        "ml.bucketize(age, [2, 1]) as age, y",
        "Model main.serves, TRANSFORM: ML.BUCKETIZE: array_split",
    ),
    ("ml.standard_scaler(colour) over () as c, y", "TRANSFORM: Conversion Error"),
    ("ml.decode_image(colour) as c, y", "ML.DECODE_IMAGE"),
    ("y", "no feature is left beside y"),
]


CREATE = (
    "create or replace model serves transform({}) "
    "options(model_type = 'linear_reg', input_label_cols = ['y']) "
    "as select * exclude (id, sold) from shop"
)


@pytest.fixture(scope="module")
def serves(database):
    """Return a function: a statement's rows, in a session where the model `serves` does."""
    database.connection.execute(f"create or replace table shop as {ROWS}")
    database.connection.execute(f"create or replace table fresh as {FRESH}")
    database.sql("create or replace macro mine(x) as x + 1", "duckdb")
    database.sql(CREATE.format("age, y"), "duckdb")
    return lambda text: database.sql(text, "duckdb").fetchall()


@pytest.mark.parametrize(("clause", "words"), CASES)
def test_a_bad_clause_is_refused_and_the_model_before_it_serves(serves, clause, words):
    before = serves("select * from ml.predict(model serves, table fresh)")
    with pytest.raises(GoldloopError, match=re.escape(words)):
        serves(CREATE.format(clause))
    assert serves("select * from ml.predict(model serves, table fresh)") == before
    assert serves("select count(*) from duckdb_tables() where temporary") == [(0,)]


def test_a_missing_raw_feature_is_named(sql, train):
    train("ml.standard_scaler(age) over () as z, y")
    with pytest.raises(GoldloopError, match="feature 'age' is missing"):
        sql("select * from ml.predict(model m, (select 1 as z))")


def test_a_raw_feature_of_another_type_is_refused(sql, train):
    train("ml.standard_scaler(age) over () as z, y")
    with pytest.raises(GoldloopError, match="feature 'age' is VARCHAR"):
        sql("select * from ml.predict(model m, (select 'old' as age))")


def test_transform_only_is_nothing_without_its_clause(train):
    with pytest.raises(OptionError, match="is nothing but its TRANSFORM clause, which is missing"):
        train(None, model_type="transform_only")


def test_a_type_that_does_not_score_by_row_takes_no_transform(sql):
    with pytest.raises(OptionError, match="arima_plus takes no TRANSFORM"):
        sql(
            "create model m transform(*) options(model_type = 'arima_plus', "
            "time_series_timestamp_col = 'd', time_series_data_col = 'y') as "
            "select date '2026-01-01' + id::int as d, y from shop"
        )


def test_a_model_without_a_transformation_has_none_to_apply(sql, train):
    train(None, "select age, y from shop")
    with pytest.raises(ModelKindError, match=r"main\.m has no TRANSFORM clause"):
        sql("select * from ml.transform(model m, table fresh)")
