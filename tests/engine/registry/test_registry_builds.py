"""What a build leaves, when it trains again, and that a failed one leaves everything as it was."""

import re

import duckdb
import pytest

from goldloop.errors import GoldloopError, ModelNotFoundError, OptionError, TrainingDataError
from goldloop.registry.names import ModelName
from goldloop.registry.read import find_model, list_models, versions
from goldloop.registry.write import drop_model

LINEAR = {"model_type": "linear_reg"}
QUERY = "select x, y as label from points"


@pytest.fixture
def points(warehouse):
    """A table of a line of slope 2, which tests change."""
    warehouse.con.execute("create table points as select i as x, 2 * i as y from range(30) as r(i)")
    return warehouse


def everything(warehouse):
    """All that the registry holds, the function and the card."""
    tables = ["model_versions", "promotions", "metrics", "builds", "artifacts", "models"]
    return {
        **{name: sorted(map(str, warehouse.rows(f"from goldloop.{name}"))) for name in tables},
        "functions": warehouse.rows(
            "select function_name, macro_definition from duckdb_functions() "
            "where schema_name = 'main' and function_type = 'macro' and not internal order by all"
        ),
        "relations": warehouse.rows("select table_name from information_schema.tables order by 1"),
    }


def test_a_first_build_leaves_a_card_and_a_function(points):
    report = points.build("m", QUERY, **LINEAR)
    assert (report.outcome, report.version, report.training_rows) == ("trained", 1, 30)
    card = points.rows("select version, status, model_type, label, training_rows, scoring from m")
    assert card == [(1, "champion", "linear_reg", "label", 30, "sql")]
    assert points.predict("m", "select 100 as x") == [(pytest.approx(200),)]
    said = r"main.m v1: trained on 30 rows in \d+\.\d s, r2_score 1.0000"
    assert re.fullmatch(said, str(report))


def test_each_version_keeps_a_function_of_its_own(points):
    """Of the two forms of a classifier's, with a threshold and without, both."""
    query = "select x, {} as label from points"
    points.build("m", query.format("2 * y"), **LINEAR)
    points.build("m", query.format("3 * y"), **LINEAR)
    points.build("is_far", query.format("y > 30"), model_type="logistic_reg")
    (first, second), (far,) = (
        [row[0] for row in points.rows(f"select version_id from {name} order by version")]
        for name in ("m", "is_far")
    )
    answers = points.rows(
        f'select goldloop."score_{first}"(t).predicted_label, '
        f'goldloop."score_{second}"(t).predicted_label, m(t).predicted_label, '
        f'goldloop."score_{far}"(t, 0.0).predicted_label from (select 100 as x) as t'
    )
    assert answers == [(pytest.approx(400), pytest.approx(600), pytest.approx(600), True)]
    drop_model(points.con, ModelName("main", "m"))
    left = points.rows(
        "select function_name from duckdb_functions() where starts_with(function_name, 'score_')"
    )
    assert {name for (name,) in left} == {f"score_{far}"}


def test_an_unchanged_model_is_not_trained_again(points):
    first = points.build("m", QUERY, **LINEAR)
    second = points.build("m", QUERY, **LINEAR)
    assert (second.outcome, second.version) == ("unchanged", 1)
    assert second.metrics == first.metrics
    assert str(second) == "main.m v1: unchanged, serving (30 rows, r2_score 1.0000)"
    assert points.rows("select version, last_outcome from m") == [(1, "unchanged")]
    assert points.rows("select outcome from goldloop.builds order by built_at") == [
        ("trained",),
        ("unchanged",),
    ]


def test_an_unchanged_model_gets_a_lost_card_or_function_back(points):
    points.build("m", QUERY, **LINEAR)
    before = everything(points)
    points.con.execute("drop view m; drop macro m")
    report = points.build("m", QUERY, **LINEAR)
    assert (report.outcome, report.version) == ("unchanged", 1)
    after = everything(points)
    assert after["functions"] == before["functions"]
    assert after["relations"] == before["relations"]


def test_a_view_that_took_a_models_name_is_not_its_card(points):
    points.build("m", QUERY, **LINEAR)
    points.con.execute("create or replace view m as select 1 as x")
    with pytest.raises(GoldloopError, match="the name is taken by a view"):
        points.build("m", QUERY, **LINEAR)


