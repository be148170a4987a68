"""The macros are written once, survive a reopening and need no name of their own to be free."""

import duckdb
import pytest

from goldloop.evaluation import EVALUATORS, evaluation_sql, install

MACROS = (
    "evaluate_regressor",
    "evaluate_classifier",
    "evaluate_clustering",
    "evaluate_reconstruction",
    "evaluate_projection",
)


def test_a_second_installation_writes_nothing():
    with duckdb.connect() as con:
        assert install(con) == MACROS
        assert install(con) == ()


def test_a_macro_of_another_definition_is_replaced():
    with duckdb.connect() as con:
        install(con)
        con.execute("create or replace macro goldloop.evaluate_regressor(scored) as table select 1")
        assert install(con) == ("evaluate_regressor",)


def test_a_read_only_database_keeps_what_it_has(tmp_path):
    path = str(tmp_path / "warehouse.duckdb")
    duckdb.connect(path).close()
    with duckdb.connect(path, read_only=True) as con:
        assert install(con) == ()


def test_a_database_may_bear_the_name_of_the_schema(tmp_path):
    path = str(tmp_path / "goldloop.duckdb")
    with duckdb.connect(path) as con:
        install(con)
    with duckdb.connect(path, read_only=True) as con:
        query = evaluation_sql("regression", "scored", database="goldloop")
        rows = con.execute(
            f"with scored as (select 1 as label, 3 as prediction) {query}"
        ).fetchall()
    assert rows[0][:2] == (2.0, 4.0)


def test_a_relation_may_be_a_quoted_name_of_another_schema():
    with duckdb.connect() as con:
        install(con)
        con.execute('create schema "my marts"')
        con.execute('create table "my marts"."Sco\'red" as select 1 as label, 3 as prediction')
        query = evaluation_sql("regression", '"my marts"."Sco\'red"')
        assert con.execute(query).fetchall()[0][0] == 2.0


@pytest.mark.parametrize("problem_type", EVALUATORS)
def test_the_columns_are_the_declared_metrics_as_doubles(con, problem_type):
    evaluator = EVALUATORS[problem_type]
    empty = {
        "label": "0",
        "prediction": "0.0",
        "predicted_label": "0",
        "probs": "[{'label': 0, 'prob': 1.0}]",
        "centroid_id": "1",
        "nearest_centroids_distance": "[{'CENTROID_ID': 1, 'DISTANCE': 0.0}]",
        "other_id": "2",
        "distance": "1.0",
        "mean_absolute_error": "0.1",
        "mean_squared_error": "0.1",
        "mean_squared_log_error": "0.1",
        "explained": "0.8",
        "unexplained": "0.2",
    }
    ctes = ", ".join(
        f"{name} as (select {', '.join(f'{empty[c]} as {c}' for c in columns)} where false)"
        for name, columns in evaluator.relations.items()
    )
    found = con.execute(f"with {ctes} {evaluation_sql(problem_type, *evaluator.relations)}")
    assert [(name, str(kind)) for name, kind, *_ in found.description] == [
        (metric, "DOUBLE") for metric in evaluator.metrics
    ]
    assert found.fetchall() == [(None,) * len(evaluator.metrics)]
