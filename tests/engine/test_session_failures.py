"""What a session refuses, how it says so, and what a failure leaves behind."""

import pytest
from repair_shop import TRAIN_COST, served

from goldloop.errors import (
    GoldloopError,
    ModelNotFoundError,
    OptionError,
    StatementError,
    TrainingDataError,
)


def test_a_plain_create_refuses_a_model_that_exists_and_keeps_it(shop):
    with pytest.raises(StatementError, match="CREATE OR REPLACE MODEL to train it again"):
        shop.sql(TRAIN_COST.replace("create or replace", "create"))
    assert served(shop)[1] == 1


def test_create_if_not_exists_keeps_the_model(shop):
    statement = TRAIN_COST.replace("create or replace model", "create model if not exists")
    result = shop.sql(statement).fetchall()[0]
    assert result[:3] == ("shop.cost", 1, "exists")
    assert shop.sql(statement.replace("shop.cost", "shop.other")).fetchall()[0][2] == "trained"


def test_a_name_of_a_table_is_refused(shop):
    with pytest.raises(GoldloopError, match="the name is taken by a"):
        shop.sql(TRAIN_COST.replace("shop.cost", "shop.repairs"))


def test_drop_model_takes_card_and_function(shop):
    assert shop.sql("drop model shop.cost") is None
    assert [str(card.name) for card in shop.models()] == ["shop.accepted"]
    with pytest.raises(ModelNotFoundError, match=r"No model shop\.cost"):
        shop.sql("drop model shop.cost")
    assert shop.sql("drop model if exists shop.cost") is None
    shop.sql(TRAIN_COST)
    assert served(shop)[1] == 1


@pytest.mark.parametrize(
    ("statement", "error", "words"),
    [
        (TRAIN_COST.replace("linear_reg", "linear_rge"), OptionError, "Did you mean 'linear_reg'"),
        (TRAIN_COST.replace("['cost']", "['costs']"), GoldloopError, "costs"),
        (TRAIN_COST + "where age > 1000", TrainingDataError, "rows"),
        (TRAIN_COST.replace("age, brand", "nope"), StatementError, "nope"),
        (TRAIN_COST.replace("shop.repairs", "shop.repars"), StatementError, "repars"),
        (
            "create model shop.forecast options(model_type='kmeans') as "
            "(training_data as (select 1 as a), custom_holiday as (select 1 as a))",
            OptionError,
            "kmeans has no query 'custom_holiday'",
        ),
        (TRAIN_COST.replace("shop.cost", "shp.cost"), StatementError, "Did you mean 'shop'"),
        (TRAIN_COST.replace("shop.cost", "`other.shop.cost`"), StatementError, "current database"),
        (TRAIN_COST.replace("])", "], l2_reg=hparam_range(0, 1))"), OptionError, "HPARAM_RANGE"),
    ],
)
def test_after_a_training_that_fails_the_model_before_serves(shop, statement, error, words):
    before = served(shop)
    with pytest.raises(error, match=words) as raised:
        shop.sql("select 1;\n" + statement.strip())
    assert str(raised.value).startswith("Line 2:")
    assert served(shop) == before


def test_a_training_that_fails_late_is_rolled_back(shop, monkeypatch):
    from goldloop.registry import builder

    def interrupted(*_arguments, **_named):
        raise KeyboardInterrupt

    before = served(shop)
    monkeypatch.setattr(builder, "judge", interrupted)
    with pytest.raises(KeyboardInterrupt):
        shop.sql(TRAIN_COST.replace("age, brand, cost from", "age, brand, cost * 2 as cost from"))
    assert served(shop) == before


def test_a_model_trained_in_a_scripts_transaction_goes_with_its_rollback(shop):
    before = served(shop)
    shop.sql(f"begin transaction; {TRAIN_COST}; rollback")
    assert served(shop) == before
    shop.sql(f"begin transaction; {TRAIN_COST}; commit")
    assert served(shop)[1] == 2


def test_a_failure_within_a_scripts_transaction_rolls_it_back_whole(shop):
    with pytest.raises(OptionError):
        shop.sql(
            "begin transaction; create table shop.half (a int64);"
            + TRAIN_COST.replace("linear_reg", "linear_rge")
        )
    assert shop.sql("select count(*) from shop.repairs").fetchall() == [(200,)]
    with pytest.raises(StatementError, match="half"):
        shop.sql("select * from shop.half")


@pytest.mark.parametrize(
    "source",
    [
        "ml.predict(model shop.cost, (select 1.0 as agee, 'Aurora' as brand))",
        "(select 1) as x, ml.predict(model shop.cost, (select agee, brand from given))",
    ],
)
def test_a_missing_feature_is_told_with_model_feature_and_columns(shop, source):
    with pytest.raises(StatementError) as raised:
        shop.sql(f"with given as (select 1.0 as agee, 'A' as brand) select * from {source}")
    message = str(raised.value)
    assert "Model shop.cost: the feature 'age' is missing" in message
    assert "which have the columns agee, brand" in message
    assert "features are age, brand" in message


def test_a_missing_feature_is_told_of_the_call_that_misses_it(shop):
    with pytest.raises(StatementError, match=r"Model shop\.accepted: the feature 'brand'"):
        shop.sql(
            "select * from ml.predict(model shop.cost, table shop.repairs) as a, "
            "ml.predict(model shop.accepted, (select age from shop.repairs)) as b"
        )


def test_a_missing_label_is_told(shop):
    with pytest.raises(StatementError, match="the label 'cost' is missing"):
        shop.sql(
            "select * from ml.evaluate(model shop.cost, (select age, brand from shop.repairs))"
        )


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("select * from shop.nothing", "shop.nothing|nothing does not exist"),
        ("select cast(brand as int64) from shop.repairs", "Could not convert string"),
        ("insert into shop.repairs (age) values ('x')", "Could not convert string"),
        ("select no_such_function(1)", "no_such_function"),
    ],
)
def test_duckdbs_errors_come_as_ours_with_the_line_and_without_translated_sql(
    shop, statement, words
):
    with pytest.raises(StatementError, match=words) as raised:
        shop.sql("select 1;\n\n" + statement)
    assert str(raised.value).startswith("Line 3:")
    assert "LINE" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_statements_before_a_failing_one_have_run(shop):
    with pytest.raises(StatementError, match="Line 2"):
        shop.sql("create table shop.done (a int64);\nselect * from nowhere")
    assert shop.sql("select count(*) from shop.done").fetchall() == [(0,)]


def test_an_empty_script_has_no_result(shop):
    assert shop.sql("-- nothing") is None
