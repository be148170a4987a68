"""What contribution analysis and AI.KEY_DRIVERS refuse, and with which reason."""

import duckdb
import pytest
from contribution_rows import insights

from goldloop.errors import OptionError, StatementError, TrainingDataError


@pytest.mark.parametrize(
    ("options", "columns", "message"),
    [
        ({}, "x, shop, is_test, n", None),
        ({"dimension_id_cols": ["shop"]}, "x, shop, kind, is_test", "the column 'kind'; expected"),
        ({"dimension_id_cols": ["shop", "x"]}, "x, shop, is_test", "'x', which contribution_met"),
        ({"dimension_id_cols": ["shops"]}, "x, shop, is_test", r"nearest|Did you mean 'shop'"),
        ({}, "x, 1.5 as shop, is_test", "dimension 'shop' is of type"),
        ({}, "x, is_test", "no column is left for dimension_id_cols"),
        ({}, "'a' as x, shop, is_test", "sums 'x' of type VARCHAR"),
        ({}, "n, shop, is_test", "names the column 'x', which the query does not return"),
        ({}, "-x as x, shop, is_test", "'x' of contribution_metric is negative in"),
        ({"min_apriori_support": 0.0}, "-x as x, shop, is_test", None),
        ({}, "x, shop, 1 as is_test", "is_test_col 'is_test' is of type .*; expected BOOL"),
        ({}, "x, shop, true as is_test", "is FALSE in no row"),
    ],
)
def test_columns_that_cannot_be_analysed_are_refused(shop, options, columns, message):
    if message is None:
        assert insights(shop, "SUM(x)", columns=columns, **options)
        return
    with pytest.raises(TrainingDataError, match=message):
        insights(shop, "SUM(x)", columns=columns, **options)


@pytest.mark.parametrize(
    "metric",
    ["AVG(x)", "SUM(x) + 1", "SUM(AVG(x))", "SUM(x)/COUNT(n)", "x", "SUM(x)/SUM(n)/SUM(n)", ""],
)
def test_other_metrics_are_refused(shop, metric):
    with pytest.raises(OptionError, match=r"expected SUM\(x\) or SUM\(a\)/SUM\(b\) or SUM\(x\)/"):
        insights(shop, metric)


def test_options_that_exclude_each_other_are_refused(shop):
    with pytest.raises(OptionError, match="min_apriori_support and top_k_insights_by"):
        insights(shop, "SUM(x)", min_apriori_support=0.2, top_k_insights_by_apriori_support=3)
    with pytest.raises(OptionError, match="option is_test_col is missing"):
        shop.sql(
            "create model shop.other options(model_type='contribution_analysis', "
            "contribution_metric='SUM(x)') as select x from shop.sales"
        )


def test_a_transform_clause_is_refused(shop):
    with pytest.raises(OptionError, match="contribution_analysis takes no TRANSFORM"):
        shop.sql(
            "create or replace model shop.why transform(x, shop, n > 3 as is_test) "
            "options(model_type='contribution_analysis', contribution_metric='SUM(x)', "
            "is_test_col='is_test') as select x, shop, n from shop.sales"
        )


def drivers(shop, **named_arguments):
    given = {
        "metric_col": "'x'",
        "dimension_cols": "['shop']",
        "interest_label_col": "'is_test'",
        **named_arguments,
    }
    text = ", ".join(f"{name} => {value}" for name, value in given.items())
    return shop.sql(f"select * from ai.key_drivers(table shop.sales, {text})").fetchall()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"metric_col": "'y'"}, "metric_col names the column 'y', which its rows do not have"),
        ({"metric_col": "'SUM(x)/SUM(n)'"}, r"expected SUM\(x\) over columns"),
        ({"metric_col": "'shop'", "dimension_cols": "['kind']"}, "expected a number"),
        ({"interest_label_col": "'kind'"}, "interest_label_col names 'kind' of type VARCHAR"),
        ({"dimension_cols": "['shop', 'is_test']"}, "dimension_cols names 'is_test', which is"),
        ({"dimension_cols": "['shop', 'SHOP']"}, "given twice"),
        ({"top_k": "3", "min_apriori_support": "0.2"}, "exclude each other"),
        ({"top_k": "0"}, r"top_k is 0; expected an integer in \[1"),
        ({"wanted": "3"}, "has no parameter 'wanted'"),
    ],
)
def test_key_drivers_say_what_is_wrong(shop, given, message):
    with pytest.raises((StatementError, OptionError), match=message):
        drivers(shop, **given)


def test_negative_numbers_have_no_support(shop):
    with pytest.raises((StatementError, duckdb.Error), match="'minus' holds negative numbers"):
        shop.sql(
            "select * from ai.key_drivers((select -1 as minus, shop, is_test from shop.sales), "
            "metric_col => 'minus', dimension_cols => 'shop', interest_label_col => 'is_test')"
        )
