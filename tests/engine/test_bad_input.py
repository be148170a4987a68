"""What a user may do wrong: each is told in one paragraph, and nothing in the warehouse changes."""

import pytest
from repair_shop import shop, trained  # noqa: F401 - fixtures

from goldloop.errors import (
    GoldloopError,
    ModelKindError,
    ModelNotFoundError,
    OptionError,
    StatementError,
    TrainingDataError,
)

ROWS = "(select age, brand, cost from shop.repairs)"
PREDICT = "select * from ml.predict(model shop.{}, (select {} from shop.repairs))"


def train(options="model_type='linear_reg', input_label_cols=['cost']", query=None, clause=""):
    query = query or "select age, brand, cost from shop.repairs"
    return f"create or replace model shop.cost {clause} options({options}) as {query}"


LABEL = "input_label_cols=['cost']"
ACCEPTED = "model_type='logistic_reg', input_label_cols=['accepted']"

CASES = {
    "an unknown model type": (
        train(f"model_type='boosted_tree_regresor', {LABEL}"),
        OptionError,
        ["shop.cost", "'boosted_tree_regresor'", "Did you mean 'boosted_tree_regressor'"],
    ),
    "no model type": (train(LABEL), OptionError, ["shop.cost", "model_type is missing"]),
    "a remote model type": (
        train("model_type='remote'"),
        OptionError,
        ["shop.cost", "'remote'", "remote service"],
    ),
    "an unknown option": (
        train(f"model_type='linear_reg', {LABEL}, l2_rge=1"),
        OptionError,
        ["shop.cost", "l2_rge", "Did you mean 'l2_reg'"],
    ),
    "an option of another type": (
        train(f"model_type='linear_reg', {LABEL}, num_clusters=3"),
        OptionError,
        ["shop.cost", "linear_reg has no option 'num_clusters'"],
    ),
    "an option's value of the wrong type": (
        train(f"model_type='linear_reg', {LABEL}, l2_reg='much'"),
        OptionError,
        ["shop.cost", "l2_reg", "'much'", "expected a number"],
    ),
    "an option's value out of range": (
        train(f"model_type='linear_reg', {LABEL}, l2_reg=-1"),
        OptionError,
        ["shop.cost", "l2_reg", "-1", "[0, inf)"],
    ),
    "an option's word that is none of the choices": (
        train(f"model_type='linear_reg', {LABEL}, data_split_method='radnom'"),
        OptionError,
        ["shop.cost", "data_split_method", "'radnom'", "Did you mean 'random'"],
    ),
    "an option given twice": (
        train(f"model_type='linear_reg', {LABEL}, L2_REG=1, l2_reg=2"),
        OptionError,
        ["l2_reg", "twice"],
    ),
    "a missing label": (
        train("model_type='linear_reg', input_label_cols=['costs']"),
        TrainingDataError,
        ["shop.cost", "'costs'", "age, brand, cost", "Did you mean 'cost'"],
    ),
    "a constant label": (
        train(query="select age, brand, 7.5 as cost from shop.repairs"),
        TrainingDataError,
        ["shop.cost", "'cost'", "7.5 in all 200"],
    ),
    "one class only": (
        train(ACCEPTED, "select age, brand, accepted from shop.repairs where accepted"),
        TrainingDataError,
        ["shop.cost", "'accepted'", "only the class True"],
    ),
    "a label that is NULL everywhere": (
        train(query="select age, brand, cast(null as float64) as cost from shop.repairs"),
        TrainingDataError,
        ["shop.cost", "label is NULL"],
    ),
    "a label that is text": (
        train("model_type='linear_reg', input_label_cols=['brand']"),
        TrainingDataError,
        ["shop.cost", "'brand'", "VARCHAR", "expects a number"],
    ),
    "a number that is NULL everywhere": (
        train(query="select age, cast(null as float64) as power, cost from shop.repairs"),
        TrainingDataError,
        ["shop.cost", "'power'", "NULL in all 200"],
    ),
    "a category that is NULL everywhere": (
        train(query="select age, cast(null as string) as colour, cost from shop.repairs"),
        TrainingDataError,
        ["shop.cost", "'colour'", "NULL in all 200"],
    ),
    "no rows": (
        train(query="select age, brand, cost from shop.repairs where age > 1000"),
        TrainingDataError,
        ["shop.cost", "no rows"],
    ),
    "no feature": (
        train(query="select cost from shop.repairs"),
        TrainingDataError,
        ["shop.cost", "no feature"],
    ),
    "a feature that is NaN": (
        train(
            query="select if(age > 50, cast('nan' as float64), age) as age, cost from shop.repairs"
        ),
        TrainingDataError,
        ["shop.cost", "'age'", "NaN or infinity"],
    ),
    "a feature that is infinite": (
        train(
            query="select if(age > 50, cast('inf' as float64), age) as age, cost from shop.repairs"
        ),
        TrainingDataError,
        ["shop.cost", "'age'", "NaN or infinity"],
    ),
    "a label that is NaN": (
        train(
            query="select age, if(age > 50, cast('nan' as float64), cost) as cost from shop.repairs"
        ),
        TrainingDataError,
        ["shop.cost", "'cost'", "NaN or infinity"],
    ),
    "two columns of one name": (
        train(query="select age, cost, age from shop.repairs"),
        TrainingDataError,
        ["shop.cost", "'age'", "repeated"],
    ),
    "two columns whose names differ by case": (
        train(query="select age, cost, brand as AGE from shop.repairs"),
        TrainingDataError,
        ["shop.cost", "'AGE'", "repeated"],
    ),
    "a query that fails": (
        train(query="select age, cost from shop.repars"),
        StatementError,
        ["repars", "Did you mean"],
    ),
    "a query of no query": (
        train(query="drop table shop.repairs"),
        StatementError,
        ["Expected a query after AS"],
    ),
    "a missing feature at prediction": (
        PREDICT.format("cost", "age"),
        StatementError,
        ["shop.cost", "feature 'brand' is missing", "columns age"],
    ),
    "a model that does not exist": (
        PREDICT.format("csot", "age, brand"),
        ModelNotFoundError,
        ["shop.csot", "Did you mean 'shop.cost'"],
    ),
    "a model of a kind that a parameter does not serve": (
        f"select * from ml.predict(model shop.cost, {ROWS}, struct(0.4 as threshold))",
        ModelKindError,
        ["ML.PREDICT", "threshold", "shop.cost", "linear_reg"],
    ),
    "a function that does not exist": (
        f"select * from ml.predcit(model shop.cost, {ROWS})",
        StatementError,
        ["ML.PREDCIT", "Did you mean 'ML.PREDICT'"],
    ),
    "a parameter that does not exist": (
        f"select * from ml.predict(model shop.accepted, {ROWS}, struct(0.4 as treshold))",
        OptionError,
        ["treshold", "Did you mean 'threshold'"],
    ),
    "a model to drop that does not exist": (
        "drop model shop.csot",
        ModelNotFoundError,
        ["shop.csot", "Did you mean 'shop.cost'"],
    ),
    "a table's name for a model": (
        "create or replace model shop.repairs options(model_type='linear_reg', "
        f"{LABEL}) as select age, cost from shop.repairs",
        GoldloopError,
        ["shop.repairs", "taken by a table"],
    ),
    "a schema that does not exist": (
        train().replace("shop.cost", "shp.cost"),
        StatementError,
        ["'shp'", "Did you mean 'shop'"],
    ),
}


