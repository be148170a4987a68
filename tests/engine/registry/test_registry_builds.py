"""Building models in a warehouse: versions, what is skipped, and what a failure leaves."""

import threading

import duckdb
import pytest

from goldloop.errors import GoldloopError, ModelNotFoundError, OptionError, TrainingDataError
from goldloop.registry.builder import BuildRequest, build_model
from goldloop.registry.names import ModelName
from goldloop.registry.read import find_model, list_models, versions
from goldloop.registry.schema import ensure_schema
from goldloop.registry.write import drop_model

NAME = ModelName("ml", "price")
QUERY = "select a, b, y from trips"
OPTIONS = {"model_type": "linear_reg", "input_label_cols": ["y"]}


@pytest.fixture
def con():
    con = duckdb.connect()
    con.execute("create schema ml")
    ensure_schema(con)
    con.execute(
        "create table trips as select range::double as a, ['p', 'q'][1 + range % 2] as b, "
        "2.0 * range + (range % 2) as y from range(60)"
    )
    yield con
    con.close()


def build(con, query=QUERY, options=None, name=NAME, **more):
    con.execute("begin")
    try:
        report = build_model(con, BuildRequest(name, query, options or OPTIONS, **more))
    except BaseException:
        con.execute("rollback")
        raise
    con.execute("commit")
    return report


def predict(con, a=100.0, b="q"):
    query = "select unnest(ml.price(_row)) from (select ?::double as a, ? as b) as _row"
    return con.execute(query, [a, b]).fetchall()[0][0]


def counts(con):
    tables = ("model_versions", "promotions", "metrics", "builds", "artifacts")
    return [con.execute(f"select count(*) from goldloop.{t}").fetchall() for t in tables]


def test_a_model_becomes_a_card_and_a_function(con):
    report = build(con)
    assert (report.version, report.outcome, report.training_rows) == (1, "trained", 60)
    assert predict(con) == pytest.approx(201.0)
    card = con.execute("select version, status, model_type, label from ml.price").fetchall()
    assert card == [(1, "champion", "linear_reg", "y")]
    assert find_model(con, NAME).metrics["r2_score"] == pytest.approx(1.0)


def test_the_same_data_is_not_trained_on_again(con):
    build(con)
    assert build(con).outcome == "unchanged"
    con.execute("create or replace table trips as select * from trips order by hash(a)")
    assert build(con).outcome == "unchanged"
    assert len(versions(con, NAME)) == 1


@pytest.mark.parametrize("change", ["data", "options", "query", "always", "full_refresh"])
def test_what_changes_the_model_trains_a_new_version(con, change):
    build(con)
    if change == "data":
        con.execute("update trips set y = y + 10 where a = 7")
    report = build(
        con,
        QUERY + " where a > 3" if change == "query" else QUERY,
        OPTIONS | {"l2_reg": 0.1} if change == "options" else OPTIONS,
        retrain="always" if change == "always" else "changed",
        full_refresh=change == "full_refresh",
    )
    assert (report.version, report.outcome) == (2, "trained")
    assert [(card.version, card.status) for card in versions(con, NAME)] == [
        (2, "champion"),
        (1, "retired"),
    ]


def test_retrain_never_and_max_age_keep_what_serves(con):
    build(con)
    con.execute("update trips set y = 0")
    assert build(con, retrain="never").outcome == "unchanged"
    assert build(con, retrain={"max_age": "7 days"}).outcome == "unchanged"
    assert build(con, retrain={"max_age": "0 seconds"}).outcome == "trained"


FAILURES = {
    "unknown option": (QUERY, OPTIONS | {"l3_reg": 1}, OptionError, "l3_reg"),
    "unknown policy": (QUERY, OPTIONS, OptionError, "'weekly'"),
    "no rows": (QUERY + " where false", OPTIONS, TrainingDataError, "no rows"),
    "no label column": ("select a, b from trips", OPTIONS, TrainingDataError, "column 'y'"),
    "label all null": ("select a, null::int as y from trips", OPTIONS, TrainingDataError, "NULL"),
    "label is text": ("select a, b as y from trips", OPTIONS, TrainingDataError, "VARCHAR"),
    "no feature": ("select y from trips", OPTIONS, TrainingDataError, "no feature"),
    "repeated column": ("select a, a, y from trips", OPTIONS, TrainingDataError, "repeated"),
    "not a number": (
        "select if(a = 3, 'nan'::double, a) as a, y from trips",
        OPTIONS,
        TrainingDataError,
        "feature 'a' holds NaN",
    ),
    "one class": (
        "select a, 'x' as y from trips",
        OPTIONS | {"model_type": "logistic_reg"},
        TrainingDataError,
        "only the class 'x'",
    ),
    "too many classes": (
        "select b, a::int as y from trips",
        OPTIONS | {"model_type": "logistic_reg"},
        TrainingDataError,
        "60 classes",
    ),
    "no such table": ("select * from nowhere", OPTIONS, duckdb.Error, "nowhere"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_training_leaves_the_last_good_model_serving(con, failure):
    build(con)
    before = counts(con), predict(con)
    query, options, error, told = FAILURES[failure]
    retrain = "weekly" if failure == "unknown policy" else "changed"
    with pytest.raises(error, match=told):
        build(con, query, options, retrain=retrain)
    assert (counts(con), predict(con)) == before
    assert find_model(con, NAME).version == 1


def test_a_missing_feature_is_named(con):
    build(con)
    with pytest.raises(duckdb.Error, match='key "b"'):
        con.execute("select ml.price(_row) from (select 1 as a) as _row").fetchall()


def test_a_table_of_the_name_is_not_replaced(con):
    con.execute("create table ml.price as select 1 as one")
    with pytest.raises(GoldloopError, match="taken by a table"):
        build(con)
    assert con.execute("select one from ml.price").fetchall() == [(1,)]


def test_a_dropped_model_leaves_nothing(con):
    build(con)
    drop_model(con, NAME)
    assert counts(con) == [[(0,)]] * 5
    with pytest.raises(ModelNotFoundError):
        find_model(con, NAME)
    assert build(con).version == 1


def test_an_unknown_model_is_answered_with_the_nearest(con):
    build(con)
    with pytest.raises(ModelNotFoundError, match=r"Did you mean 'ml\.price'"):
        find_model(con, ModelName("ml", "prize"))


def test_a_file_called_goldloop_is_refused(tmp_path):
    with (
        duckdb.connect(str(tmp_path / "goldloop.duckdb")) as con,
        pytest.raises(GoldloopError, match="rename the file"),
    ):
        ensure_schema(con)


def test_a_read_only_file_is_read_and_left_alone(tmp_path):
    path = str(tmp_path / "w.duckdb")
    with duckdb.connect(path) as con:
        con.execute("create table t as select 1 as one")
    with duckdb.connect(path, read_only=True) as con:
        ensure_schema(con)
        assert list_models(con) == []


def test_two_threads_train_two_models_at_once(tmp_path):
    root = duckdb.connect(str(tmp_path / "w.duckdb"))
    root.execute("create schema ml")
    ensure_schema(root)
    root.execute(
        "create table trips as select range as a, 'p' as b, range * 2.0 as y from range(99)"
    )
    failures = []

    def work(number):
        try:
            with root.cursor() as con:
                build(con, name=ModelName("ml", f"m{number}"))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=[number]) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(card.name.name for card in list_models(root)) == ["m1", "m2"]
    root.close()
