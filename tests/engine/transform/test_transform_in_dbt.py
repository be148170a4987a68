"""The key `transform` of a dbt model's ml_config."""

import re

import duckdb
import pytest

from goldloop.dbt.job import train_sql_model
from goldloop.registry.schema import ensure_schema

QUERY = "select i * 1.0 as age, i * 2.0 as y from range(20) as r(i)"


@pytest.fixture
def build():
    """Return a function: what the materialization says of a build; its failure, or its report."""
    with duckdb.connect() as con:
        ensure_schema(con)

        def build(transform, **config):
            config = {"model_type": "linear_reg", "input_label_cols": ["y"], **config}
            request = {
                "database": "memory", "schema": "main", "name": "m", "training_sql": QUERY,
                "ml_config": {**config, "TRANSFORM": transform}, "retrain": "changed",
                "full_refresh": False, "invocation_id": None, "lineage": {}, "comment": None,
            }  # fmt: skip
            con.begin()
            train_sql_model(con, request)
            con.commit()
            report, failure = con.execute(
                "select getvariable('goldloop_report'), getvariable('goldloop_failure')"
            ).fetchall()[0]
            return failure or report

        build.con = con
        yield build


@pytest.mark.parametrize(
    "transform",
    [
        ["y", "ml.min_max_scaler(age) over () as age"],
        "y, ml.min_max_scaler(age) over () as age",
        ["* replace (ml.min_max_scaler(age) over () as age)"],
    ],
)
def test_it_is_a_list_of_expressions_or_a_text(build, transform):
    assert "trained on 20 rows" in build(transform)
    ((predicted,),) = build.con.execute("select m(src) from (select 9.5 as age) as src").fetchall()
    assert predicted["predicted_y"] == pytest.approx(19.0)


def test_a_change_of_it_trains_anew_and_nothing_else_does(build):
    assert "trained" in build("*")
    assert "unchanged" in build("*")
    assert "v2: trained" in build("age * 2 as twice, y")


@pytest.mark.parametrize(
    ("transform", "words"),
    [
        (3, "transform is 3; expected a list of expressions"),
        ([], "TRANSFORM is empty"),
        ("age from t", "expected a select list and nothing after it"),
        ("age +", "transform cannot be read"),
        (["age", "y + 1"], "has no name"),
    ],
)
def test_what_is_neither_is_refused(build, transform, words):
    assert re.search(re.escape(words), build(transform))
