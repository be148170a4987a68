"""Sessions: scripts, models as objects, readers and connections."""

import threading

import duckdb
import pytest
from repair_shop import REPAIRS, TRAIN_COST, served

import goldloop
from goldloop.errors import (
    GoldloopError,
    ModelKindError,
    StatementError,
)

REGRESSION_METRICS = [
    "mean_absolute_error",
    "mean_squared_error",
    "mean_squared_log_error",
    "median_absolute_error",
    "r2_score",
    "explained_variance",
]


def test_create_model_answers_with_one_row_about_what_it_did(shop):
    result = shop.sql(TRAIN_COST)
    assert result.columns == [
        "model",
        "version",
        "outcome",
        "training_rows",
        "evaluation_rows",
        "seconds",
        "metrics",
    ]
    model, version, outcome, training_rows, evaluation_rows, seconds, metrics = result.fetchall()[0]
    assert (model, version, outcome) == ("shop.cost", 2, "trained")
    assert (training_rows, evaluation_rows) == (200, 0)
    assert seconds > 0
    assert list(metrics) == REGRESSION_METRICS
    assert metrics["r2_score"] == pytest.approx(1.0)


def test_predictions_are_correct_and_come_before_the_input_columns(shop):
    result = shop.sql(
        "select * from ml.predict(model shop.cost, (select * from shop.repairs)) order by repair_id"
    )
    assert result.columns == ["predicted_cost", "repair_id", "age", "brand", "cost", "accepted"]
    rows = result.fetchall()
    assert len(rows) == 200
    assert all(row[0] == pytest.approx(row[4], abs=1e-9) for row in rows)


def test_a_threshold_moves_the_predicted_class_only(shop):
    counted = (
        "select countif(predicted_accepted), sum((select prob from unnest(predicted_accepted_probs)"
        " where label)) from ml.predict(model shop.accepted, table shop.repairs{})"
    )
    strict, same = shop.sql(counted.format(", struct(0.99 as threshold)")).fetchall()[0]
    usual, probability = shop.sql(counted.format("")).fetchall()[0]
    assert strict < usual
    assert same == pytest.approx(probability)


def test_models_are_stacked_joined_and_stored(shop):
    shop.sql(
        """
        create table shop.scored as
        with costed as (select * from ml.predict(model shop.cost, table shop.repairs))
        select a.repair_id, a.predicted_accepted, c.predicted_cost
        from ml.predict(model shop.accepted, (select * from costed)) as a
        join costed as c using (repair_id);
        """
    )
    found = shop.sql("select count(*), count(predicted_cost) from shop.scored").fetchall()
    assert found == [(200, 200)]


def test_a_view_of_predictions_serves_the_new_model_at_once_and_needs_no_session(shop):
    shop.sql(
        "create view shop.costs as select * from ml.predict(model shop.cost, table shop.repairs)"
    )
    before = shop.connection.execute("select sum(predicted_cost) from shop.costs").fetchall()
    shop.sql(TRAIN_COST.replace("age, brand, cost from", "age, brand, cost * 2 as cost from"))
    after = shop.connection.execute("select sum(predicted_cost) from shop.costs").fetchall()
    assert after[0][0] == pytest.approx(2 * before[0][0])


def test_evaluation_over_rows_agrees_with_the_stored_metrics_of_the_same_rows(shop):
    stored = shop.sql("select * from ml.evaluate(model shop.accepted)")
    over_rows = shop.sql("select * from ml.evaluate(model shop.accepted, table shop.repairs)")
    assert stored.columns == over_rows.columns
    assert stored.fetchall()[0] == pytest.approx(over_rows.fetchall()[0])


def test_evaluation_reads_common_table_expressions_and_thresholds(shop):
    result = shop.sql(
        "with young as (select * from shop.repairs where age < 50) select recall from "
        "ml.evaluate(model shop.accepted, (select * from young), struct(0.0 as threshold))"
    )
    assert result.fetchall() == [(1.0,)]


def test_a_clustering_model_is_evaluated_over_rows(shop):
    shop.sql(
        "create model shop.segments options(model_type='kmeans', num_clusters=3) "
        "as select age, brand from shop.repairs"
    )
    stored = shop.sql("select * from ml.evaluate(model shop.segments)").fetchall()[0]
    again = shop.sql("select * from ml.evaluate(model shop.segments, table shop.repairs)")
    assert again.columns == ["davies_bouldin_index", "mean_squared_distance"]
    assert again.fetchall()[0] == pytest.approx(stored)


