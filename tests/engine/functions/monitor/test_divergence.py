"""Divergences against those that TensorFlow Data Validation's own tests print (metrics_test.cc)."""

import json
import math

import pytest

from goldloop.errors import OptionError


def message(*buckets, nan=0):
    listed = [
        dict(zip(("low_value", "high_value", "sample_count"), b, strict=True)) for b in buckets
    ]
    histogram = {"num_nan": nan, "buckets": listed, "type": "STANDARD"}
    feature = {"name": "x", "type": "FLOAT", "num_stats": {"histograms": [histogram]}}
    return json.dumps({"datasets": [{"features": [feature]}]})


def ranks(**counts):
    buckets = [{"label": label, "sample_count": count} for label, count in counts.items()]
    feature = {
        "name": "x",
        "type": "STRING",
        "string_stats": {"rank_histogram": {"buckets": buckets}},
    }
    return json.dumps({"datasets": [{"features": [feature]}]})


@pytest.fixture
def compare(sql):
    """Return a function: the measurement of the one feature of two messages."""

    def compare(base, study, arguments=", 'DRIFT'"):
        call = f"ml.tfdv_validate('{base}', '{study}'{arguments})"
        (row,) = sql(f"select {call} as a")
        (info,) = json.loads(row["a"])["drift_skew_info"]
        (measurement,) = info.get("drift_measurements") or info["skew_measurements"]
        return measurement

    return compare


@pytest.mark.parametrize(
    ("base", "study", "value"),
    [
        (message((1, 2, 2), (2, 3, 2)), message((1, 2, 2), (2, 3, 2)), 0.0),
        (message((1, 2, 2), (2, 3, 2)), message((2, 4, 2), (4, 6, 2)), 0.65563906222),
        (message((0, 1, 2), (1, 2, 2)), message((3, 4, 2), (4, 6, 2)), 1.0),
        (message((1, 1, 4)), message((2, 4, 2), (4, 6, 2)), 1.0),
        (message((1, 2, 3), nan=1), message((1, 2, 4)), 0.13792538096),
    ],
    ids=["same", "different boundaries", "no overlap", "one point", "NaN"],
)
def test_histograms(compare, base, study, value):
    found = compare(base, study)
    assert found["type"] == "JENSEN_SHANNON_DIVERGENCE"
    assert found["value"] == pytest.approx(value, abs=1e-9)


def test_a_point_is_compared_with_the_same_point(compare):
    found = compare(message((1, 1, 3), (2, 2, 1)), message((1, 1, 1), (2, 2, 3)))
    m = 0.5
    half = 0.75 * math.log2(0.75 / m) + 0.25 * math.log2(0.25 / m)
    assert found["value"] == pytest.approx(half)


BASE, STUDY = ranks(A=116, B=86, C=36), ranks(A=775, B=795, C=279, D=0)


def test_categories_by_their_largest_change_of_share(compare):
    p, q = [116 / 238, 86 / 238, 36 / 238], [775 / 1849, 795 / 1849, 279 / 1849]
    found = compare(BASE, STUDY)
    assert found["type"] == "L_INFTY"
    assert found["value"] == pytest.approx(max(abs(a - b) for a, b in zip(p, q, strict=True)))
    by_divergence = compare(BASE, STUDY, ", 'SKEW', 0.3, 'JENSEN_SHANNON_DIVERGENCE'")
    expected = sum(
        (a * math.log2(2 * a / (a + b)) + b * math.log2(2 * b / (a + b))) / 2
        for a, b in zip(p, q, strict=True)
    )
    assert by_divergence["value"] == pytest.approx(expected)


def test_fields_that_protobuf_leaves_out_have_their_defaults(compare):
    feature = (
        '{"path": {"step": ["x"]}, "num_stats": {"histograms": [{"buckets": '
        '[{"high_value": 2.0, "sample_count": 4.0}]}]}}'
    )
    bare = f'{{"datasets": [{{"features": [{feature}]}}]}}'
    assert compare(bare, message((0, 2, 1)))["value"] == 0.0


def test_an_anomaly_says_what_is_too_far_and_a_threshold_may_be_a_column_s_own(sql):
    call = "ml.tfdv_validate('{}', '{}', 'SKEW', .3, 'L_INFTY', .3, 'JENSEN_SHANNON_DIVERGENCE'{})"
    (row,) = sql(f"select {call.format(BASE, STUDY, '')} as a")
    assert json.loads(row["a"])["anomaly_info"] == {}
    (row,) = sql(f"select {call.format(BASE, STUDY, ', [(' + repr('X') + ', 0.05)]')} as a")
    info = json.loads(row["a"])["anomaly_info"]["x"]
    assert info["reason"][0]["type"] == "COMPARATOR_L_INFTY_HIGH"
    assert info["description"].startswith(
        "The Linfty distance between training and serving is 0.06"
    )
    assert "above the threshold 0.05" in info["description"]


def test_columns_of_messages_are_compared_row_by_row(sql):
    rows = f"(select '{BASE}' as b, '{STUDY}' as s union all select '{BASE}', '{BASE}')"
    values = sql(
        "select (ml.tfdv_validate(b, s) -> '$.drift_skew_info[0].skew_measurements[0].value')"
        f"::double as value from {rows} order by value"
    )
    assert [row["value"] > 0 for row in values] == [False, True]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("'DRFT'", "detection_type is DRFT; expected one of skew, drift"),
        ("'DRIFT', 1.0", r"categorical_default_threshold is 1.0; expected a number in \[0, 1\)"),
        ("'DRIFT', .3, 'L_INFTY', .3, 'L_INFTY'", "numerical_metric_type is L_INFTY"),
        ("'DRIFT', .3, 'L2'", "categorical_metric_type is L2"),
        (
            "'DRIFT', .3, 'L_INFTY', .3, 'JENSEN_SHANNON_DIVERGENCE', [('x', 2)]",
            r"thresholds has \('x', 2\)",
        ),
    ],
)
def test_a_bad_argument_is_refused(sql, arguments, words):
    with pytest.raises(OptionError, match=words):
        sql(f"select ml.tfdv_validate('', '', {arguments}) as a")
