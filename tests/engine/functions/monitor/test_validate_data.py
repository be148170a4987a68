"""ML.VALIDATE_DATA_DRIFT, ML.VALIDATE_DATA_SKEW and ML.TFDV_DESCRIBE over rows."""

import json
import re

import pytest

from goldloop.errors import ModelKindError, OptionError, StatementError

DRIFT = "select * from ml.validate_data_drift(table was, table now_is{})"


def test_rows_do_not_drift_from_themselves(sql):
    rows = sql("select * from ml.validate_data_drift(table was, table was)")
    assert list(rows[0]) == ["input", "metric", "threshold", "value", "is_anomaly"]
    assert {row["value"] for row in rows} == {0.0}
    assert not any(row["is_anomaly"] for row in rows)


def test_numbers_diverge_and_categories_are_at_a_distance(sql):
    rows = {row["input"]: row for row in sql(DRIFT.format(""))}
    assert rows["half"]["metric"] == "JENSEN_SHANNON_DIVERGENCE"
    assert rows["category"]["metric"] == "L_INFTY"
    # Of 27 and of 57: a fifth has c4, which was not there before.
    was, now = {0: 7, 1: 7, 2: 7, 3: 6}, {0: 11, 1: 11, 2: 11, 3: 12, 4: 12}
    distance = max(abs(was.get(i, 0) / 27 - now[i] / 57) for i in now)
    assert rows["category"]["value"] == pytest.approx(distance)
    assert rows["flag"]["value"] == 0.5


def test_the_tables_and_the_messages_say_the_same(sql):
    told = "(select dataset_feature_statistics_list from ml.tfdv_describe(table {}))"
    (row,) = sql(
        f"select ml.tfdv_validate({told.format('was')}, {told.format('now_is')}, 'DRIFT') as a"
    )
    infos = json.loads(row["a"])["drift_skew_info"]
    found = {info["path"]["step"][0]: info["drift_measurements"][0]["value"] for info in infos}
    assert found == {row["input"]: pytest.approx(row["value"]) for row in sql(DRIFT.format(""))}


def test_more_buckets_tell_more_apart(sql):
    def half(parameters):
        rows = sql(DRIFT.format(parameters))
        return next(row["value"] for row in rows if row["input"] == "half")

    assert half(", struct(1 as num_histogram_buckets)") < half("")
    assert half("") < half(", struct(40 as num_histogram_buckets)")


def test_only_the_most_frequent_values_are_compared(sql):
    rows = sql(DRIFT.format(", struct(1 as num_rank_histogram_buckets)"))
    # The first of each side by frequency: c0 of one, c3 of the other.
    assert next(row["value"] for row in rows if row["input"] == "category") == 1.0


def test_thresholds_are_general_or_a_column_s_own(sql):
    given = "0.1 as numerical_default_threshold, 0.9 as categorical_default_threshold"
    rows = sql(DRIFT.format(f", struct({given}, [('FLAG', 0.2)] as thresholds)"))
    thresholds = {row["input"]: row["threshold"] for row in rows}
    assert (thresholds["half"], thresholds["category"], thresholds["flag"]) == (0.1, 0.9, 0.2)
    assert all(row["is_anomaly"] == (row["value"] > row["threshold"]) for row in rows)


def test_a_column_of_another_type_has_a_distance_but_no_divergence(sql):
    call = "select * from ml.validate_data_drift((select {} as x), (select {} as x){})"
    ((row),) = sql(call.format("'a'", "1", ""))
    assert (row["metric"], row["value"]) == ("L_INFTY", 1.0)
    divergence = ", struct('jensen_shannon_divergence' as categorical_metric_type)"
    assert sql(call.format("'a'", "1", divergence)) == []
    assert sql(call.format("1", "'a'", "")) == []


def test_of_no_values_there_is_no_divergence(sql):
    (row,) = sql(
        "select * from ml.validate_data_drift((select 1.0 as x), (select null::double as x))"
    )
    assert (row["value"], row["is_anomaly"]) == (None, None)


@pytest.fixture(scope="module")
def model(sql):
    sql(
        "create model m transform(ml.standard_scaler(n) over () as z, category, half) "
        "options(model_type = 'linear_reg', input_label_cols = ['half']) "
        "as select n, category, half from was"
    )


