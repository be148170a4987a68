"""The outputs that BigQuery ML's documentation prints for its preprocessing functions."""

import pytest

NUMBERS = "unnest([NULL, -3, 1, 2, 3, 4, 5]) as f order by f"
LETTERS = "unnest([NULL, 'a', 'b', 'b', 'c', 'c', 'c', 'd', 'd']) as f order by f"
DOCUMENTS = """(
    select 1 as id, ['I', 'like', 'pie', 'pie', 'pie', NULL] as f union all
    select 2 as id, ['yum', 'yum', 'pie', NULL] as f union all
    select 3 as id, ['I', 'yum', 'pie', NULL] as f union all
    select 4 as id, ['you', 'like', 'pie', NULL] as f
) order by id"""


def pairs(vector):
    return [(each["index"], each["value"]) for each in vector]


def test_bucketize(value):
    assert value("ml.bucketize(2.5, [1, 2, 3])") == "bin_3"
    assert value("ml.bucketize(2.5, [1, 2, 3], TRUE)") == "bin_2"
    assert value("ml.bucketize(2.5, [1, 2, 3], FALSE, 'bucket_ranges')") == "[2, 3)"
    assert (
        value("ml.bucketize(2.5, [1, 2, 3], FALSE, 'bucket_ranges_json')")
        == '{"start": "2", "end": "3"}'
    )


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("bucket_names", ["bin_1", "bin_2", "bin_2", "bin_3", "bin_3"]),
        ("bucket_ranges", ["(-inf, 2)", "[2, 4)", "[2, 4)", "[4, +inf)", "[4, +inf)"]),
        (
            "bucket_ranges_json",
            [
                '{"start": "-Infinity", "end": "2"}',
                '{"start": "2", "end": "4"}',
                '{"start": "2", "end": "4"}',
                '{"start": "4", "end": "Infinity"}',
                '{"start": "4", "end": "Infinity"}',
            ],
        ),
    ],
)
def test_quantile_bucketize(column, shown, expected):
    query = f"select f, ml.quantile_bucketize(f, 3, '{shown}') over() from unnest([1,2,3,4,5]) as f"
    assert column(f"{query} order by f") == expected


def test_feature_cross(value):
    crossed = value("ml.feature_cross(struct('a' as f1, 'b' as f2, 'c' as f3))")
    assert crossed == {"f1_f2": "a_b", "f1_f3": "a_c", "f2_f3": "b_c"}


def test_polynomial_expand(value):
    expanded = value("ml.polynomial_expand(struct(2 as f1, 3 as f2))")
    assert list(expanded.items()) == [
        ("f1", 2.0), ("f1_f1", 4.0), ("f1_f2", 6.0), ("f2", 3.0), ("f2_f2", 9.0)
    ]  # fmt: skip


def test_imputer(column):
    numbers = "unnest([NULL, -3, -3, -3, 1, 2, 3, 4, 5]) as f order by f nulls first"
    assert column(f"select ml.imputer(f, 'mean') over () from {numbers}")[0] == 0.75
    assert column(f"select ml.imputer(f, 'median') over () from {numbers}")[0] == 1.0
    texts = "unnest([NULL, NULL, NULL, NULL, 'a', 'a', 'b', 'b', 'c', 'c', 'c']) as f order by f"
    assert column(f"select ml.imputer(f, 'most_frequent') over () from {texts}") == (
        ["c"] * 4 + ["a"] * 2 + ["b"] * 2 + ["c"] * 3
    )


def test_label_encoder(column):
    assert column(f"select ml.label_encoder(f, 2, 2) over () from {LETTERS}") == (
        [0, 0, 1, 1, 2, 2, 2, 0, 0]
    )


def test_one_hot_encoder(column):
    query = f"select ml.one_hot_encoder(f, 'most_frequent', 10, 0) over () from {LETTERS}"
    assert [pairs(each) for each in column(query)] == [
        [(0, 1.0)], [(1, 1.0)], [(2, 1.0)], [(2, 1.0)],
        [(3, 0.0)], [(3, 0.0)], [(3, 0.0)], [(4, 1.0)], [(4, 1.0)],
    ]  # fmt: skip