CHANGES = {
    "a changed value": "update points set y = y + 1 where x = 3",
    "a new row": "insert into points values (50, 100)",
    "a repeated row": "insert into points from points where x = 3",
    "a row less": "delete from points where x = 3",
    "two values swapped": "update points set y = 4 + 6 - y where x in (2, 3)",
    "a new type": "alter table points alter x type double",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changed_data_trains_a_new_champion_and_retires_the_old(points, change):
    points.build("m", QUERY, **LINEAR)
    points.con.execute(change)
    assert points.build("m", QUERY, **LINEAR).version == 2
    assert points.rows("select version, status from m order by version") == [
        (1, "retired"),
        (2, "champion"),
    ]
    assert points.card("m").version == 2
    assert [card.version for card in versions(points.con, ModelName("MAIN", "M"))] == [2, 1]


def test_changed_options_and_sql_train_again(points):
    points.build("m", QUERY, **LINEAR)
    assert points.build("m", QUERY, l2_reg=0.1, **LINEAR).version == 2
    assert points.build("m", f"{QUERY} where x < 20", l2_reg=0.1, **LINEAR).version == 3
    assert points.build("m", f"{QUERY} where x < 20", L2_REG="0.1", **LINEAR).version == 3


def test_the_order_of_rows_and_the_threads_do_not_change_the_fingerprint(points):
    points.build("m", QUERY, **LINEAR)
    points.con.execute("create table other as from points order by hash(x)")
    points.con.execute("drop table points; alter table other rename to points; set threads = 1")
    assert points.build("m", QUERY, **LINEAR).outcome == "unchanged"


def test_retrain_always_never_and_full_refresh(points):
    assert points.build("m", QUERY, retrain="never", **LINEAR).version == 1
    assert points.build("m", QUERY, retrain="always", **LINEAR).version == 2
    points.con.execute("update points set y = -y")
    assert points.build("m", QUERY, retrain="never", **LINEAR).outcome == "unchanged"
    assert points.build("m", QUERY, retrain="never", full_refresh=True, **LINEAR).version == 3


def test_retrain_by_age_trains_when_the_champion_is_older(points):
    points.build("m", QUERY, **LINEAR)
    points.con.execute("update points set y = 3 * x")
    week = {"max_age": "7 days"}
    assert points.build("m", QUERY, retrain=week, **LINEAR).outcome == "unchanged"
    points.con.execute(
        "update goldloop.model_versions set trained_at = trained_at - interval 8 day"
    )
    points.con.execute("set timezone = 'Asia/Tokyo'")
    assert points.build("m", QUERY, retrain=week, **LINEAR).outcome == "trained"
    assert points.build("m", QUERY, retrain=week, **LINEAR).outcome == "unchanged"


@pytest.mark.parametrize(
    "policy", ["sometimes", None, 3, {"max_age": "soon"}, {"age": "1 day"}, ["always"]]
)
def test_a_policy_that_is_none_is_refused_before_anything_is_done(points, policy):
    with pytest.raises(OptionError, match=r"Model main.m: retrain is .*; expected one of changed"):
        points.build("m", "select not even sql", retrain=policy, **LINEAR)


FAILURES = {
    "unknown option": (QUERY, {"l2": 1}, OptionError),
    "unknown model type": (QUERY, {"model_type": "linear"}, OptionError),
    "no rows": (f"{QUERY} where false", {}, TrainingDataError),
    "one class": (
        "select x, 1 as label from points",
        {"model_type": "logistic_reg"},
        GoldloopError,
    ),
    "broken query": ("select x, nothing as label from points", {}, duckdb.Error),
    "error while reading": (
        "select x, if(x > 20, error('a bad row')::int, 1) as label from points",
        {},
        duckdb.Error,
    ),
}


@pytest.mark.parametrize(("query", "options", "kind"), FAILURES.values(), ids=FAILURES)
def test_a_failed_build_leaves_the_last_good_model_serving(points, query, options, kind):
    points.build("m", QUERY, **LINEAR)
    before = everything(points)
    with pytest.raises(kind):
        points.build("m", query, **{**LINEAR, **options})
    assert everything(points) == before
    assert points.predict("m", "select 100 as x") == [(pytest.approx(200),)]


@pytest.mark.parametrize(
    "step", ["judge", "write.record_version", "write.record_details", "write.promote"]
)
def test_an_error_at_any_step_undoes_all_others(points, monkeypatch, step):
    def fail(*_, **__):
        raise RuntimeError("the power is gone")

    points.build("m", QUERY, **LINEAR)
    before = everything(points)
    monkeypatch.setattr(f"goldloop.registry.{'builder.' if step == 'judge' else ''}{step}", fail)
    points.con.execute("update points set y = 3 * x")
    with pytest.raises(RuntimeError, match="the power"):
        points.build("m", QUERY, **LINEAR)
    assert everything(points) == before


def test_an_error_of_the_query_says_itself_and_not_that_the_transaction_is_aborted(points):
    with pytest.raises(duckdb.Error, match="a bad row"):
        points.build("m", FAILURES["error while reading"][0], **LINEAR)


def test_no_temporary_table_stays(points):
    points.build("m", QUERY, **LINEAR)
    with pytest.raises(TrainingDataError):
        points.build("m", f"{QUERY} where false", **LINEAR)
    assert points.rows("select * from duckdb_tables() where temporary") == []


@pytest.mark.parametrize("kind", ["table", "view"])
@pytest.mark.parametrize("name", ["m", "M"])
def test_a_name_that_a_relation_has_is_refused(points, kind, name):
    points.con.execute(f"create {kind} m as select 1 as x")
    with pytest.raises(GoldloopError, match=f"main.{name}: the name is taken by a {kind}; models"):
        points.build(name, QUERY, **LINEAR)
    with pytest.raises(GoldloopError, match=f"the name is taken by a {kind}"):
        drop_model(points.con, ModelName("main", name))
    assert points.rows("select * from m") == [(1,)]


def test_case_does_not_make_another_model(points):
    points.build("Cost", QUERY, **LINEAR)
    report = points.build("COST", QUERY, retrain="always", **LINEAR)
    assert (report.version, str(report.name)) == (2, "main.Cost")
    assert [str(card.name) for card in list_models(points.con)] == ["main.Cost", "main.Cost"]
    assert points.rows("select version, status from cost order by 1") == [
        (1, "retired"),
        (2, "champion"),
    ]


def test_a_dropped_model_leaves_nothing_and_can_be_built_again(points):
    empty = everything(points)
    points.build("m", QUERY, **LINEAR)
    points.build("m", QUERY, retrain="always", **LINEAR)
    points.con.begin()
    drop_model(points.con, ModelName("MAIN", "M"))
    points.con.commit()
    assert everything(points) == empty
    drop_model(points.con, ModelName("main", "m"))
    assert points.build("m", QUERY, **LINEAR).version == 1


def test_dropping_one_model_leaves_the_others(points):
    points.build("m", QUERY, **LINEAR)
    points.build("n", QUERY, **LINEAR)
    drop_model(points.con, ModelName("main", "m"))
    assert points.card("n").version == 1
    assert points.predict("n", "select 1 as x") == [(pytest.approx(2),)]


def test_a_model_that_is_not_there_is_named_with_the_nearest(points):
    with pytest.raises(ModelNotFoundError, match=r"No model main\.m\. The warehouse has no models"):
        points.card("m")
    points.build("repair_cost", QUERY, **LINEAR)
    with pytest.raises(ModelNotFoundError, match=r"Did you mean 'main\.repair_cost'\?"):
        points.card("repair_cots")


@pytest.mark.parametrize("name", ["with space", 'a "quoted"; name', "it's", "Mixed", "select"])
def test_models_of_any_name_in_any_schema(points, name):
    schema = f"schema of {name}"
    points.con.execute('create schema "' + schema.replace('"', '""') + '"')
    from goldloop.registry.builder import build_model
    from goldloop.registry.request import BuildRequest

    report = build_model(points.con, BuildRequest(ModelName(schema, name), QUERY, LINEAR))
    assert report.version == 1
    card = find_model(points.con, ModelName(schema, name))
    assert card.name == ModelName(schema, name)
    called = card.name.sql()
    assert points.rows(f"select {called}(s).predicted_label from (select 4 as x) as s") == [
        (pytest.approx(8),)
    ]
    assert points.rows(f"select version from {called}") == [(1,)]
    drop_model(points.con, ModelName(schema, name))


def test_a_card_says_what_the_model_is_made_of(points):
    report = points.build("m", QUERY, l2_reg=0.5, **LINEAR)
    card = points.card("m")
    assert [(each.name, each.sql_type) for each in card.features] == [("x", "BIGINT")]
    assert card.options == {"l2_reg": 0.5, "model_type": "linear_reg"}
    assert card.metrics == pytest.approx(report.metrics)
    assert card.training_sql == QUERY
    assert card.problem_type == "regression"
    assert len(card.version_id) == 32


def test_thousands_of_weights_are_recorded_at_once(points):
    query = "select 'c' || (i % 3000) as word, i as label from range(9000) as r(i)"
    points.build("m", query, **LINEAR, optimize_strategy="batch_gradient_descent", max_iterations=1)
    assert len(points.details("m", "weights")) > 2_500