@pytest.mark.usefixtures("model")
def test_skew_is_of_the_raw_features_of_the_training_rows(sql):
    rows = sql("select * from ml.validate_data_skew(model m, table now_is)")
    drift = {row["input"]: row for row in sql(DRIFT.format(""))}
    assert [row["input"] for row in rows] == ["n", "category"]
    for row in rows:
        assert row["value"] == pytest.approx(drift[row["input"]]["value"])
    assert sql("select sum(value) as s from ml.validate_data_skew(model m, table was)") == [
        {"s": 0.0}
    ]


@pytest.mark.usefixtures("model")
def test_the_rows_that_trained_need_not_be_there_any_more(sql):
    before = sql("select * from ml.validate_data_skew(model m, table now_is)")
    sql("alter table was rename to gone")
    try:
        assert sql("select * from ml.validate_data_skew(model m, table now_is)") == before
    finally:
        sql("alter table gone rename to was")


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            "validate_data_skew(model m, table now_is, struct(true as enable_visualization_link))",
            OptionError,
            "enable_visualization_link is not supported: links are to Vertex AI",
        ),
        (
            "validate_data_drift(table was, table now_is, struct(0.1 as numerical_default_threshold"
            "), model m)",
            StatementError,
            "MODEL asks for links",
        ),
        (
            "validate_data_skew(model m, (select 1 as other))",
            StatementError,
            "none of the features",
        ),
        (
            "validate_data_drift(table was, (select 1 as other))",
            StatementError,
            "no column in common",
        ),
        (
            "validate_data_drift(table was, table now_is, struct([('hlaf', .1)] as thresholds))",
            OptionError,
            "Did you mean 'half'?",
        ),
        (
            "validate_data_drift(table was, table now_is, struct('l2' as categorical_metric_type))",
            OptionError,
            "categorical_metric_type is 'l2'",
        ),
        (
            "validate_data_drift(table was, table now_is, "
            "struct(1 as numerical_default_threshold))",
            OptionError,
            "numerical_default_threshold is 1; expected a number in [0, 1)",
        ),
    ],
)
def test_a_bad_call_is_refused(sql, call, error, words):
    with pytest.raises(error, match=re.escape(words)):
        sql(f"select * from ml.{call}")


def test_a_model_that_keeps_no_statistics_says_so(sql):
    sql(
        "create model series options(model_type = 'arima_plus', time_series_timestamp_col = 'd', "
        "time_series_data_col = 'n') as select date '2026-01-01' + n::int as d, n from was"
    )
    with pytest.raises(ModelKindError, match="series keeps no statistics of its training rows"):
        sql("select * from ml.validate_data_skew(model series, table was)")


def test_statistics_have_tensorflow_s_names(sql):
    (row,) = sql("select * from ml.tfdv_describe(table was)")
    (dataset,) = json.loads(row["dataset_feature_statistics_list"])["datasets"]
    features = {feature["name"]: feature for feature in dataset["features"]}
    assert dataset["num_examples"] == 40
    number = features["half"]["num_stats"]
    assert features["half"]["type"] == "FLOAT"
    assert number["common_stats"]["num_non_missing"] == 40
    standard, quantiles = number["histograms"]
    assert (standard["type"], quantiles["type"]) == ("STANDARD", "QUANTILES")
    assert sum(bucket["sample_count"] for bucket in standard["buckets"]) == 40
    assert standard["buckets"][0]["low_value"] == 0.5
    assert standard["buckets"][-1]["high_value"] == 20.0
    text = features["category"]["string_stats"]
    assert (text["unique"], text["common_stats"]["num_missing"]) == (4, 13)
    assert text["rank_histogram"]["buckets"][0] == {
        "low_rank": 0, "high_rank": 0, "label": "c0", "sample_count": 7.0
    }  # fmt: skip
    assert features["tags"]["string_stats"]["common_stats"]["num_values_histogram"]["buckets"]


def test_statistics_of_nothing_and_of_infinity_are_json(sql):
    rows = "(select unnest([1::double, 'inf', 'nan']) as x, null::double as n)"
    (row,) = sql(f"select * from ml.tfdv_describe({rows})")
    features = json.loads(row["dataset_feature_statistics_list"])["datasets"][0]["features"]
    assert features[0]["num_stats"]["min"] == 1.0
    assert features[0]["num_stats"]["max"] == "NaN"
    assert features[1]["num_stats"]["histograms"][0]["buckets"] == []
