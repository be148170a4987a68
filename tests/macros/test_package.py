"""The macros in a project that installs only the package."""

import datetime as dt
import statistics
from collections import Counter

import pytest

from goldloop.evaluation import (
    CLASSIFICATION_METRICS,
    CLUSTERING_METRICS,
    REGRESSION_METRICS,
)

pytestmark = pytest.mark.pipeline

JOBS = ["job_id", "hours", "price", "accepted"]
PROVENANCE = [
    "_model",
    "_model_version",
    "_predicted_at",
    "_invocation_id",
    "_entity_key",
    "_input_fingerprint",
]


def test_the_package_parses_without_a_warning(workshop):
    assert "Warning" not in workshop.log_of_first_build.split("Found ")[0]


def test_predict_is_a_whole_model_with_the_predictions_beside_the_rows(workshop):
    assert workshop.columns("predicted_whole") == [*JOBS, "predicted_price"]
    rows = workshop.rows("select hours, predicted_price from predicted_whole order by all")
    assert rows == [(1, 11.0), (2, 22.0), (4, 44.0), (5, 55.0)]


def test_predict_takes_a_query_a_threshold_and_the_columns_to_keep(workshop):
    assert workshop.columns("predicted_in_cte") == [
        "job_id",
        "predicted_accepted",
        "predicted_accepted_probs",
    ]
    rows = workshop.rows("select job_id from predicted_in_cte order by all")
    assert rows == [("J2",), ("J3",), ("J4",)]


def test_predict_is_a_subquery_in_parentheses(workshop):
    assert workshop.rows("from predicted_in_parentheses") == [(55.0,)]


@pytest.mark.parametrize(
    ("relation", "metrics"),
    [
        ("evaluated_price", REGRESSION_METRICS),
        ("evaluated_acceptance", ("threshold", *CLASSIFICATION_METRICS)),
        ("evaluated_groups", CLUSTERING_METRICS),
        ("stored_price", REGRESSION_METRICS),
    ],
)
def test_evaluate_returns_the_engines_metrics_in_their_order(workshop, relation, metrics):
    assert workshop.columns(relation) == list(metrics)


def test_evaluate_knows_label_and_kind_by_the_card(workshop):
    # Errors 1, 0, 4, 10: of the retrained model, 11 an hour, overtime not being in `jobs`.
    assert workshop.rows("select mean_absolute_error from evaluated_price") == [(3.75,)]


def test_evaluate_applies_the_threshold(workshop):
    rows = workshop.rows("select threshold, recall from evaluated_acceptance order by all")
    assert rows == [("default", 0.5), ("low", 1.0)]


def test_evaluate_finds_the_centroids_separations_in_the_registry(workshop):
    # Radii sqrt(1/2) and sqrt(1/2), 4 apart.
    index, distance = workshop.rows("from evaluated_groups")[0]
    assert (index, distance) == pytest.approx((2 * 0.5**0.5 / 4, 0.5))


def test_evaluate_without_rows_returns_the_champions_stored_metrics(workshop):
    assert workshop.rows("from stored_price") == [(2.5, None, None, None, 0.75, None)]


def test_preprocessing_is_an_expression_of_the_row_or_of_all_rows(workshop):
    rows = workshop.rows(
        "select hours, scaled, bucket, imputed from preprocessed"
        " inner join jobs using (job_id) order by all"
    )
    hours = [row[0] for row in rows]
    mean, std = statistics.mean(hours), statistics.stdev(hours)
    assert [row[1] for row in rows] == pytest.approx([(each - mean) / std for each in hours])
    assert [row[2] for row in rows] == ["(-inf, 2)", "[2, 4.5)", "[2, 4.5)", "[4.5, +inf)"]
    assert rows[0][3] == pytest.approx(statistics.mean(hours[1:]))


def test_inferences_carry_their_provenance_last(workshop):
    assert workshop.columns("main_inference.inferred_acceptance") == [
        *JOBS,
        "predicted_accepted",
        "predicted_accepted_probs",
        *PROVENANCE,
    ]
    rows = workshop.rows(
        "select _model, _model_version, _entity_key = job_id, typeof(_predicted_at),"
        " length(_input_fingerprint) from main_inference.inferred_acceptance"
    )
    assert set(rows) == {("main.acceptance", 1, True, "TIMESTAMP", 32)}


def test_the_first_build_appends_to_the_table_that_the_bootstrap_created(workshop):
    assert workshop.generations["first"] == [
        ("J1", 1, 10.0, 1),
        ("J2", 2, 20.0, 1),
        ("J3", 4, 40.0, 1),
        ("J4", 5, 50.0, 1),
    ]
    declared = workshop.columns("main_inference.inferred_price")
    # What the source does not declare is added behind: on_schema_change='append_new_columns'.
    assert declared == ["job_id", "hours", "predicted_price", *PROVENANCE, "loaded_at"]


