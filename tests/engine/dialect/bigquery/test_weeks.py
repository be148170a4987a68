"""Days and weeks, as BigQuery counts them."""

import datetime as dt

import pytest

from goldloop.errors import StatementError


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
    bigquery, day, isoyear, isoweek, year, week, dayofweek
):
    found = {
        part: bigquery.value(f"extract({part} from date '{day}')")
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
def test_a_week_begins_on_the_day_that_is_named(bigquery, first_day, week):
    assert bigquery.value(f"extract(week({first_day}) from date '2017-11-05')") == week


def test_every_week_agrees_with_a_count_of_its_first_days(bigquery):
    for number, first_day in enumerate(["sunday", "monday", "tuesday", "saturday"]):
        weekday = {0: 6, 1: 0, 2: 1, 3: 5}[number]
        for offset in range(0, 366, 13):
            day = dt.date(2023, 1, 1) + dt.timedelta(days=offset)
            expected = sum(
                (dt.date(2023, 1, 1) + dt.timedelta(days=past)).weekday() == weekday
                for past in range(offset + 1)
            )
            assert bigquery.value(f"extract(week({first_day}) from date '{day}')") == expected


def test_an_unknown_day_or_part_is_refused_with_the_nearest(bigquery):
    with pytest.raises(StatementError, match="Did you mean 'MONDAY'"):
        bigquery.value("extract(week(mondy) from date '2024-01-01')")
    with pytest.raises(StatementError, match="Did you mean 'MONTH'"):
        bigquery.value("date_trunc(date '2024-01-01', month_)")
