"""ML.DESCRIBE_DATA against statistics computed from the rows in Python."""

import re
import statistics

import pytest

from goldloop.errors import OptionError, StatementError

COLUMNS = [
    "name", "num_rows", "num_nulls", "num_zeros", "min", "max", "mean", "stddev", "median",
    "quantiles", "unique", "avg_string_length", "num_values", "top_values", "min_array_length",
    "max_array_length", "avg_array_length", "total_array_length", "array_length_quantiles",
    "dimension",
]  # fmt: skip


def described(sql, rows, parameters=""):
    return {row["name"]: row for row in sql(f"select * from ml.describe_data({rows}{parameters})")}


def test_there_is_a_row_a_column_in_order_structs_by_field(sql):
    rows = sql("select * from ml.describe_data(table was)")
    assert [row["name"] for row in rows] == [
        "n", "half", "category", "flag", "numbers", "tags", "spot.x", "spot.y", "sparse", "day"
    ]  # fmt: skip
    assert list(rows[0]) == COLUMNS


def test_numbers_have_moments_of_the_population_and_quantiles(sql):
    row = described(sql, "table was", ", struct(4 as num_quantiles)")["half"]
    values = [i * 0.5 for i in range(1, 41)]
    assert row["mean"] == pytest.approx(statistics.fmean(values))
    assert row["stddev"] == pytest.approx(statistics.pstdev(values))
    assert (row["min"], row["max"], row["median"]) == ("0.5", "20", 10.0)
    assert row["quantiles"] == [0.5, 5.0, 10.0, 15.0, 20.0]
    assert row["num_values"] == 40
    assert (row["unique"], row["top_values"], row["avg_string_length"]) == (None, None, None)


def test_categories_have_values_by_frequency_then_by_name(sql):
    row = described(sql, "table was", ", struct(2 as top_k)")["category"]
    assert (row["num_rows"], row["num_nulls"], row["num_values"], row["unique"]) == (40, 13, 27, 4)
    assert row["top_values"] == [{"value": "c0", "count": 7}, {"value": "c1", "count": 7}]
    assert (row["min"], row["max"], row["avg_string_length"]) == ("c0", "c3", 2.0)
    assert (row["mean"], row["quantiles"], row["num_zeros"]) == (None, None, None)


def test_dates_and_booleans_are_categories(sql):
    rows = described(sql, "table was")
    assert rows["day"]["top_values"] == [{"value": "2026-01-02", "count": 14}]
    assert (rows["flag"]["min"], rows["flag"]["unique"]) == ("false", 2)


def test_arrays_are_measured_by_element_and_by_length(sql):
    rows = described(sql, "table was", ", struct(2 as num_array_length_quantiles)")
    numbers, tags = rows["numbers"], rows["tags"]
    lengths = [min(i % 3, 2) for i in range(1, 41)]
    assert (numbers["min_array_length"], numbers["max_array_length"]) == (0, 2)
    assert numbers["total_array_length"] == numbers["num_values"] == sum(lengths)
    assert numbers["avg_array_length"] == pytest.approx(statistics.fmean(lengths))
    assert numbers["array_length_quantiles"] == [0, 1, 2]
    assert tags["top_values"][0]["value"] == "u"


def test_a_sparse_vector_is_numbers_with_a_dimension(sql):
    row = described(sql, "table was")["sparse"]
    assert (row["dimension"], row["min"], row["max"]) == (3, "1", "40")


def test_nan_and_infinity_are_no_part_of_moments(sql):
    rows = "(select unnest([1::double, 3, 'nan', 'inf', '-inf']) as x)"
    row = described(sql, rows)["x"]
    assert (row["mean"], row["stddev"], row["min"]) == (2.0, 1.0, "-inf")


def test_columns_of_nothing_have_no_statistics(sql):
    row = described(sql, "(select null::double as x, null::varchar as c where false)")["x"]
    assert (row["num_rows"], row["num_values"], row["mean"], row["quantiles"]) == (0, 0, None, None)


def test_names_are_names_and_common_tables_may_be_given(sql):
    name = "it's; \"drop\" 'x'"
    quoted = '"' + name.replace('"', '""') + '"'
    rows = sql(f"with c as (select 1 as {quoted}) select * from ml.describe_data(table c)")
    assert rows[0]["name"] == name


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("table was, struct(0 as num_quantiles)", OptionError, "num_quantiles is 0"),
        ("table was, struct(10001 as top_k)", OptionError, "top_k is 10001"),
        ("table was, struct(3 as top)", OptionError, "Did you mean 'top_k'?"),
        ("model m, table was", StatementError, "No model"),
        ("(select map {'a': 1} as m)", StatementError, "column 'm' is MAP(TEXT, INT)"),
        ("", StatementError, "needs the rows"),
    ],
)
def test_a_bad_call_is_refused(sql, call, error, words):
    if "No model" in words:
        error = Exception
    with pytest.raises(error, match=re.escape(words)):
        sql(f"select * from ml.describe_data({call})")
