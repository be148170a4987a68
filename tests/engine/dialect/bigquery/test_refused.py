"""What DuckDB cannot say is an error that names it, never another value."""

import pytest

from goldloop.errors import StatementError


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("soundex('a')", "SOUNDEX is not available"),
        ("net.host('http://a.b')", "NET.HOST is not available"),
        ("st_geogpoint(1, 2)", "ST_GEOGPOINT is not available"),
        ("hll_count.init(1)", "HLL_COUNT.INIT is not available"),
        ("keys.new_keyset('AEAD_AES_GCM_256')", "KEYS.NEW_KEYSET is not available"),
        ("session_user()", "SESSION_USER is not available"),
        ("safe_convert_bytes_to_string(b'a')", "SAFE_CONVERT_BYTES_TO_STRING is not available"),
        ("normalize('a', nfkc)", "NORMALIZE to NFKC is not available"),
        ("to_base32(b'a')", "TO_BASE32 is not available"),
        ("json_set(json '{}', '$.a', 1)", "JSON_SET is not available"),
        ("search('a', 'b')", "SEARCH is not available"),
        ("approx_top_sum('a', 1, 2)", "APPROX_TOP_SUM is not available"),
        ("instr('a', 'b', -1)", "INSTR: position and occurrence"),
        ("format('%p', 1)", "the specifier %p is not available"),
        ("format('%d')", "there is no argument for %d"),
        ("format('%d', 1, 2)", "1 arguments too many"),
        ("format(concat('%', 'd'), 1)", "expected a text literal"),
        ("format_date('%L', date '2024-01-01')", "the format element %L is not available"),
        ("parse_date('%Q', '1')", "the format element %Q is not available"),
        ("cast(1.5 as string format '9.9')", "a FORMAT between these types"),
        ("farm_fingerprint(1)", "FARM_FINGERPRINT takes a STRING or BYTES"),
        ("timestamp_diff(current_timestamp(), current_timestamp(), month)", "take their dates"),
        ("date_add(date '2024-01-01', interval 1 isoyear)", "DATE_ADD adds no ISOYEAR"),
        ("round(2.5, 0, 'ROUND_UP')", "there is no rounding mode 'ROUND_UP'"),
        ("generate_date_array('2024-01-01', '2024-02-01', interval x month)", "written out"),
        ("json_value('{}', concat('$', '.a'))", "must be a text literal"),
    ],
)
def test_a_function_is_refused_by_name(bigquery, expression, words):
    with pytest.raises(StatementError, match=words.replace("(", r"\(")):
        bigquery.value(expression)


def test_a_function_of_the_users_own_is_left_alone(bigquery):
    bigquery.con.execute("create or replace temp macro my_own(x) as x + 1")
    assert bigquery.value("my_own(1)") == 2


def test_an_argument_that_may_fail_itself_is_not_hidden_by_safe(bigquery):
    with pytest.raises(StatementError, match="argument that may fail itself"):
        bigquery.rows("select safe.substr('a', cast(ln(x) as int64)) from unnest([1.0]) as x")
