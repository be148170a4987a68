"""Preprocessing functions at the edges: NULL, ties, constants, extremes, no rows, bad arguments."""

import re

import pytest

from goldloop.errors import GoldloopError, OptionError, StatementError

SCALERS = ["standard_scaler", "min_max_scaler", "max_abs_scaler", "robust_scaler"]


@pytest.mark.parametrize("scaler", SCALERS)
def test_a_scaler_keeps_null_and_does_not_divide_by_nothing(column, scaler):
    query = f"select ml.{scaler}(x) over () from unnest([NULL, 0, 0]) as x order by x"
    assert column(query) == [None, 0.0, 0.0]
    assert column(f"select ml.{scaler}(x) over () from unnest([7]) as x") != [None]


@pytest.mark.parametrize(
    "call",
    [
        *(f"{scaler}(1.5)" for scaler in SCALERS),
        "quantile_bucketize(1, 3)", "imputer(1, 'mean')", "label_encoder('a')",
        "one_hot_encoder('a', 'most_frequent')", "multi_hot_encoder(['a'])",
        "bag_of_words(['a'])", "tf_idf(['a'])",
    ],
)  # fmt: skip
def test_of_no_rows_there_is_nothing(column, call):
    assert column(f"select ml.{call} over () from (select 1) where false") == []


def test_a_column_of_nothing_but_null_is_scaled_to_null(column):
    rows = "unnest([cast(NULL as float64), NULL]) as x"
    for scaler in SCALERS:
        assert column(f"select ml.{scaler}(x) over () from {rows}") == [None, None]
    assert column(f"select ml.imputer(x, 'mean') over () from {rows}") == [None, None]
    assert column(f"select ml.quantile_bucketize(x, 2) over () from {rows}") == [None, None]


def test_a_bucket_has_its_lower_bound(column):
    assert column(
        "select ml.bucketize(x, [0, 2.5]) from unnest([-1e300, 0, 2.5, 1e300, NULL]) as x"
    ) == ["bin_1", "bin_2", "bin_3", "bin_3", None]
    assert column(
        "select ml.bucketize(x, [0, 2.5], false, 'bucket_ranges') from unnest([-1, 0, 3]) as x"
    ) == ["(-inf, 0)", "[0, 2.5)", "[2.5, +inf)"]


def test_without_boundaries_two_points_bound_no_bucket(value):
    assert value("ml.bucketize(5, [1, 2], true, 'bucket_ranges')") == "(-inf, +inf)"


def test_equal_quantiles_bound_no_bucket_between_them(column):
    query = "select ml.quantile_bucketize(x, 4) over () from unnest([1, 1, 1, 1, 1, 9]) as x"
    assert column(f"{query} order by x") == ["bin_2"] * 5 + ["bin_2"]


def test_quantiles_are_the_values_whose_rank_reaches_them(column):
    # 9 * (2 / 3) is 6: the sixth value, not the seventh.
    query = "select ml.quantile_bucketize(x, 3, 'bucket_ranges') over () from "
    found = column(f"{query} unnest([1, 2, 3, 4, 5, 6, 7, 8, 9]) as x order by x")
    assert found[-1] == "[6, +inf)"


def test_the_most_frequent_of_ties_is_the_first_by_name(column):
    rows = "unnest([NULL, 'b', 'a', 'b', 'a']) as x order by x"
    assert column(f"select ml.imputer(x, 'most_frequent') over () from {rows}")[0] == "a"
    assert column(f"select ml.label_encoder(x, 1, 1) over () from {rows}") == [0, 1, 1, 0, 0]


def test_rare_categories_are_unknown_by_default(column):
    rows = "unnest(['a', 'a', 'a', 'a', 'a', 'b']) as x order by x"
    assert column(f"select ml.label_encoder(x) over () from {rows}") == [1] * 5 + [0]


def test_an_empty_or_missing_document_has_no_words(column):
    rows = "(select ['a'] as d union all select [] union all select NULL) order by len(d)"
    for name in ("bag_of_words", "tf_idf", "multi_hot_encoder"):
        found = column(f"select ml.{name}(d, 9, 1) over () from {rows}", "duckdb")
        assert sorted(map(len, found)) == [0, 0, 1]