@pytest.fixture
def unchanged(shop):  # noqa: F811
    """A session of which the warehouse is asserted to be as it was before."""
    before = state(shop.connection)
    yield shop
    assert state(shop.connection) == before


def state(con):
    """All relations, functions and rows of the warehouse, and what the models say of some rows."""
    relations = con.execute(
        "select table_schema, table_name, table_type from information_schema.tables order by all"
    ).fetchall()
    functions = con.execute(
        "select schema_name, function_name, macro_definition from duckdb_functions() "
        "where function_type in ('macro', 'table_macro') and not internal order by all"
    ).fetchall()
    contents = {
        (schema, name): con.execute(
            f'select count(*), bit_xor(hash(r)) from "{schema}"."{name}" as r'
        ).fetchall()
        for schema, name, _ in relations
    }
    said = con.execute(
        "select shop.cost(r).predicted_cost, shop.accepted(r).predicted_accepted "
        "from shop.repairs as r order by all"
    ).fetchall()
    return relations, functions, contents, said


@pytest.mark.parametrize(("statement", "error", "words"), CASES.values(), ids=CASES)
def test_bad_input_is_told_and_changes_nothing(unchanged, statement, error, words):
    with pytest.raises(error) as raised:
        unchanged.sql(statement)
    message = str(raised.value)
    assert all(word in message for word in words), message
    assert "\n" not in message
    assert "Traceback" not in message


