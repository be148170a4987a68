"""BigQuery's values, computed by DuckDB from the translated SQL."""

import datetime as dt

import duckdb
import pytest

from goldloop.dialect import parse_script
from goldloop.dialect.bigquery_to_duckdb import duckdb_sql, with_bigquery_meaning
from goldloop.errors import StatementError


def value_of(expression):
    (statement,) = parse_script(f"select {expression} as value")
    sql = duckdb_sql(with_bigquery_meaning(statement.tree))
    return duckdb.connect().execute(sql).fetchall()[0][0]


# The table of EXTRACT in BigQuery's reference of date functions, and some days beside it.
@pytest.mark.parametrize(
    ("day", "isoyear", "isoweek", "year", "week", "dayofweek"),
    [
        ("2015-12-23", 2015, 52, 2015, 51, 4),
        ("2015-12-27", 2015, 52, 2015, 52, 1),
        ("2016-01-02", 2015, 53, 2016, 0, 7),
        ("2016-01-03", 2015, 53, 2016, 1, 1),
        ("2016-01-08", 2016, 1, 2016, 1, 6),
        ("2024-12-31", 2025, 1, 2024, 52, 3),
    ],
)
def test_days_and_weeks_are_counted_as_bigquery_counts_them(
    day, isoyear, isoweek, year, week, dayofweek
):
    found = {
        part: value_of(f"extract({part} from date '{day}')")
        for part in ("isoyear", "isoweek", "year", "week", "dayofweek")
    }
    assert found == {
        "isoyear": isoyear,
        "isoweek": isoweek,
        "year": year,
        "week": week,
        "dayofweek": dayofweek,
    }


@pytest.mark.parametrize(("first_day", "week"), [("sunday", 45), ("monday", 44)])
def test_a_week_begins_on_the_day_that_is_named(first_day, week):
    assert value_of(f"extract(week({first_day}) from date '2017-11-05')") == week


def test_every_week_agrees_with_a_count_of_its_first_days():
    for number, first_day in enumerate(["sunday", "monday", "tuesday", "saturday"]):
        weekday = {0: 6, 1: 0, 2: 1, 3: 5}[number]
        for offset in range(0, 366, 13):
            day = dt.date(2023, 1, 1) + dt.timedelta(days=offset)
            expected = sum(
                (dt.date(2023, 1, 1) + dt.timedelta(days=past)).weekday() == weekday
                for past in range(offset + 1)
            )
            assert value_of(f"extract(week({first_day}) from date '{day}')") == expected


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("date_add(date '2024-01-31', interval 1 month)", dt.date(2024, 2, 29)),
        ("date_sub(date '2024-01-08', interval 1 week)", dt.date(2024, 1, 1)),
        (
            "date_add(date_add(date '2024-01-01', interval 1 day), interval 1 day)",
            dt.date(2024, 1, 3),
        ),
        ("date_trunc(date '2024-05-17', month)", dt.date(2024, 5, 1)),
        ("date_trunc(date '2024-05-17', week)", dt.date(2024, 5, 12)),
        ("date_trunc(date '2024-05-17', isoweek)", dt.date(2024, 5, 13)),
        ("datetime_add(datetime '2024-01-01', interval 1 day)", dt.datetime(2024, 1, 2)),
        ("extract(date from datetime '2024-05-17 10:11:12')", dt.date(2024, 5, 17)),
        ("extract(millisecond from datetime '2024-05-17 10:11:12.345678')", 345),
        ("extract(microsecond from datetime '2024-05-17 10:11:12.345678')", 345678),
        (
            "extract(dayofweek from date_add(date '2024-01-01', "
            "interval extract(dayofweek from date '2024-01-01') day))",
            4,
        ),
    ],
)
def test_dates_keep_their_value_and_type(expression, value):
    found = value_of(expression)
    assert found == value
    assert type(found) is type(value)


def test_a_number_with_a_point_is_a_double():
    assert value_of("1.5") == 1.5
    assert type(value_of("1.5")) is float
    assert value_of("0.1 + 0.2") == 0.1 + 0.2


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("farm_fingerprint('a')", "FARM_FINGERPRINT is not available yet"),
        ("format('%.2f', 1.5)", "FORMAT is not available yet"),
        ("extract(week(someday) from date '2024-01-01')", "expected a day: SUNDAY"),
    ],
)
def test_a_value_duckdb_would_get_wrong_is_refused(expression, words):
    with pytest.raises(StatementError, match=words):
        value_of(expression)


def test_what_sqlglot_cannot_write_for_duckdb_is_refused():
    (statement,) = parse_script("create table t (a int64) partition by a")
    with pytest.raises(StatementError, match="DuckDB cannot run this"):
        duckdb_sql(with_bigquery_meaning(statement.tree))
