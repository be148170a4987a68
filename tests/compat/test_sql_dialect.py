"""Where BigQuery's SQL is not to be had, and ML functions in DuckDB's by one `dispatch:` line."""

import pytest
from conftest import Project

pytestmark = pytest.mark.pipeline

PROJECT_YML = """
name: plain
version: 1.0.0
profile: plain
flags: {send_anonymous_usage_stats: false}
"""
DISPATCH = """
dispatch:
  - macro_namespace: dbt
    search_order: [plain, goldloop, dbt]
"""
PROFILE = """
plain:
  target: dev
  outputs:
    dev: {type: duckdb, path: plain.duckdb, threads: 1, plugins: [{module: goldloop.dbt.plugin}]}
"""
MODEL = """
{{ config(
    materialized='model', ml_config={'model_type': 'linear_reg', 'input_label_cols': ['y']}
) }}
select x, 2 * x + 1 as y from range(20) as numbers (x)
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory, clone):
    made = Project(tmp_path_factory.mktemp("plain"), clone, "plain.duckdb")
    made.write("dbt_project.yml", PROJECT_YML + DISPATCH)
    made.write("profiles.yml", PROFILE)
    made.write("models/line.sql", MODEL)
    made.write(
        "models/scored.sql",
        "select round(predicted_y) as y from ml.predict(\n"
        "    model {{ ref('line') }}, (select 7 // 2 as x)\n)",
    )
    made.write("models/quoted.sql", 'select "x" from (select 1 as "x")')
    made.write(
        "tests/line_is_straight.sql",
        "select * from ml.evaluate(model {{ ref('line') }}) where r2_score < 0.99",
    )
    made.link("macros", "goldloop")
    return made


def test_ml_functions_run_in_duckdbs_sql_by_the_dispatch_line(plain):
    built = plain.dbt("build")
    assert built.returncode == 0, built.stdout
    assert plain.rows("from scored") == [(7.0,)]
    assert plain.rows("from quoted") == [(1,)]


def test_a_mistake_in_a_call_is_the_nodes_error(plain):
    plain.write("models/wrong/typo.sql", "select * from ml.predcit(model {{ ref('line') }})")
    built = plain.dbt("build", "--select", "typo")
    assert built.returncode != 0
    assert "models/wrong/typo.sql" in built.stdout
    assert "Did you mean 'ML.PREDICT'" in built.stdout


def test_bigquerys_sql_needs_the_profile_of_its_adapter(plain):
    built = plain.dbt("build", "--select", "scored", "--vars", "goldloop:sql_dialect: bigquery")
    assert "Write `type: goldloop`" in built.stdout
