import datetime as dt
import math

import duckdb
import pytest

from goldloop.errors import GoldloopError
from goldloop.scoring.expressions import (
    balanced_sum,
    double,
    doubles,
    feature,
    literal,
    logistic,
    numeric,
)

DOUBLES = [0.0, 1.5, -1.5, 0.1, 1e-5, 1e22, 5e-324, 1.7976931348623157e308, -2.5e-17, 1 / 3]
LITERALS = [
    ("it's", "VARCHAR"),
    ("", "VARCHAR"),
    (7, "BIGINT"),
    (-(2**63) + 1, "BIGINT"),
    (2**63, "HUGEINT"),
    (True, "BOOLEAN"),
    (-0.25, "DOUBLE"),
    (dt.date(2026, 6, 28), "DATE"),
    (dt.datetime(2026, 6, 28, 13, 5, 1, 250), "TIMESTAMP"),
]


def value_and_type(expression):
    sql = expression.sql("duckdb")
    return duckdb.connect().execute(f"SELECT {sql}, typeof({sql})").fetchall()[0]


def test_a_list_of_doubles_reads_back_exactly():
    values = [*DOUBLES, *(math.sin(n) * 10.0 ** (n % 600 - 300) for n in range(2000))]
    assert value_and_type(doubles(values)) == (values, "DOUBLE[]")


def test_a_list_of_doubles_with_infinity_is_refused():
    with pytest.raises(GoldloopError, match="A fitted parameter is inf"):
        doubles([1.0, math.inf])


@pytest.mark.parametrize("value", DOUBLES)
def test_a_double_reads_back_exactly(value):
    assert value_and_type(double(value)) == (value, "DOUBLE")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_parameter_that_is_not_finite_is_refused(value):
    with pytest.raises(GoldloopError, match="expected a finite number"):
        double(value)


@pytest.mark.parametrize(("value", "sql_type"), LITERALS)
def test_a_literal_keeps_its_value_and_type(value, sql_type):
    assert value_and_type(literal(value)) == (value, sql_type)


def test_a_literal_of_another_type_is_refused():
    with pytest.raises(GoldloopError, match="of type bytes"):
        literal(b"x")


def test_a_feature_is_found_by_its_exact_name():
    column = feature('a "b" c').sql("duckdb")
    sql = f'SELECT {column} FROM (SELECT 3 AS "a ""b"" c") AS _row'
    assert duckdb.connect().execute(sql).fetchall() == [(3,)]


def test_a_sum_of_thousands_of_terms_stays_shallow():
    total = balanced_sum([double(i) for i in range(5000)])
    assert value_and_type(total) == (sum(range(5000)), "DOUBLE")


def test_an_empty_sum_is_zero():
    assert value_and_type(balanced_sum([])) == (0.0, "DOUBLE")


@pytest.mark.parametrize("z", [-1e4, -745.0, -1.0, 0.0, 1.0, 745.0, 1e4])
def test_the_logistic_neither_overflows_nor_loses_the_tail(z):
    expected = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(max(z, -800)) / (1 + math.exp(z))
    assert value_and_type(logistic(double(z)))[0] == pytest.approx(expected, rel=1e-15, abs=0)


def test_the_logistic_of_null_is_null():
    sql = logistic(numeric(feature("z"))).sql("duckdb")
    rows = duckdb.connect().execute(f"SELECT {sql} FROM (SELECT NULL AS z) AS _row")
    assert rows.fetchall() == [(None,)]
