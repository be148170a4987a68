"""What holds of every model type: one battery, run against each."""

import math

import pytest
from recipes import FROM_FILES, RECIPES, SUPPORT

import goldloop
from goldloop.errors import ModelKindError
from goldloop.options.types import MODEL_TYPES

SCORED = [
    name
    for name in MODEL_TYPES
    if name in RECIPES
    and MODEL_TYPES[name].problem not in ("time_series", "contribution_analysis", "transform_only")
]

UNUSUAL = {
    "NULLs": "null, null, null, null, null",
    "categories never seen": "1.5, 3, 'ultraviolet', true, date '2031-05-05'",
    "very large numbers": "1e30, 900000000, 'red', true, date '2026-01-01'",
    "very small numbers": "-1e-30, -900000000, 'red', false, date '2026-01-02'",
}


def test_every_model_type_has_a_recipe():
    assert set(MODEL_TYPES) == set(RECIPES) | FROM_FILES


@pytest.mark.parametrize("model_type", RECIPES)
def test_a_model_says_what_it_is(models, model_type):
    card = models.train(model_type)
    assert card.model_type == model_type
    assert card.training_rows > 0
    assert all(value is None or math.isfinite(value) for value in card.metrics.values())


@pytest.mark.parametrize("model_type", SCORED)
def test_no_rows_give_no_predictions_of_the_same_columns(models, model_type):
    models.train(model_type)
    query = f"select * from ml.predict(model main.{model_type}, ({RECIPES[model_type].given}{{}}))"
    some, none = models.sql(query.format("")), models.sql(query.format(" where false"))
    assert len(none.fetchall()) == 0
    assert len(some.fetchall()) > 0
    assert (none.columns, none.types) == (some.columns, some.types)


@pytest.mark.parametrize("case", UNUSUAL)
@pytest.mark.parametrize("model_type", SCORED)
def test_unusual_rows_are_scored_with_finite_numbers(models, model_type, case):
    if MODEL_TYPES[model_type].problem.endswith("recommendation"):
        pytest.skip("users and items, not features")
    models.train(model_type)
    values = UNUSUAL[case].split(", ")
    names = ["amount", "pieces", "colour", "is_new", "bought"]
    types = ["float64", "int64", "string", "bool", "date"]
    row = ", ".join(
        f"cast({value} as {kind}) as {name}"
        for value, kind, name in zip(values, types, names, strict=True)
    )
    said = models.sql(f"select * from ml.predict(model main.{model_type}, (select {row}))")
    (scores,) = said.fetchall()
    assert all(finite(value) for value in scores)
    assert scores[0] is not None


@pytest.mark.parametrize("model_type", SCORED)
def test_columns_are_found_by_name_in_any_order_and_case(models, model_type):
    models.train(model_type)
    given = RECIPES[model_type].given
    columns = models.sql(f"{given} limit 1").columns
    turned = ", ".join(f"{name} as {name.upper()}" for name in reversed(columns))
    predict = f"select * from ml.predict(model main.{model_type}, ({{}}))"
    straight = models.sql(predict.format(given))
    other = models.sql(predict.format(f"select {turned}, 7 as more from ({given})"))
    width = len(other.columns) - len(columns) - 1 if "more" in other.columns else None
    said = sorted(str(row[:width]) for row in straight.fetchall())
    assert said == sorted(str(row[:width]) for row in other.fetchall())


@pytest.mark.parametrize("model_type", RECIPES)
def test_the_same_rows_train_the_same_model(models, model_type):
    if model_type.startswith("automl"):
        pytest.skip("searches until its time is up")
    first = models.train(model_type)
    again = models.train(model_type, f"{model_type}_again")
    assert again.metrics == first.metrics


@pytest.mark.parametrize("model_type", RECIPES)
def test_a_dropped_model_leaves_nothing(model_type):
    with goldloop.connect() as session:
        session.sql(SUPPORT)
        before = catalogue(session.connection)
        recipe = RECIPES[model_type]
        options = ", ".join(filter(None, [f"model_type='{model_type}'", recipe.options]))
        session.sql(f"create model main.m {recipe.clause} options({options}) as {recipe.query}")
        assert catalogue(session.connection) != before
        session.sql("drop model main.m")
        assert catalogue(session.connection) == before


@pytest.mark.parametrize("model_type", RECIPES)
def test_a_read_only_client_without_goldloop_scores_what_is_scored_in_sql(model_type, tmp_path):
    import duckdb

    path = tmp_path / "warehouse.duckdb"
    with goldloop.connect(path) as session:
        session.sql(SUPPORT)
        recipe = RECIPES[model_type]
        options = ", ".join(filter(None, [f"model_type='{model_type}'", recipe.options]))
        session.sql(f"create model main.m {recipe.clause} options({options}) as {recipe.query}")
        card = session.model("main.m").card()
        try:
            said = session.sql(f"select * from ml.predict(model main.m, ({recipe.given}))")
        except ModelKindError:
            return
        expected = len(said.fetchall())
        session.sql(f"create table given as {recipe.given}")
    if card.scoring != "sql":
        return
    with duckdb.connect(str(path), read_only=True) as con:
        query = 'select unnest(said) from (select main."m"(given) as said from given)'
        rows = con.execute(query).fetchall()
    assert len(rows) == expected


def finite(value):
    if isinstance(value, dict):
        return all(finite(each) for each in value.values())
    if isinstance(value, list):
        return all(finite(each) for each in value)
    return not isinstance(value, float) or math.isfinite(value)


def catalogue(con):
    names = con.execute(
        "select schema_name, function_name from duckdb_functions() where not internal "
        "and function_type like '%macro%' union all "
        "select table_schema, table_name from information_schema.tables order by all"
    ).fetchall()
    counted = [
        con.execute(f"select count(*) from goldloop.{table}").fetchall()
        for table in ("model_versions", "metrics", "promotions", "builds", "artifacts")
    ]
    return names, counted
