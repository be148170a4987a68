"""ML.CORRELATION: BigQuery's documented example, and SciPy's coefficients."""

import numpy as np
import pytest
from scipy import stats

import goldloop
from goldloop.errors import OptionError, StatementError

# The table of BigQuery's page on ML.CORRELATION.
MARKETING = """
create schema d;
create table d.marketing as
select * from unnest([
    struct('USA' as country, 'New York' as city, 'Electronics' as product_category,
        100 as ad_spend, 150 as budget, 1000 as revenue),
    ('USA', 'New York', 'Electronics', 150, 200, 1500),
    ('USA', 'New York', 'Apparel', 200, 250, 1800),
    ('USA', 'Seattle', 'Apparel', 220, 240, 2400),
    ('USA', 'Seattle', 'Apparel', 300, 320, 2700),
    (null, 'London', 'Electronics', 100, 120, 500),
    (null, 'London', 'Electronics', 200, 220, 900),
    (null, null, 'Apparel', 200, 200, 1000),
    (null, null, 'Apparel', 250, 250, 1200)]);
create table d.numbers as
select
    i as id, mod(i * 7, 5) as kind, mod(i * i, 11) as x,
    if(mod(i, 13) = 0, null, mod(i * 37, 17) + mod(i * i, 11)) as y,
    sin(i) + i / 30 as z
from unnest(generate_array(1, 60)) as i;
"""


@pytest.fixture(scope="module")
def session():
    with goldloop.connect() as session:
        session.sql(MARKETING)
        yield session


def correlation(session, rows="table d.marketing", columns="*", **given):
    text = ", ".join(f"{name} => {value!r}" for name, value in given.items())
    return session.sql(f"select {columns} from ml.correlation({rows}, {text})").fetchall()


def test_the_documented_example_of_one_dimension(session):
    found = correlation(
        session,
        columns="country, segment, round(correlation, 3), segment_size",
        target_col="revenue",
        target_correlation_cols="ad_spend",
        dimension_cols=["country"],
    )
    usa = [{"dimension_col": "country", "dimension_value": '"USA"'}]
    none = [{"dimension_col": "country", "dimension_value": "null"}]
    assert found == [(None, [], 0.698, 9), ("USA", usa, 0.968, 5), (None, none, 0.99, 4)]


def test_the_documented_example_of_two_dimensions(session):
    found = correlation(
        session,
        "(select * from d.marketing where country = 'USA')",
        "city, product_category, target_col, corr_col, round(correlation, 3), segment_size, "
        "segment_proportion",
        target_col="revenue",
        target_correlation_cols=["ad_spend", "budget"],
        dimension_cols=["city", "product_category"],
    )
    assert found[:2] == [
        (None, None, "revenue", "ad_spend", 0.968, 5, 1.0),
        (None, None, "revenue", "budget", 0.924, 5, 1.0),
    ]
    assert sorted(found[2:5], key=str) == sorted(
        [
            ("New York", None, "revenue", "ad_spend", 0.990, 3, 0.6),
            (None, "Apparel", "revenue", "ad_spend", 0.866, 3, 0.6),
            ("New York", None, "revenue", "budget", 0.990, 3, 0.6),
        ],
        key=str,
    )


def expected(method, x, y):
    if method == "PEARSON":
        return stats.pearsonr(x, y)[0]
    if method == "KENDALL":
        return stats.kendalltau(x, y)[0]
    ranks = (stats.rankdata(values, method="min") for values in (x, y))
    return stats.pearsonr(*ranks)[0]


@pytest.mark.parametrize("method", ["PEARSON", "SPEARMAN", "KENDALL"])
def test_pairs_without_null_are_correlated_in_every_segment(session, method):
    rows = session.sql("select kind, x, y, z from d.numbers").fetchall()
    found = correlation(
        session,
        "table d.numbers",
        "kind, corr_col, correlation, segment_size",
        target_col="x",
        target_correlation_cols=["y", "z"],
        dimension_cols="kind",
        method=method,
    )
    assert len(found) == 12
    for kind, name, value, size in found:
        inside = [row for row in rows if kind is None or row[0] == kind]
        assert size == len(inside)
        pairs = [(row[1], row[2 if name == "y" else 3]) for row in inside]
        x, y = np.array([pair for pair in pairs if pair[1] is not None], dtype=float).T
        assert value == pytest.approx(expected(method, x, y), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("method", ["PEARSON", "SPEARMAN", "KENDALL"])
def test_one_row_has_no_correlation_and_no_rows_have_none(session, method):
    one = "(select 1 as x, 2 as y)"
    given = {"target_col": "x", "target_correlation_cols": "y", "method": method}
    assert correlation(session, one, "correlation, segment_size", **given) == [(None, 1)]
    none = "(select 1 as x, 2 as y from d.numbers where false)"
    assert correlation(session, none, **given) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"target_col": "revenu"}, "'revenu', which its rows do not have.*'revenue'"),
        ({"target_col": "city"}, "target_col names 'city' of type VARCHAR; expected a number"),
        ({"target_correlation_cols": ["budget", "Budget"]}, "names 'budget' twice"),
        ({"dimension_cols": ["city"] * 13}, "names 13 columns; expected at most 12"),
        ({"method": "chi"}, "method is 'chi'; expected one of pearson, spearman, kendall"),
        ({"target_col": None}, "target_col is missing"),
    ],
)
def test_what_cannot_be_correlated_is_refused(session, given, message):
    options = {"target_col": "revenue", "target_correlation_cols": ["ad_spend"], **given}
    options = {name: value for name, value in options.items() if value is not None}
    with pytest.raises((OptionError, StatementError), match=message):
        correlation(session, **options)