def test_multi_hot_encoder(column):
    query = """select ml.multi_hot_encoder(f, 3, 1) over () from (
        select ['a', 'b', 'b', 'c', NULL] as f union all select ['c', 'c', 'd', 'd', NULL] as f
    ) order by f[offset(0)]"""
    assert [pairs(each) for each in column(query)] == [
        [(1, 1.0), (2, 1.0), (3, 1.0), (0, 1.0)], [(3, 1.0), (0, 1.0)]
    ]  # fmt: skip


def test_scalers(column):
    assert column("select f, ml.min_max_scaler(f) over () from unnest([1,2,3,4,5]) as f") == (
        [0.0, 0.25, 0.5, 0.75, 1.0]
    )
    assert column(f"select ml.max_abs_scaler(f) over () from {NUMBERS}") == pytest.approx(
        [None, -0.6, 0.2, 0.4, 0.6, 0.8, 1.0]
    )
    assert column(f"select ml.robust_scaler(f) over () from {NUMBERS}") == (
        [None, -5 / 3, -1 / 3, 0.0, 1 / 3, 2 / 3, 1.0]
    )
    standard = column("select ml.standard_scaler(f) over () from unnest([1,2,3,4,5]) as f")
    assert standard == pytest.approx(
        [-1.2649110640673518, -0.6324555320336759, 0.0, 0.6324555320336759, 1.2649110640673518]
    )


def test_normalizer(value):
    assert value("ml.normalizer([4.0, 1.0, 2.0, 2.0, 0.0])") == [0.8, 0.2, 0.4, 0.4, 0.0]


def test_ngrams(value):
    assert value("ml.ngrams(['a', 'b', 'c'], [2, 3], '#')") == ["a#b", "a#b#c", "b#c"]


@pytest.mark.parametrize(
    ("documents", "size", "expected"),
    [
        (
            ["['a', 'b', 'b', 'c']", "['a', 'c']"],
            "32, 1",
            [[(1, 1.0), (2, 2.0), (3, 1.0)], [(1, 1.0), (3, 1.0)]],
        ),
        (
            ["['a', 'b', 'b', 'b', 'c', 'c', 'c', 'c', 'd', 'd']", "['a', 'c', NULL]"],
            "4, 2",
            [[(0, 5.0), (1, 1.0), (2, 4.0)], [(0, 1.0), (1, 1.0), (2, 1.0)]],
        ),
        (
            ["['a', 'b', 'b', 'c']", "['a', 'c', 'c']"],
            "2, 1",
            [[(0, 2.0), (1, 1.0), (2, 1.0)], [(1, 1.0), (2, 2.0)]],
        ),
        (
            ["['a', 'b', 'b', 'c', 'd', 'd', 'd']", "['a', 'c', 'c', 'd', 'd', 'd']"],
            "2, 2",
            [[(0, 5.0), (1, 1.0), (2, 1.0)], [(0, 3.0), (1, 1.0), (2, 2.0)]],
        ),
    ],
)
def test_bag_of_words(column, documents, size, expected):
    rows = " union all ".join(f"select {i} as id, {d} as f" for i, d in enumerate(documents))
    found = column(f"select ml.bag_of_words(f, {size}) over () from ({rows}) order by id")
    assert [pairs(each) for each in found] == expected


def test_tf_idf(column):
    found = column(f"select ml.tf_idf(f, 3, 1) over () from {DOCUMENTS}")
    published = [
        [0.12679902142647365, 0.1412163100645339, 0.1412163100645339, 0.29389333245105953],
        [0.5705955964191315, 0.14694666622552977],
        [0.380397064279421, 0.21182446509680086, 0.14694666622552977],
        [0.380397064279421, 0.21182446509680086, 0.14694666622552977],
    ]
    indexes = [[0, 1, 2, 3], [0, 3], [0, 1, 3], [0, 2, 3]]
    assert [[index for index, _ in pairs(each)] for each in found] == indexes
    for vector, expected in zip(found, published, strict=True):
        assert [v for _, v in pairs(vector)] == pytest.approx(expected, rel=1e-12)
