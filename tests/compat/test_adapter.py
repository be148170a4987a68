"""What the adapter `goldloop` does to names and types."""

import pytest

from dbt.adapters.goldloop.connections import in_double_quotes
from dbt.adapters.goldloop.credentials import GoldloopCredentials
from goldloop.dbt.plugin import Plugin
from goldloop.dialect.types import duckdb_type
from goldloop.errors import OptionError, StatementError


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select `a b` from t", 'select "a b" from t'),
        ("insert into `p-1.d`.t select 1", 'insert into "p-1"."d".t select 1'),
        ('select `a"b`', 'select "a""b"'),
        ("select '`', `x`", "select '`', \"x\""),
        ("select 'it''s `', `x` -- `y`", "select 'it''s `', \"x\" -- `y`"),
        ('select "`" /* `z` */, $$`$$', 'select "`" /* `z` */, $$`$$'),
    ],
)
def test_backticks_quote_names_and_nothing_within_texts_and_comments(sql, expected):
    assert in_double_quotes(sql) == expected


@pytest.mark.parametrize(
    ("bigquery", "duckdb"),
    [
        ("int64", "BIGINT"),
        ("FLOAT64", "DOUBLE"),
        ("datetime", "TIMESTAMP"),
        ("timestamp", "TIMESTAMPTZ"),
        ("array<struct<x float64, y string>>", "STRUCT(x DOUBLE, y TEXT)[]"),
        ("bytes", "BLOB"),
    ],
)
def test_types_become_duckdbs(bigquery, duckdb):
    assert duckdb_type(bigquery) == duckdb


def test_what_is_no_type_is_refused():
    with pytest.raises(StatementError, match="'a, b' is no type of BigQuery"):
        duckdb_type("a, b")


def test_duckdbs_settings_are_no_mistake_in_the_plugins_config():
    credentials = GoldloopCredentials("memory", "main", settings={"memory_limit": "1GB"})
    assert credentials.settings == {"memory_limit": "1GB", "TimeZone": "UTC"}
    Plugin("goldloop", credentials.settings, credentials)
    with pytest.raises(OptionError, match="no config 'allowed_estimator'"):
        Plugin("goldloop", credentials.settings | {"allowed_estimator": []}, credentials)