def test_a_feature_cross_of_null_is_null(value):
    crossed = value("ml.feature_cross(struct('a' as f1, cast(NULL as string) as f2), 3)")
    assert crossed == {"f1_f2": None}


def test_features_are_crossed_and_expanded_in_order_up_to_the_degree(value):
    three = "struct(2 as a, 3 as b, 5 as c)"
    assert list(value(f"ml.feature_cross({three}, 3)")) == ["a_b", "a_b_c", "a_c", "b_c"]
    expanded = value(f"ml.polynomial_expand({three}, 3)")
    assert len(expanded) == 19
    assert expanded["a_b_c"] == 30.0
    assert list(value(f"ml.polynomial_expand({three}, 1)")) == ["a", "b", "c"]


def test_features_without_a_name_of_their_own_have_their_column_s(column):
    (found,) = column("select ml.polynomial_expand(struct(x, t.y)) from (select 2 x, 3 y) as t")
    assert found == {"x": 2.0, "x_x": 4.0, "x_y": 6.0, "y": 3.0, "y_y": 9.0}


@pytest.mark.parametrize(
    ("degree", "norm"),
    [("0", 2), ("1", 7), ("2.0", 5), ("3", 91 ** (1 / 3)), ("cast('+inf' as float64)", 4)],
)
def test_a_norm_is_that_of_its_degree(value, degree, norm):
    assert value(f"ml.lp_norm([3.0, -4.0, 0.0], {degree})") == pytest.approx(norm, rel=1e-15)
    normal = value(f"ml.normalizer([3.0, -4.0, 0.0], {degree})")
    assert normal == pytest.approx([3 / norm, -4 / norm, 0], rel=1e-15)


def test_the_norm_of_null_is_null_and_of_nothing_is_nothing(value):
    assert value("ml.lp_norm(cast(null as array<float64>), 2)") is None
    assert value("ml.normalizer([0.0, 0.0])") == [0.0, 0.0]


def test_distances(value):
    assert value("ml.distance([1.0, 2.0], [4.0, 6.0])") == 5.0
    assert value("ml.distance([1, 2], [4, 6], 'MANHATTAN')") == 7.0
    assert value("ml.distance([1.0, 0.0], [1.0, 1.0], 'cosine')") == pytest.approx(1 - 0.5**0.5)
    assert value("ml.distance([1.0], cast(null as array<float64>), 'MANHATTAN')") is None


def test_vectors_of_two_lengths_have_no_distance(value):
    for kind in ("EUCLIDEAN", "MANHATTAN", "COSINE"):
        with pytest.raises(GoldloopError, match="dimensions must be equal"):
            value(f"ml.distance([1.0, 2.0], [4.0], '{kind}')")


def test_hash_buckets_are_of_the_fingerprint_without_its_sign(value):
    whole = value("ml.hash_bucketize('a', 0)")
    assert whole < 0
    assert value("ml.hash_bucketize('a', 1000)") == (whole + 2**64) % 1000
    assert value("ml.hash_bucketize(cast(null as string), 10)") is None


def test_tokens_are_joined_by_a_space_in_every_length(value):
    assert value("ml.ngrams(['a', 'b', 'c'], 2)") == ["a b", "b c"]
    assert value("ml.ngrams(['a'], [2, 3])") == []


def test_functions_nest_and_leave_names_of_columns_alone(column):
    query = """select ml.bucketize(ml.lp_norm(ml.normalizer(value), 2), [0.5, 2]) from
        (select [3.0, 4.0] as value, 1 as vocabulary)"""
    assert column(query) == ["bin_2"]
    query = "select ml.bucketize(ml.standard_scaler(x) over (), [0]) from unnest([1, 2, 3]) as x"
    assert column(query) == ["bin_1", "bin_2", "bin_2"]


def test_a_function_is_called_in_any_part_of_a_query(column):
    query = """with s as (select x, ml.label_encoder(x, 9, 1) over () as id from
        unnest(['b', 'a', 'c']) as x) select x from s
        where id > 1 and ml.bucketize(id, [3]) = 'bin_2'"""
    assert column(query) == ["c"]