def test_the_duckdb_dialect_has_the_same_statements(shop):
    result = shop.sql(
        "create or replace model shop.cost options(model_type='linear_reg', "
        "input_label_cols=['cost']) as from shop.repairs select age, cost; "
        "from ml.predict(model shop.cost, (from shop.repairs limit 2)) select predicted_cost",
        dialect="duckdb",
    )
    assert len(result.fetchall()) == 2


def test_numbers_of_bigquery_train_and_score_as_doubles(shop):
    assert shop.sql("select 0.1 + 0.2").fetchall() == [(0.1 + 0.2,)]
    assert shop.sql(
        "select timestamp('2026-01-01') = timestamp('2026-01-01 00:00:00+00')"
    ).fetchall()
    assert shop.sql("select extract(hour from timestamp('2026-01-01 05:00:00+00'))").fetchall() == [
        (5,)
    ]


def test_a_name_with_quotes_spaces_and_semicolons_is_only_a_name(shop):
    name = 'shop.`it\'s a "model"; drop table repairs`'
    shop.sql(
        f"create model {name} options(model_type='linear_reg', input_label_cols=['cost']) "
        "as select age, cost from shop.repairs"
    )
    result = shop.sql(f"select predicted_cost from ml.predict(model {name}, table shop.repairs)")
    assert len(result.fetchall()) == 200
    assert shop.model('shop.it\'s a "model"; drop table repairs').card().version == 1
    shop.sql(f"drop model {name}")
    assert [str(card.name) for card in shop.models()] == ["shop.accepted", "shop.cost"]


def test_a_schema_of_the_databases_own_name_is_served(tmp_path):
    with goldloop.connect(tmp_path / "shop.duckdb") as session:
        session.sql((REPAIRS + TRAIN_COST).replace("shop.", "shop.shop."))
        assert served(session)[0] == pytest.approx(30.0)
        repairs = session.connection.sql("select * from shop.shop.repairs")
        assert session.model("shop.cost").evaluate(repairs).project("r2_score").fetchall()[0] > (
            0.9,
        )


def test_a_result_is_a_relation_that_can_be_read_again(shop):
    result = shop.sql("select age from shop.repairs order by age limit 2")
    assert isinstance(result, duckdb.DuckDBPyRelation)
    shop.sql("delete from shop.repairs where true")
    assert len(result.fetchall()) == len(result.df()) == 2
    assert result.to_arrow_table().num_rows == 2


def test_a_model_predicts_and_evaluates_relations(shop):
    repairs = shop.connection.table("shop.repairs")
    model = shop.model("shop.accepted")
    predicted = model.predict(repairs)
    assert predicted.columns[:2] == ["predicted_accepted", "predicted_accepted_probs"]
    assert predicted.count("*").fetchall() == [(200,)]
    assert model.predict(repairs, threshold=1.0).filter("predicted_accepted").fetchall() == []
    assert model.evaluate(repairs).fetchall()[0] == pytest.approx(model.evaluate().fetchall()[0])
    recall = model.evaluate(repairs, threshold=0.0).project("recall").fetchall()
    assert recall == [(1.0,)]


def test_a_model_predicts_a_data_frame_through_the_connection(shop):
    import pandas as pd

    rows = shop.connection.from_df(pd.DataFrame({"age": [10.0], "brand": ["Aurora"]}))
    predicted = shop.model("shop.cost").predict(rows).fetchall()
    assert predicted[0][0] == pytest.approx(30.0)


def test_a_model_refuses_what_it_cannot_take(shop):
    model = shop.model("shop.cost")
    with pytest.raises(StatementError, match="feature 'brand' is missing"):
        model.predict(shop.connection.sql("select 1.0 as age"))
    with pytest.raises(ModelKindError, match="threshold serves binary_classification"):
        model.predict(shop.connection.table("shop.repairs"), threshold=0.5)
    with pytest.raises(StatementError, match="takes a DuckDB relation, not list"):
        model.predict([1])


def test_cards_and_versions_tell_what_serves(shop):
    shop.sql(TRAIN_COST)
    model = shop.model("SHOP.COST")
    assert model.card().version == 2
    assert [(card.version, card.status) for card in model.versions()] == [
        (2, "champion"),
        (1, "retired"),
    ]
    assert [str(card.name) for card in shop.models()] == ["shop.accepted", "shop.cost"]


