"""Numbers: values and types of BigQuery's reference, computed by DuckDB."""

import decimal
import math

import pytest

VALUES = [
    ("7 / 2", 3.5),
    ("6 / 2", 3.0),
    ("-7 / 2", -3.5),
    ("div(20, 4)", 5),
    ("div(-7, 2)", -3),
    ("mod(25, 12)", 1),
    ("mod(-7, 3)", -1),
    ("safe_divide(20, 4)", 5.0),
    ("safe_divide(1, 0)", None),
    ("safe_divide(null, 0)", None),
    ("ieee_divide(20.0, 4.0)", 5.0),
    ("ieee_divide(25.0, 0.0)", math.inf),
    ("ieee_divide(-25.0, 0.0)", -math.inf),
    ("is_nan(ieee_divide(0.0, 0.0))", True),
    ("round(2.5)", 3.0),
    ("round(-2.5)", -3.0),
    ("round(2.3)", 2.0),
    ("round(123.7, -1)", 120.0),
    ("round(1.235, 2)", 1.24),
    ("round(5)", 5.0),
    ("round(2.345, 1)", 2.3),
    ("trunc(2.8)", 2.0),
    ("trunc(-2.8)", -2.0),
    ("trunc(1.239, 2)", 1.23),
    ("ceil(2.3)", 3.0),
    ("floor(-2.3)", -3.0),
    ("ceil(2)", 2.0),
    ("abs(-5)", 5),
    ("sign(-2.5)", -1.0),
    ("sqrt(25)", 5.0),
    ("cbrt(27)", pytest.approx(3.0)),
    ("pow(2, 3)", 8.0),
    ("power(2.0, 0.5)", 2.0**0.5),
    ("exp(0)", 1.0),
    ("ln(1)", 0.0),
    ("log(100, 10)", 2.0),
    ("log(8, 2)", 3.0),
    ("log(exp(2))", 2.0),
    ("log10(100)", 2.0),
    ("greatest(3, 5, 1)", 5),
    ("greatest(1, null)", None),
    ("least(1, null, 2)", None),
    ("least(3, 1)", 1),
    ("safe_add(5, 4)", 9),
    ("safe_add(9223372036854775807, 1)", None),
    ("safe_subtract(5, 4)", 1),
    ("safe_multiply(9223372036854775807, 2)", None),
    ("safe_negate(1)", -1),
    ("range_bucket(20, [0, 10, 20, 30, 40])", 3),
    ("range_bucket(25, [0, 10, 20, 30, 40])", 3),
    ("range_bucket(-10, [5, 6])", 0),
    ("range_bucket(100, [0, 10])", 2),
    ("range_bucket(null, [0, 10])", None),
    ("bit_count(5)", 2),
    ("5 & 3", 1),
    ("5 | 3", 7),
    ("5 ^ 3", 6),
    ("~5", -6),
    ("1 << 3", 8),
    ("16 >> 2", 4),
    ("0x1F", 31),
    ("1.5", 1.5),
    ("0.1 + 0.2", 0.1 + 0.2),
    (".5", 0.5),
    ("1e3", 1000.0),
    ("1.", 1.0),
    ("numeric '1.5'", decimal.Decimal("1.5")),
    ("cast('1.123456789' as numeric)", decimal.Decimal("1.123456789")),
    ("bignumeric '2.25'", decimal.Decimal("2.25")),
    ("cast(1.5 as numeric)", decimal.Decimal("1.5")),
    ("86400 * 365 * 100", 3153600000),
    ("2147483647 + 1", 2147483648),
    ("cast(3 as float64)", 3.0),
    ("cos(0)", 1.0),
    ("atan2(0, 1)", 0.0),
    ("acos(1)", 0.0),
    ("sinh(0)", 0.0),
    ("cot(1)", 1 / math.tan(1)),
    ("csc(1)", 1 / math.sin(1)),
    ("sec(1)", 1 / math.cos(1)),
    ("is_inf(cast('inf' as float64))", True),
    ("if(1 < 2, 'a', 'b')", "a"),
    ("if(null, 'a', 'b')", "b"),
    ("ifnull(null, 3)", 3),
    ("nullif(1, 1)", None),
    ("coalesce(null, null, 2)", 2),
    ("case 1 when 1 then 'one' else 'other' end", "one"),
    ("1 is distinct from null", True),
    ("3 between 1 and 5", True),
    ("2 in (1, 2)", True),
    ("2 in unnest([1, 2])", True),
    ("3 not in unnest([1, 2])", True),
    ("true and null", None),
    ("not false", True),
    ("true is not false", True),
    ("rand() between 0 and 1", True),
    ("length(generate_uuid())", 36),
    ("generate_uuid() like '________-____-4%'", True),
    ("cosine_distance([1.0, 2.0], [3.0, 4.0])", pytest.approx(0.01613008990009257)),
    ("euclidean_distance([1.0, 2.0], [3.0, 4.0])", pytest.approx(2.8284271247461903)),
    ("parse_numeric('123.45')", decimal.Decimal("123.45")),
    ("farm_fingerprint('foo')", 6150913649986995171),
    (
        "farm_fingerprint(concat(cast(1 as string), 'foo', cast(true as string)))",
        -1541654101129638711,
    ),
    ("farm_fingerprint(cast(null as string))", None),
    ("farm_fingerprint(b'foo')", 6150913649986995171),
    ("mod(abs(farm_fingerprint('2applefalse')), 10)", 9),
    ("safe.ln(0)", None),
    ("safe.sqrt(-1)", None),
    ("safe.substr('foo', 0, 2)", "fo"),
    ("safe.parse_date('%Y-%m-%d', 'no')", None),
    ("safe.parse_timestamp('%Y-%m-%d', 'no')", None),
    ("safe.log(10, 1)", None),
]

BIGINTS = [
    "1",
    "1 + 1",
    "count(*)",
    "[1][offset(0)]",
    "struct(1 as a).a",
    "extract(year from date '2024-01-01')",
    "length('a')",
    "max(1)",
    "sign(3)",
]


@pytest.mark.parametrize(("expression", "expected"), VALUES, ids=[each[0] for each in VALUES])
def test_a_number_has_bigquerys_value(bigquery, expression, expected):
    found = bigquery.value(expression)
    assert found == expected
    if not hasattr(expected, "abs"):  # an approximation has no type
        assert type(found) is type(expected)


@pytest.mark.parametrize("expression", BIGINTS)
def test_a_whole_number_is_an_int64(bigquery, expression):
    bigquery.rows(
        f"select {expression} as v from unnest([1, 2]) as x group by all"
        if "(x" not in expression and expression != "count(*)"
        else f"select {expression} as v from unnest([1, 2]) as x"
    )
    assert str(bigquery.con.description[0][1]) == "BIGINT"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("1 / 0", "division by zero"),
        ("1.5 / (2.0 - 2.0)", "division by zero"),
        ("div(1, 0)", "[Dd]ivision by zero"),
        ("mod(1, 0)", "[Dd]ivision by zero"),
        ("ln(0)", "LN"),
        ("log(0)", "LN"),
        ("log10(-1)", "LOG10"),
        ("sqrt(-1)", "SQRT"),
        ("cast('a' as int64)", "convert"),
        ("error('my own')", "my own"),
        ("9223372036854775807 + 1", "Overflow"),
        ("pow(-8, 0.5)", "POW"),
        ("acos(2)", "ACOS"),
    ],
)
def test_what_fails_in_bigquery_fails_here(bigquery, expression, words):
    with pytest.raises(Exception, match=words):
        bigquery.value(expression)