def test_functions_are_of_duckdb_s_dialect_too(column):
    assert column(
        "select ml.min_max_scaler(x) over () from unnest([1, 2, 3]) as t(x)", "duckdb"
    ) == [0.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("ml.standard_scaler(x)", StatementError, "is an analytic function"),
        ("ml.standard_scaler(x) over (partition by x)", StatementError, "its OVER() is empty"),
        ("ml.standard_scaler(x) over (order by x)", StatementError, "its OVER() is empty"),
        ("ml.bucketize(x, [1]) over ()", StatementError, "takes no OVER()"),
        (
            "ml.standard_scaler(ml.imputer(x, 'mean') over ()) over ()",
            StatementError,
            "is an analytic function, too",
        ),
        ("ml.standard_scaler(x, 2) over ()", StatementError, "is given 2 arguments"),
        ("ml.bucketize(x)", StatementError, "is given 1 arguments"),
        ("ml.bucketize(x, [2, 1])", OptionError, "[2, 1]; expected one or more numbers, ascending"),
        ("ml.bucketize(x, [])", OptionError, "expected one or more numbers"),
        ("ml.bucketize(x, ['a'])", OptionError, "expected an array of finite numbers"),
        ("ml.bucketize(x, y)", OptionError, "array_split_points is y; expected a constant"),
        ("ml.bucketize(x, [1], 'yes')", OptionError, "exclude_boundaries is yes; expected TRUE or"),
        (
            "ml.bucketize(x, [1], true, 'bucket_name')",
            OptionError,
            "output_format is bucket_name; expected one of bucket_names, bucket_ranges, "
            "bucket_ranges_json: ML.BUCKETIZE(numerical_expression, array_split_points "
            "[, exclude_boundaries] [, output_format]). Did you mean 'bucket_names'?",
        ),
        ("ml.quantile_bucketize(x, 0) over ()", OptionError, "num_buckets is 0"),
        ("ml.hash_bucketize('a', -1)", OptionError, "hash_bucket_size is -1"),
        ("ml.feature_cross(x)", OptionError, "expected STRUCT(column, value AS name, …)"),
        ("ml.feature_cross(struct(1, 2))", StatementError, "the feature 1 has no name"),
        ("ml.feature_cross(struct(x, y as x))", StatementError, "'x' is given twice"),
        ("ml.feature_cross(struct(x, y), 5)", OptionError, "degree is 5; expected an integer in"),
        (
            f"ml.polynomial_expand(struct({', '.join(f'x as x{i}' for i in range(11))}))",
            StatementError,
            "is given 11 features; expected at most 10",
        ),
        ("ml.imputer(x, 'middle') over ()", OptionError, "strategy is middle"),
        ("ml.label_encoder(x, 0) over ()", OptionError, "top_k is 0"),
        ("ml.label_encoder(x, 1000000) over ()", OptionError, "top_k is 1000000"),
        ("ml.label_encoder(x, 9, -1) over ()", OptionError, "frequency_threshold is -1"),
        ("ml.one_hot_encoder(x, 'first') over ()", OptionError, "drop is first"),
        ("ml.robust_scaler(x, [75, 25]) over ()", OptionError, "0 < lower < upper < 100"),
        ("ml.normalizer([1], 0.5)", OptionError, "p is 0.5; expected 0, a number of 1 or more"),
        ("ml.ngrams(x, [3, 2])", OptionError, "range is [3, 2]"),
        ("ml.ngrams(x, 2, 3)", OptionError, "separator is 3; expected a text"),
        (
            "ml.distance([struct('a' as d, 1.0 as m)], [2.0])",
            OptionError,
            "one of named dimensions is not supported",
        ),
        ("ml.distance(x, y, 'HAMMING')", OptionError, "type is HAMMING"),
    ],
)
def test_a_bad_call_is_refused_with_what_was_expected(value, call, error, words):
    with pytest.raises(error, match=re.escape(words)):
        value(f"{call} from (select 1 as x, 2 as y)")
