"""Dates, times and intervals: values and types of BigQuery's reference, computed by DuckDB."""

import datetime as dt

import pytest

UTC = dt.UTC
D, DT = dt.date, dt.datetime


def at(*parts):
    return dt.datetime(*parts, tzinfo=UTC)


VALUES = [
    # DATE_ADD, DATE_SUB and + - keep a DATE
    ("date_add(date '2024-01-31', interval 1 month)", D(2024, 2, 29)),
    ("date_add(date '2008-12-25', interval 5 day)", D(2008, 12, 30)),
    ("date_add(date '2024-11-30', interval 1 quarter)", D(2025, 2, 28)),
    ("date_sub(date '2008-12-25', interval 5 day)", D(2008, 12, 20)),
    ("date_sub(date '2024-01-08', interval 1 week)", D(2024, 1, 1)),
    ("date_sub(date '2024-02-29', interval 1 year)", D(2023, 2, 28)),
    ("date '2024-01-31' + 1", D(2024, 2, 1)),
    ("date '2024-01-31' - 1", D(2024, 1, 30)),
    ("date '2024-01-01' + interval 1 day", DT(2024, 1, 2)),
    ("date_diff(date '2010-07-07', date '2008-12-25', day)", 559),
    ("date_diff(date '2017-10-15', date '2017-10-14', day)", 1),
    ("date_diff(date '2017-10-15', date '2017-10-14', week)", 1),
    ("date_diff(date '2017-12-30', date '2014-12-30', year)", 3),
    ("date_diff(date '2017-12-30', date '2014-12-30', isoyear)", 2),
    ("date_diff(date '2017-12-18', date '2017-12-17', week)", 0),
    ("date_diff(date '2017-12-18', date '2017-12-17', week(monday))", 1),
    ("date_diff(date '2017-12-18', date '2017-12-17', isoweek)", 1),
    ("date_diff(date '2017-12-17', date '2017-12-18', isoweek)", -1),
    ("date_diff(date '2024-02-01', date '2024-01-31', month)", 1),
    ("date_diff(date '2024-01-31', date '2024-02-01', month)", -1),
    ("date_diff(date '2024-04-01', date '2024-03-31', quarter)", 1),
    ("date_diff(date '2024-01-01', date '1960-06-01', week)", 3318),
    # truncation
    ("date_trunc(date '2008-12-25', month)", D(2008, 12, 1)),
    ("date_trunc(date '2024-05-17', quarter)", D(2024, 4, 1)),
    ("date_trunc(date '2024-05-17', day)", D(2024, 5, 17)),
    ("date_trunc(date '2024-05-17', week)", D(2024, 5, 12)),
    ("date_trunc(date '2024-05-12', week)", D(2024, 5, 12)),
    ("date_trunc(date '2017-11-05', week(monday))", D(2017, 10, 30)),
    ("date_trunc(date '2017-11-05', week(saturday))", D(2017, 11, 4)),
    ("date_trunc(date '2017-11-05', isoweek)", D(2017, 10, 30)),
    ("date_trunc(date '2015-06-15', isoyear)", D(2014, 12, 29)),
    ("date_trunc(date '2024-12-30', isoyear)", D(2024, 12, 30)),
    ("date_trunc(datetime '2024-05-17 10:00:00', month)", DT(2024, 5, 1)),
    ("datetime_trunc(datetime '2008-12-25 15:30:00', day)", DT(2008, 12, 25)),
    ("datetime_trunc(datetime '2008-12-25 15:30:45', hour)", DT(2008, 12, 25, 15)),
    ("datetime_trunc(datetime '2017-11-05 00:00:00', week(monday))", DT(2017, 10, 30)),
    ("datetime_trunc(datetime '2015-06-15 00:00:00', isoyear)", DT(2014, 12, 29)),
    ("datetime_trunc(datetime '2008-12-25 15:30:45', week)", DT(2008, 12, 21)),
    ("timestamp_trunc(timestamp '2008-12-25 15:30:00+00', day)", at(2008, 12, 25)),
    (
        "timestamp_trunc(timestamp '2008-12-25 15:30:00+00', day, 'America/Los_Angeles')",
        at(2008, 12, 25, 8),
    ),
    ("timestamp_trunc(timestamp '2017-11-06 00:00:00+12', week(monday))", at(2017, 10, 30)),
    ("timestamp_trunc(timestamp '2008-12-25 15:30:45+00', minute)", at(2008, 12, 25, 15, 30)),
    ("time_trunc(time '15:30:45', hour)", dt.time(15)),
    # datetimes and timestamps
    ("datetime_add(datetime '2008-12-25 15:30:00', interval 10 minute)", DT(2008, 12, 25, 15, 40)),
    ("datetime_sub(datetime '2008-12-25 15:30:00', interval 10 minute)", DT(2008, 12, 25, 15, 20)),
    ("datetime_add(datetime '2024-01-31', interval 1 month)", DT(2024, 2, 29)),
    (
        "datetime_diff(datetime '2010-07-07 10:20:00', datetime '2008-12-25 15:30:00', day)",
        559,
    ),
    (
        "datetime_diff(datetime '2017-10-15 00:00:00', datetime '2017-10-14 00:00:00', week)",
        1,
    ),
    ("datetime_diff(datetime '2024-01-01 01:00:00', datetime '2024-01-01 00:59:00', hour)", 1),
    (
        "timestamp_add(timestamp '2008-12-25 15:30:00+00', interval 10 minute)",
        at(2008, 12, 25, 15, 40),
    ),
    (
        "timestamp_sub(timestamp '2008-12-25 15:30:00+00', interval 10 minute)",
        at(2008, 12, 25, 15, 20),
    ),
    ("timestamp_add(timestamp '2024-01-01 00:00:00+00', interval 2 day)", at(2024, 1, 3)),
    (
        "timestamp_diff(timestamp '2010-07-07 10:20:00+00', timestamp '2008-12-25 15:30:00+00', "
        "hour)",
        13410,
    ),
    (
        "timestamp_diff(timestamp '2018-08-14', timestamp '2018-10-14', day)",
        -61,
    ),
    (
        "timestamp_diff('2001-02-01 01:00:00', '2001-02-01 00:00:01', hour)",
        0,
    ),
    (
        "timestamp_diff(timestamp '2001-02-01 00:00:59+00', timestamp '2001-02-01 00:00:00+00', "
        "minute)",
        0,
    ),
    ("time_add(time '15:30:00', interval 10 minute)", dt.time(15, 40)),
    ("time_sub(time '15:30:00', interval 10 minute)", dt.time(15, 20)),
    ("time_diff(time '15:30:00', time '14:35:00', minute)", 55),
    # making and taking apart
    ("date(2016, 12, 25)", D(2016, 12, 25)),
    ("date(datetime '2016-12-25 23:59:59')", D(2016, 12, 25)),
    ("date(timestamp '2016-12-25 05:30:00+07', 'America/Los_Angeles')", D(2016, 12, 24)),
    ("date(timestamp '2016-12-25 05:30:00+07')", D(2016, 12, 24)),
    ("datetime(2008, 12, 25, 5, 30, 0)", DT(2008, 12, 25, 5, 30)),
    (
        "datetime(timestamp '2008-12-25 05:30:00+00', 'America/Los_Angeles')",
        DT(2008, 12, 24, 21, 30),
    ),
    ("datetime(date '2008-12-25')", DT(2008, 12, 25)),
    ("datetime(date '2008-12-25', time '05:30:00')", DT(2008, 12, 25, 5, 30)),
    ("timestamp('2008-12-25 15:30:00+00')", at(2008, 12, 25, 15, 30)),
    ("timestamp('2008-12-25 15:30:00', 'America/Los_Angeles')", at(2008, 12, 25, 23, 30)),
    ("timestamp('2008-12-25 15:30:00 UTC')", at(2008, 12, 25, 15, 30)),
    ("timestamp(datetime '2008-12-25 15:30:00')", at(2008, 12, 25, 15, 30)),
    ("timestamp(date '2008-12-25')", at(2008, 12, 25)),
    ("timestamp '2008-12-25 15:30:00 America/Los_Angeles'", at(2008, 12, 25, 23, 30)),
    ("timestamp '2008-12-25T15:30:00Z'", at(2008, 12, 25, 15, 30)),
    ("time(15, 30, 0)", dt.time(15, 30)),
    ("time(datetime '2008-12-25 15:30:00')", dt.time(15, 30)),
    ("last_day(date '2008-11-25')", D(2008, 11, 30)),
    ("last_day(date '2008-11-25', month)", D(2008, 11, 30)),
    ("last_day(date '2008-11-25', year)", D(2008, 12, 31)),
    ("last_day(date '2008-11-10', week)", D(2008, 11, 15)),
    ("last_day(date '2008-11-10', week(sunday))", D(2008, 11, 15)),
    ("last_day(date '2008-11-10', week(monday))", D(2008, 11, 16)),
    ("last_day(date '2008-11-10', isoweek)", D(2008, 11, 16)),
    ("last_day(date '2008-11-10', quarter)", D(2008, 12, 31)),
    ("last_day(datetime '2008-11-10 15:30:00', week(monday))", D(2008, 11, 16)),
    ("extract(date from datetime '2024-05-17 10:11:12')", D(2024, 5, 17)),
    ("extract(time from datetime '2024-05-17 10:11:12')", dt.time(10, 11, 12)),
    ("extract(quarter from date '2024-05-17')", 2),
    ("extract(dayofyear from date '2024-12-31')", 366),
    ("extract(hour from timestamp '2024-05-17 10:11:12+00')", 10),
    ("extract(hour from timestamp '2024-05-17 10:11:12+00' at time zone 'Asia/Tokyo')", 19),
    ("extract(day from timestamp '2008-12-25 05:30:00+00' at time zone 'America/New_York')", 25),
    ("extract(second from time '15:30:45')", 45),
    ("extract(millisecond from datetime '2024-05-17 10:11:12.345678')", 345),
    ("extract(microsecond from datetime '2024-05-17 10:11:12.345678')", 345678),
    # epochs
    ("unix_date(date '2008-12-25')", 14238),
    ("date_from_unix_date(14238)", D(2008, 12, 25)),
    ("unix_seconds(timestamp '2008-12-25 15:30:00+00')", 1230219000),
    ("unix_millis(timestamp '2008-12-25 15:30:00+00')", 1230219000000),
    ("unix_micros(timestamp '2008-12-25 15:30:00+00')", 1230219000000000),
    ("unix_seconds(timestamp '1970-01-01 00:00:01.8+00')", 1),
    ("timestamp_seconds(1230219000)", at(2008, 12, 25, 15, 30)),
    ("timestamp_millis(1230219000000)", at(2008, 12, 25, 15, 30)),
    ("timestamp_micros(1230219000000000)", at(2008, 12, 25, 15, 30)),
    # series
    (
        "generate_date_array('2016-10-05', '2016-10-08')",
        [D(2016, 10, 5), D(2016, 10, 6), D(2016, 10, 7), D(2016, 10, 8)],
    ),
    (
        "generate_date_array(date '2016-10-05', date '2016-10-09', interval 2 day)",
        [D(2016, 10, 5), D(2016, 10, 7), D(2016, 10, 9)],
    ),
    (
        "generate_date_array('2016-10-05', '2016-10-01', interval -3 day)",
        [D(2016, 10, 5), D(2016, 10, 2)],
    ),
    ("generate_date_array('2016-10-05', '2016-10-01', interval 1 day)", []),
    (
        "generate_date_array(date '2016-01-31', date '2016-04-30', interval 1 month)",
        [D(2016, 1, 31), D(2016, 2, 29), D(2016, 3, 31), D(2016, 4, 30)],
    ),
    (
        "generate_timestamp_array('2016-10-05 00:00:00', '2016-10-07 00:00:00', interval 1 day)",
        [at(2016, 10, 5), at(2016, 10, 6), at(2016, 10, 7)],
    ),
    # text
    ("format_date('%x', date '2008-12-25')", "12/25/08"),
    ("format_date('%b-%d-%Y', date '2008-12-25')", "Dec-25-2008"),
    ("format_date('%b %Y', date '2008-12-25')", "Dec 2008"),
    (
        "format_date('%A %a %B %h %j %y %C', date '2008-12-25')",
        "Thursday Thu December Dec 360 08 20",
    ),
    ("format_date('%e|%u|%w|%U|%W|%V|%G|%g', date '2008-01-05')", " 5|6|6|00|00|01|2008|08"),
    ("format_date('%F %D %Q %%', date '2008-05-01')", "2008-05-01 05/01/08 2 %"),
    ("format_date('%E4Y%n%t%J', date '2008-05-01')", "2008\n\t123"),
    (
        "format_datetime('%c', datetime '2008-12-25 15:30:00')",
        "Thu Dec 25 15:30:00 2008",
    ),
    (
        "format_datetime('%R %T %I %l %k %p %P %H%M%S %X', datetime '2008-12-25 05:30:00')",
        "05:30 05:30:00 05  5  5 AM am 053000 05:30:00",
    ),
    (
        "format_datetime('%E3S|%E*S|%E6S', datetime '2008-12-25 15:30:01.25')",
        "01.250|01.25|01.250000",
    ),
    ("format_datetime('%E*S', datetime '2008-12-25 15:30:01')", "01"),
    (
        "format_timestamp('%c', timestamp '2050-12-25 15:30:55+00', 'UTC')",
        "Sun Dec 25 15:30:55 2050",
    ),
    ("format_timestamp('%b-%d-%Y', timestamp '2050-12-25 15:30:55+00')", "Dec-25-2050"),
    (
        "format_timestamp('%Y-%m-%d %H:%M:%S%z|%Ez|%Z', timestamp '2050-12-25 15:30:55+00')",
        "2050-12-25 15:30:55+0000|+00:00|UTC",
    ),
    (
        "format_timestamp('%F %H', timestamp '2050-12-25 15:30:55+00', 'Asia/Tokyo')",
        "2050-12-26 00",
    ),
    ("format_timestamp('%s', timestamp '2008-12-25 15:30:00+00')", "1230219000"),
    ("format_time('%R', time '15:30:00')", "15:30"),
    ("parse_date('%A %b %e %Y', 'Thursday Dec 25 2008')", D(2008, 12, 25)),
    ("parse_date('%Y%m%d', '20081225')", D(2008, 12, 25)),
    ("parse_date('%F', '2000-12-30')", D(2000, 12, 30)),
    ("parse_date('%x', '12/25/08')", D(2008, 12, 25)),
    ("parse_date('%b %Y', 'Oct 2018')", D(2018, 10, 1)),
    ("parse_datetime('%Y-%m-%d %H:%M:%S', '1998-10-18 13:45:55')", DT(1998, 10, 18, 13, 45, 55)),
    ("parse_datetime('%m/%d/%Y %I:%M:%S %p', '8/30/2018 2:23:38 pm')", DT(2018, 8, 30, 14, 23, 38)),
    ("parse_datetime('%c', 'Thu Dec 25 15:30:00 2008')", DT(2008, 12, 25, 15, 30)),
    ("parse_timestamp('%c', 'Thu Dec 25 07:30:00 2008')", at(2008, 12, 25, 7, 30)),
    (
        "parse_timestamp('%Y-%m-%d %H:%M:%S', '2008-12-25 07:30:00', 'America/Los_Angeles')",
        at(2008, 12, 25, 15, 30),
    ),
    ("parse_timestamp('%Y-%m-%dT%H:%M:%S%z', '2008-12-25T07:30:00+0200')", at(2008, 12, 25, 5, 30)),
    ("parse_timestamp('%F %T', '2008-12-25 07:30:00')", at(2008, 12, 25, 7, 30)),
    (
        "parse_timestamp('%Y-%m-%d %H:%M:%E*S', '2008-12-25 07:30:00.25')",
        at(2008, 12, 25, 7, 30, 0, 250000),
    ),
    ("parse_timestamp('%s', '1230219000')", at(2008, 12, 25, 15, 30)),
    ("parse_time('%H', '15')", dt.time(15)),
    ("parse_time('%I:%M:%S %p', '2:23:38 pm')", dt.time(14, 23, 38)),
    # casts
    ("cast('2024-05-17' as date)", D(2024, 5, 17)),
    ("cast(date '2024-05-17' as datetime)", DT(2024, 5, 17)),
    ("cast(date '2024-05-17' as timestamp)", at(2024, 5, 17)),
    ("cast(timestamp '2024-05-17 10:00:00+00' as date)", D(2024, 5, 17)),
    ("cast(timestamp '2024-05-17 10:00:00+00' as string)", "2024-05-17 10:00:00+00"),
    ("cast(datetime '2024-05-17 10:00:00' as string)", "2024-05-17 10:00:00"),
    ("cast(date '2024-05-17' as string)", "2024-05-17"),
    ("cast(date '2024-05-17' as string format 'YYYYMMDD')", "20240517"),
    ("cast('18-12-03' as date format 'YY-MM-DD')", D(2018, 12, 3)),
    (
        "cast(timestamp '2008-12-25 00:00:00+00' as string format 'YYYY-MM-DD HH24:MI:SS')",
        "2008-12-25 00:00:00",
    ),
    (
        "cast(datetime '2024-05-17 15:04:05' as string format 'MON DD, YYYY HH12:MI AM')",
        "MAY 17, 2024 03:04 PM",
    ),
    # intervals and comparisons
    ("interval 1 year + interval 2 month = interval 14 month", True),
    (
        "timestamp '2024-01-02 00:00:00+00' - timestamp '2024-01-01 00:00:00+00' "
        "= interval 24 hour",
        True,
    ),
    ("date '2024-01-01' > '2023-12-31'", True),
    ("date '2021-05-20' - date '2020-04-19' = interval 396 day", True),
    ("extract(week from date_add(date '2024-01-01', interval 6 day))", 1),
    ("date_add('2024-01-01', interval 1 day)", D(2024, 1, 2)),
    ("date_trunc('2024-05-17', month)", D(2024, 5, 1)),
    ("date_diff('2024-05-17', '2024-05-01', day)", 16),
    ("extract(year from cast('2024-05-17' as date))", 2024),
    ("date_add(null, interval 1 day)", None),
    ("timestamp_trunc(null, day)", None),
    ("date_bucket(date '1950-01-02', interval 2 day)", D(1950, 1, 1)),
    ("timestamp_bucket(timestamp '1950-01-02 13:00:00', interval 12 hour)", at(1950, 1, 2, 12)),
]


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[each[0] for each in VALUES])
def test_a_date_or_time_has_bigquerys_value_and_type(bigquery, expression, expected):
    found = bigquery.value(expression)
    assert found == expected
    assert type(found) is type(expected)
    if isinstance(expected, dt.datetime):
        assert (found.tzinfo is None) == (expected.tzinfo is None)
