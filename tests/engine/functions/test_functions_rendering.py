"""Queries with ML functions as DuckDB's SQL: pairs of `fixtures/*.sql`, and what is refused."""

import re
from pathlib import Path

import pytest
import sqlglot
from cards_in_memory import CardsInMemory

from goldloop.dialect import parse_script
from goldloop.errors import ModelKindError, ModelNotFoundError, OptionError, StatementError
from goldloop.functions.catalogue import FUNCTIONS
from goldloop.functions.declaration import RefusedFunction
from goldloop.functions.rendering import render

FIXTURES = Path(__file__).parent / "fixtures"
PAIR = re.compile(r"^-- case: (.+?)\n(.+?)\n-- becomes\n(.+?)(?=\n-- case:|\Z)", re.M | re.S)


def pairs():
    for file in sorted(FIXTURES.glob("*.sql")):
        found = PAIR.findall(file.read_text())
        assert found, file
        for case, given, expected in found:
            yield pytest.param(file.stem, given, expected, id=f"{file.stem}: {case}")


def rendered(text, dialect="bigquery"):
    (statement,) = parse_script(text, dialect)
    return render(statement.tree, CardsInMemory(), dialect).sql


@pytest.mark.parametrize(("dialect", "given", "expected"), list(pairs()))
def test_a_query_becomes_the_sql_beside_it(dialect, given, expected):
    assert rendered(given, dialect) == " ".join(expected.split())


@pytest.mark.parametrize(("dialect", "given", "expected"), list(pairs()))
def test_what_is_rendered_is_sql_that_parses_again(dialect, given, expected):
    assert sqlglot.parse_one(rendered(given, dialect), dialect="duckdb")


def test_evaluation_scores_the_rows_and_names_the_columns_the_evaluator_reads():
    sql = rendered("select * from ml.evaluate(model shop.cost, (select * from quotes))")
    assert 'CAST("cost" AS DOUBLE) AS label' in sql
    assert '."predicted_cost" AS prediction' in sql
    assert '"shop"."cost"(_goldloop_row)' in sql
    assert '"goldloop".EVALUATE_REGRESSOR(' in sql


def test_evaluation_of_a_clustering_model_carries_the_distances_of_its_centroids():
    sql = rendered("select * from ml.evaluate(model shop.segments, table quotes)")
    assert "(1, 2, CAST(0.5 AS DOUBLE))" in sql


def test_calls_are_listed_innermost_first():
    (statement,) = parse_script(
        "select * from ml.predict(model shop.accepted, "
        "(select * from ml.predict(model shop.cost, table quotes)))"
    )
    calls = render(statement.tree, CardsInMemory()).calls
    assert [call.card.name.name for call in calls] == ["cost", "accepted"]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("ml.predict(model shop.cost)", StatementError, "needs the rows to work on"),
        ("ml.predict(table quotes)", StatementError, "takes a model: ML.PREDICT(MODEL name"),
        ("ml.predict(model shop.cost, quotes)", StatementError, "needs the rows"),
        ("ml.predict(model shop.cost, table a, table b)", StatementError, "not an argument"),
        ("ml.predict(model shop.cost, table a, struct(1))", StatementError, "has no name"),
        ("ml.predict(model shop.missing, table a)", ModelNotFoundError, "missing"),
        (
            "ml.predict(model shop.cost, table a, struct(0.4 as threshold))",
            ModelKindError,
            "shop.cost is a boosted_tree_regressor (regression)",
        ),
        (
            "ml.predict(model shop.damage, table a, struct(0.4 as threshold))",
            ModelKindError,
            "threshold serves binary_classification",
        ),
        (
            "ml.predict(model shop.accepted, table a, struct(0.4 as treshold))",
            OptionError,
            "Did you mean 'threshold'?",
        ),
        (
            "ml.predict(model shop.accepted, table a, struct(1.4 as threshold))",
            OptionError,
            "threshold is 1.4; expected a number in [0, 1]",
        ),
        (
            "ml.predict(model shop.accepted, table a, struct(b as threshold))",
            OptionError,
            "expected a constant",
        ),
        ("ml.predict(model shop.cost, table a, struct(2 as trial))", OptionError, "trial"),
        ("ml.evaluate(model shop.components)", ModelKindError, "is a pca"),
        (
            "ml.evaluate(model shop.accepted, struct(0.4 as threshold))",
            StatementError,
            "threshold needs rows",
        ),
        ("ml.predcit(model shop.cost, table a)", StatementError, "Did you mean 'ML.PREDICT'?"),
        (
            "ml.generate_text(model shop.llm, table a)",
            StatementError,
            "ML.GENERATE_TEXT calls a remote service",
        ),
    ],
)
def test_a_call_that_cannot_be_run_is_refused_with_the_fix(call, error, words):
    with pytest.raises(error, match=re.escape(words)):
        rendered(f"select * from {call}")


REFUSED = [each for each in FUNCTIONS.values() if isinstance(each, RefusedFunction)]


@pytest.mark.parametrize("function", REFUSED, ids=lambda function: function.name)
@pytest.mark.parametrize("dialect", ["bigquery", "duckdb"])
def test_a_function_that_is_not_served_is_named_not_passed_on(function, dialect):
    call = (
        f"select * from {function.name}(model shop.cost, table quotes)"
        if function.in_from
        else f"select {function.name}(age) as value from quotes"
    )
    with pytest.raises(StatementError, match=re.escape(function.name)):
        rendered(call, dialect)