@pytest.mark.parametrize(
    ("age", "brand", "words"),
    [
        ("'old'", "'Aurora'", ["'age'", "VARCHAR (text)", "DOUBLE (a number)"]),
        ("'12'", "'Aurora'", ["'age'", "VARCHAR (text)", "DOUBLE (a number)"]),
        ("date '2026-01-01'", "'Aurora'", ["'age'", "DATE", "DOUBLE"]),
        ("[1.0, 2.0]", "'Aurora'", ["'age'", "an array", "DOUBLE"]),
        ("struct(1 as a)", "'Aurora'", ["'age'", "a struct", "DOUBLE"]),
        ("1", "5", ["'brand'", "(a number)", "VARCHAR (text)"]),
        ("1", "true", ["'brand'", "BOOLEAN", "VARCHAR (text)"]),
    ],
)
def test_a_feature_of_another_type_at_prediction_is_told(unchanged, age, brand, words):
    rows = f"select {age} as age, {brand} as brand"
    with pytest.raises(StatementError) as raised:
        unchanged.sql(f"select * from ml.predict(model shop.cost, ({rows}))")
    assert all(word in str(raised.value) for word in ["shop.cost", "ML.PREDICT", *words])
    given = unchanged.sql(rows)
    with pytest.raises(StatementError) as raised:
        unchanged.model("shop.cost").predict(given)
    assert all(word in str(raised.value) for word in ["shop.cost", "ML.PREDICT", *words])


HOSTILE = ["a b", "Mixed Case", "semi;colon", "quo'te", 'dou"ble', "--comment", "select", "é ü 名"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_with_anything_in_them_are_names(shop, name):  # noqa: F811
    con = shop.connection
    quoted = '"' + name.replace('"', '""') + '"'
    table = f'shop.{quoted[:-1]} table"'
    con.execute(
        f'create table {table} as select age as {quoted}, brand as {quoted[:-1]} brand", '
        f'cost as {quoted[:-1]} cost" from shop.repairs'
    )
    label = f"{name} cost".replace("'", "''")
    model = f'shop.{quoted[:-1]} model"'
    shop.sql(
        f"create model {model} options(model_type='linear_reg', input_label_cols=['{label}']) "
        f"as select * from {table}",
        dialect="duckdb",
    )
    rows = shop.sql(f"select * from ml.predict(model {model}, table {table})", dialect="duckdb")
    predicted, *given = rows.columns
    assert predicted == f"predicted_{name} cost"
    assert given == [name, f"{name} brand", f"{name} cost"]
    assert all(row[0] == pytest.approx(row[3], abs=1e-9) for row in rows.fetchall())
    metrics = shop.sql(f"select r2_score from ml.evaluate(model {model}, table {table})", "duckdb")
    assert metrics.fetchall()[0][0] == pytest.approx(1.0)
    shop.sql(f"drop model {model}", dialect="duckdb")


@pytest.mark.parametrize("text", HOSTILE)
def test_categories_and_classes_with_anything_in_them_are_values(shop, text):  # noqa: F811
    con = shop.connection
    con.execute("create table shop.words as select * from shop.repairs")
    con.execute("update shop.words set brand = ? where brand = 'Aurora'", [text])
    shop.sql(
        "create model shop.word options(model_type='logistic_reg', input_label_cols=['brand'], "
        "l2_reg=0.001) as select cost - 2 * age as gap, brand from shop.words"
    )
    said = shop.sql(
        "select distinct predicted_brand from ml.predict(model shop.word, "
        "(select cost - 2 * age as gap from shop.words))"
    ).fetchall()
    assert (text,) in said


def test_an_interrupted_training_changes_nothing(unchanged, monkeypatch):
    from goldloop.registry import builder

    def interrupted(*_arguments, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr(builder, "install", interrupted)
    with pytest.raises(KeyboardInterrupt):
        unchanged.sql(train(query="select age, brand, cost * 2 as cost from shop.repairs"))
