"""ML.FEATURES_AT_TIME and ML.ENTITY_FEATURES_AT_TIME, on the tables of BigQuery ML's pages."""

import re

import pytest

from goldloop.errors import OptionError, StatementError

FEATURES = """with features as (
    select * from unnest(array<struct<
        entity_id string, f_1 float64, f_2 float64, feature_timestamp timestamp>>[
        ('id1', 1.0, 1.0, timestamp '2022-06-10 12:00:00+00'),
        ('id2', 12.0, 24.0, timestamp '2022-06-11 12:00:00+00'),
        ('id1', 11.0, null, timestamp '2022-06-11 12:00:00+00'),
        ('id1', 6.0, 12.0, timestamp '2022-06-11 10:00:00+00'),
        ('id2', 2.0, 4.0, timestamp '2022-06-10 12:00:00+00'),
        ('id2', 7.0, null, timestamp '2022-06-11 10:00:00+00')])
), times as (
    select * from unnest(array<struct<entity_id string, time timestamp>>[
        ('id1', timestamp '2022-06-12 12:00:00+00'),
        ('id2', timestamp '2022-06-11 10:00:00+00'),
        ('id1', timestamp '2022-06-10 13:00:00+00')])
)
"""


@pytest.fixture
def rows(sql):
    """Return a function: the rows of a call of a function over the tables of the page."""

    def rows(call):
        found = sql(f"{FEATURES} select * from ml.{call}", "bigquery")
        return sorted(
            (r["entity_id"], r["f_1"], r["f_2"], r["feature_timestamp"].strftime("%dT%H"))
            for r in found
        )

    return rows


def test_features_are_the_latest_as_of_the_time_which_they_show(rows):
    call = "features_at_time(table features, time => '2022-06-12 10:00:00+00'{})"
    assert rows(call.format(", num_rows => 1, ignore_feature_nulls => true")) == [
        ("id1", 11.0, 12.0, "12T10"), ("id2", 12.0, 24.0, "12T10")
    ]  # fmt: skip
    assert rows(call.format("")) == [("id1", 11.0, None, "12T10"), ("id2", 12.0, 24.0, "12T10")]


def test_what_comes_after_the_time_is_not_known(rows):
    call = "features_at_time(table features, time => timestamp '2022-06-11 10:00:00+00'{})"
    assert rows(call.format("")) == [("id1", 6.0, 12.0, "11T10"), ("id2", 7.0, None, "11T10")]
    assert rows(call.format(", ignore_feature_nulls => true")) == [
        ("id1", 6.0, 12.0, "11T10"), ("id2", 7.0, 4.0, "11T10")
    ]  # fmt: skip
    assert len(rows(call.format(", num_rows => 5"))) == 4


def test_without_a_time_it_is_now(rows):
    assert [row[1] for row in rows("features_at_time(table features)")] == [11.0, 12.0]


def test_every_entity_has_the_times_that_are_asked_for(rows):
    call = "entity_features_at_time(table features, table times{})"
    assert rows(call.format(", num_rows => 1, ignore_feature_nulls => TRUE")) == [
        ("id1", 1.0, 1.0, "10T13"), ("id1", 11.0, 12.0, "12T12"), ("id2", 7.0, 4.0, "11T10")
    ]  # fmt: skip
    assert len(rows(call.format(", num_rows => 2"))) == 5


def test_an_entity_without_features_by_then_has_no_row(sql):
    query = f"""{FEATURES} select * from ml.entity_features_at_time(table features,
        (select 'id3' as entity_id, timestamp '2022-06-12 12:00:00+00' as time union all
        select 'id1', timestamp '2022-01-01 00:00:00+00'))"""
    assert sql(query, "bigquery") == []


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            "features_at_time((select 1 as entity, now() as feature_timestamp))",
            StatementError,
            "the features have no column entity_id; expected entity_id and feature_timestamp among",
        ),
        (
            "entity_features_at_time(table f, (select 'a' as entity_id))",
            StatementError,
            "the entities' times have no column time",
        ),
        ("features_at_time(table f, num_rows => 0)", OptionError, "num_rows is 0"),
        ("features_at_time(table f, rows => 2)", OptionError, "has no parameter 'rows'"),
        ("entity_features_at_time(table f)", StatementError, "needs 2 tables or queries"),
    ],
)
def test_a_bad_call_is_refused(sql, call, error, words):
    sql("create or replace table f as select 'a' as entity_id, 1 as x, now() as feature_timestamp")
    with pytest.raises(error, match=re.escape(words)):
        sql(f"select * from ml.{call}")