@pytest.mark.parametrize("name", ["shop.cst", "cost", "shop.cost.more.parts.here", "select"])
def test_a_model_that_does_not_exist_is_told(shop, name):
    with pytest.raises(GoldloopError, match=r"[mM]odel"):
        shop.model(name)


def test_a_model_is_found_in_the_current_schema(shop):
    shop.sql("use shop", dialect="duckdb")
    assert shop.model("cost").card().version == 1
    assert shop.sql("select * from ml.evaluate(model cost)").columns == REGRESSION_METRICS


def test_a_read_only_session_scores_and_evaluates_but_does_not_train(trained):
    with goldloop.connect(trained, read_only=True) as session:
        assert served(session)[1] == 1
        assert session.sql("select * from ml.evaluate(model shop.cost, table shop.repairs)")
        with pytest.raises(StatementError, match="read-only"):
            session.sql(TRAIN_COST)
        with pytest.raises(StatementError, match="read-only"):
            session.sql("drop model shop.cost")


def test_a_session_on_an_open_connection_leaves_it_open():
    connection = duckdb.connect()
    with goldloop.connect(connection) as session:
        session.sql("create table t as select 1 as a")
    assert connection.execute("select a from t").fetchall() == [(1,)]


def test_a_session_closes_what_it_opened():
    with goldloop.connect() as session:
        pass
    with pytest.raises(duckdb.ConnectionException):
        session.connection.execute("select 1")


@pytest.mark.parametrize("name", ["missing.duckdb", "broken.duckdb"])
def test_a_database_that_cannot_be_opened_is_told(tmp_path, name):
    (tmp_path / "broken.duckdb").write_text("not a database" * 1000)
    with pytest.raises(GoldloopError, match=f"{name} cannot be opened"):
        goldloop.connect(tmp_path / name, read_only=True)


def test_a_database_of_the_registrys_own_name_is_refused_and_closed(tmp_path):
    path = tmp_path / "goldloop.duckdb"
    with pytest.raises(GoldloopError, match="rename the file"):
        goldloop.connect(path)
    duckdb.connect(path).close()


def test_each_training_is_reported(trained, tmp_path):
    copy = tmp_path / "warehouse.duckdb"
    copy.write_bytes(trained.read_bytes())
    reports = []
    with goldloop.connect(copy, on_build=reports.append) as session:
        session.sql(TRAIN_COST + ";" + TRAIN_COST)
    assert [report.version for report in reports] == [2, 3]
    assert str(reports[0]).startswith("shop.cost v2: trained on 200 rows in ")


def test_a_reader_beside_a_training_sees_the_old_model_or_the_new(shop):
    reader, seen, stop = shop.connection.cursor(), [], threading.Event()
    query = "select (shop.cost(r)).predicted_cost from (select 10.0 as age, 'Aurora' as brand) as r"

    def read():
        while not stop.is_set():
            seen.append(round(reader.execute(query).fetchall()[0][0], 6))

    thread = threading.Thread(target=read)
    thread.start()
    try:
        shop.sql(TRAIN_COST.replace("age, brand, cost from", "age, brand, cost * 2 as cost from"))
    finally:
        stop.set()
        thread.join()
    assert set(seen) <= {30.0, 60.0}
    assert 30.0 in seen


@pytest.mark.parametrize("dialect", ["bigquery", "duckdb"])
def test_a_function_of_a_schema_named_ml_is_called_and_a_misspelt_one_is_told(dialect):
    with goldloop.connect() as session:
        session.sql("create schema ml; create macro ml.bucketise(x) as x + 1", "duckdb")
        assert session.sql("select ml.bucketise(2)", dialect).fetchall() == [(3,)]
        with pytest.raises(StatementError, match=r"BUCKETISED\. Did you mean 'ML\.BUCKETIZE'"):
            session.sql("select ml.bucketised(2, [1])", dialect)
        with pytest.raises(StatementError, match=r"no function ML\.ROUND"):
            session.sql("select ml.round(2)", dialect)


def test_a_model_shows_what_it_is(shop):
    assert repr(shop.model("shop.cost")) == "<Model shop.cost v1: linear_reg>"