def test_a_rebuild_adds_nothing(workshop):
    assert workshop.generations["rebuilt"] == workshop.generations["first"]


def test_a_retrained_model_adds_its_own_predictions(workshop):
    added = set(workshop.generations["retrained"]) - set(workshop.generations["rebuilt"])
    assert added == {("J1", 1, 11.0, 2), ("J2", 2, 22.0, 2), ("J3", 4, 44.0, 2), ("J4", 5, 55.0, 2)}
    assert len(workshop.generations["retrained"]) == 8


def test_changed_inputs_add_their_own_predictions(workshop):
    added = set(workshop.generations["changed inputs"]) - set(workshop.generations["retrained"])
    assert added == {("J1", 2, 22.0, 2), ("J2", 3, 33.0, 2), ("J3", 5, 55.0, 2), ("J4", 6, 66.0, 2)}
    assert len(workshop.generations["changed inputs"]) == 12


def test_inputs_that_return_to_what_they_were_are_inferred_again(workshop):
    before = Counter(workshop.generations["unchanged since"])
    assert before == Counter(workshop.generations["changed inputs"])
    added = Counter(workshop.generations["inputs as before"]) - before
    assert added == Counter(
        [("J1", 1, 11.0, 2), ("J2", 2, 22.0, 2), ("J3", 4, 44.0, 2), ("J4", 5, 55.0, 2)]
    )
    assert workshop.rows(
        "select distinct predicted_price = 11 * jobs.hours from last_inferred"
        " inner join jobs using (job_id)"
    ) == [(True,)]


def test_several_rows_of_an_entity_are_inferred_together_and_once(workshop):
    counts = [len(rows) for rows in workshop.by_answer.values()]
    assert counts == [4, 4, 8, 10, 10, 12]
    of_changed = Counter(workshop.by_answer["changed inputs"])
    assert of_changed - Counter(workshop.by_answer["retrained"]) == Counter(
        [(1, "J1", 2, 2), (1, "J4", 5, 2)]
    )


def test_only_sources_that_ask_for_it_are_created(workshop):
    tables = workshop.rows("select table_name from duckdb_tables()")
    assert ("never_landed",) not in tables
    assert workshop.rows("from past_inferences") == [(16,)]


def test_as_of_is_the_day_in_the_landing_zone(workshop):
    assert workshop.rows("from days") == [(dt.date(2026, 6, 28), "DATE")]


def test_the_join_in_time_brings_what_was_known_and_keeps_every_row(workshop):
    rows = workshop.rows("select * from joined_in_time order by all")
    assert rows == [
        ("a", 1, 1, None),
        ("a", 1, 5, 30),
        ("a", 1, 10, 100),
        ("a", 2, 10, None),
        ("b", 1, 10, None),
    ]


@pytest.mark.parametrize(
    ("test", "status", "failures"),
    [
        ("price_is_good_enough", "pass", 0),
        ("price_is_not_perfect", "warn", 1),
        ("price_has_no_auc", "warn", 1),
        ("goldloop_single_champion_price_", "pass", 0),
        ("two_champions_serve", "warn", 1),
        ("shares_are_shares", "pass", 0),
        ("one_share_is_unknown", "warn", 1),
        ("two_shares_are_below_a_half", "warn", 2),
        ("one_share_is_above_a_half", "warn", 1),
        ("nothing_was_measured", "warn", 1),
        ("fewer_than_three_in_each_feed", "pass", 0),
        ("fewer_than_three_in_all", "warn", 1),
        ("a_smaller_share_of_each_feed_than_a_quarter", "warn", 1),
    ],
)
def test_generic_tests_pass_and_fail_as_they_should(workshop, test, status, failures):
    found = {
        result["unique_id"].split(".")[2]: (result["status"], result["failures"])
        for result in workshop.results()
    }
    assert found[test] == (status, failures)


def test_a_strangers_schemas_are_named_as_dbt_names_them(workshop):
    schemas = {row[0] for row in workshop.rows("select schema_name from duckdb_schemas()")}
    assert {"main_ml", "main_inference"} <= schemas
    assert not {"ml", "inference"} & schemas


def test_as_of_var_wins_over_the_landing_zone(workshop):
    shown = workshop.dbt("show", "--select", "days", "--vars", "as_of: 2026-07-05")
    assert str(dt.date(2026, 7, 5)) in shown.stdout
