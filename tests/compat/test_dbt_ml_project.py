"""A project of BigQuery's SQL and dbt_ml's macros, on DuckDB by packages.yml and profile alone."""

import datetime as dt
import hashlib

import pytest

pytestmark = pytest.mark.pipeline


def test_every_node_of_every_kind_builds_and_passes(bakery):
    statuses = bakery.statuses()
    assert len(statuses) > 15
    assert set(statuses.values()) <= {"success", "pass"}


def test_target_has_a_project_and_a_dataset(bakery):
    assert bakery.rows("select distinct origin from shop.daily") == [("bakery.shop",)]


def test_a_tables_sql_means_what_it_means_in_bigquery(bakery):
    rows = bakery.rows("select half, weeks, nothing, next_day from shop.daily where id = 6")
    # The 7th of January 2024 is a Sunday, on which BigQuery's weeks begin.
    assert rows == [(3.5, 1, None, dt.datetime(2024, 1, 8))]


def test_dbts_own_macros_write_bigquerys_sql(bakery):
    rows = bakery.rows("select baker_key, first_word from shop.daily where id = 2")
    assert rows == [(hashlib.md5(b"O Neil").hexdigest(), "O")]


def test_an_incremental_model_sees_an_ephemeral_one_and_keeps_its_rows(bakery):
    assert bakery.rows("select count(*), count(distinct fingerprint) from shop.kept") == [(6, 3)]


def test_types_of_seeds_and_contracts_are_bigquerys(bakery):
    types = {row[0]: row[1] for row in bakery.rows("describe shop.contracted")}
    assert types == {"id": "BIGINT", "flour": "DOUBLE", "bakers": "VARCHAR[]"}


def test_a_snapshot_holds_its_querys_rows_once(bakery):
    rows = bakery.rows("select note from shop_kept.bakers order by 1")
    assert rows == [("Ann!",), ("Bob!",), ("O Neil!",)]
    assert "doesn't match" not in bakery.log  # the types of its times


def test_a_model_trains_on_its_translated_query_and_predicts_in_a_cte(bakery):
    assert bakery.rows("select predicted_flour from shop.predicted") == [
        (pytest.approx(5.25, rel=1e-6),)
    ]
    assert bakery.rows("select is_good from shop.evaluated") == [(True,)]


def test_a_node_may_be_written_in_duckdbs_sql(bakery):
    assert bakery.rows("select distinct whole, is_duckdb from shop.by_duckdb") == [(3, True)]


def test_names_that_adapter_quote_writes_are_no_texts(bakery):
    assert bakery.columns("shop.quoted") == ["the baker", "word"]
    assert bakery.rows('select "the baker" <> word, word from shop.quoted') == [(True, "baker")]


def test_goldloops_macros_of_functions_write_bigquerys_sql(bakery):
    assert bakery.rows("select r2_score > 0.9 from shop.described") == [(True,)]


def test_show_previews_a_node_and_a_query(bakery):
    shown = bakery.dbt("show", "--inline", 'select safe_divide(1, 0) as nothing, "yes" as answer')
    assert shown.returncode == 0, shown.stdout
    assert "yes" in shown.stdout


def test_each_training_is_audited_in_dbt_mls_nested_columns(bakery):
    columns = [row[0] for row in bakery.rows("describe audit.ml_models")]
    assert columns == [
        "model", "schema", "created_at", "training_info", "feature_info", "weights", "evaluate"
    ]  # fmt: skip
    audited = bakery.rows(
        "select model, schema, len(training_info) > 0,"
        " list_transform(feature_info, lambda f: f.input),"
        " list_transform(weights, lambda w: w.processed_input), evaluate[1].roc_auc > 0.9"
        " from audit.ml_models where created_at = (select min(created_at) from audit.ml_models as m"
        " where m.model = ml_models.model) order by model"
    )
    assert audited == [
        ("big_day", "shop_ml", True, ["loaves", "baker"],
         ["loaves", "baker", "__INTERCEPT__"], True),
        ("flour_needed", "shop_ml", True, ["loaves"], ["loaves", "__INTERCEPT__"], None),
        ("kinds_of_days", "shop_ml", True, ["loaves", "flour"], None, None),
    ]  # fmt: skip


def test_operations_train_and_drop_models(bakery):
    done = bakery.dbt("run-operation", "train_and_drop")
    assert "by_hand had 1 version" in done.stdout
    versions = "select count(*) from goldloop.model_versions where model_name = 'by_hand'"
    assert bakery.rows(versions) == [(0,)]
