"""Tuned models: trials, the best of which serves and each of which can be asked for."""

import json

import pytest

from goldloop.errors import ModelKindError, OptionError, TrainingDataError


def tuned(session, options, columns="a, b, c, y", label="y", model_type="linear_reg"):
    labelled = f"input_label_cols = ['{label}'], " if label else ""
    session.sql(
        f"create or replace model ml.m options (model_type = '{model_type}', {labelled}{options})"
        f" as select {columns} from t"
    )


def rows(session, query):
    return session.sql(query).fetchall()


def trials(session, columns):
    return rows(session, f"select {columns} from ml.trial_info(model ml.m)")


def test_the_first_trial_has_the_defaults_and_the_best_by_the_objective_is_optimal(session):
    tuned(session, "num_trials = 5")
    found = trials(
        session,
        "trial_id, hyperparameters.l1_reg, hyperparameters.l2_reg,"
        " hparam_tuning_evaluation_metrics.r2_score, status, error_message, is_optimal",
    )
    assert [trial[0] for trial in found] == [1, 2, 3, 4, 5]
    assert found[0][1:3] == (0.0, 0.0)
    assert all(0 < l1 <= 10 and 0 < l2 <= 10 for _, l1, l2, *_ in found[1:])
    assert {trial[4:6] for trial in found} == {("SUCCEEDED", None)}
    (best,) = [trial for trial in found if trial[-1]]
    assert best[3] == max(trial[3] for trial in found)


def test_an_error_that_is_to_be_small_is_minimised(session):
    tuned(session, "num_trials = 4, hparam_tuning_objectives = ['MEAN_ABSOLUTE_ERROR']")
    found = trials(session, "hparam_tuning_evaluation_metrics.mean_absolute_error, is_optimal")
    assert min(found)[1]


def test_a_trial_trains_as_the_same_options_do_without_tuning(session):
    tuned(
        session,
        "num_trials = 2, l2_reg = hparam_candidates([3.0]), l1_reg = 0.5,"
        " data_split_method = 'no_split'",
    )
    session.sql(
        "create model ml.plain options (model_type = 'linear_reg', input_label_cols = ['y'],"
        " l1_reg = 0.5, l2_reg = 3.0, data_split_method = 'no_split') as select a, b, c, y from t"
    )
    predicted = (
        "select predicted_y from ml.predict(model {}, table t{}) order by a, b, c, predicted_y"
    )
    assert rows(session, predicted.format("ml.m", ", struct(2 as trial_id)")) == rows(
        session, predicted.format("ml.plain", "")
    )


def test_the_best_trial_serves_and_every_other_can_be_asked_for(session):
    tuned(session, "num_trials = 3")
    best = next(number for number, chosen in trials(session, "trial_id, is_optimal") if chosen)

    def predicted(parameters):
        query = f"select trial_id, predicted_y from ml.predict(model ml.m, table t{parameters})"
        return rows(session, f"{query} order by a, b, c, y")

    of_trials = {i: predicted(f", struct({i} as trial_id)") for i in (1, 2, 3)}
    assert predicted("") == of_trials[best]
    assert all({n for n, _ in found} == {i} for i, found in of_trials.items())
    assert len({tuple(value for _, value in found) for found in of_trials.values()}) == 3


def test_trial_id_is_the_first_column_of_tuned_models_only(session):
    tuned(session, "num_trials = 2")
    assert session.sql("select * from ml.predict(model ml.m, table t)").columns[:2] == [
        "trial_id",
        "predicted_y",
    ]
    assert session.sql("select * from ml.evaluate(model ml.m)").columns[0] == "trial_id"
    tuned(session, "l1_reg = 0.0")
    assert "trial_id" not in session.sql("select * from ml.evaluate(model ml.m)").columns


def test_trials_are_judged_on_a_tenth_and_tested_on_another(session):
    tuned(session, "num_trials = 2")
    (card,) = [card for card in session.models() if card.name.name == "m"]
    assert (card.training_rows, card.evaluation_rows) == (320, 40)
    (judged,) = trials(session, "hparam_tuning_evaluation_metrics.r2_score")[:1]
    tested = rows(session, "select r2_score from ml.evaluate(model ml.m, struct(1 as trial_id))")
    assert judged != tested[0]


@pytest.mark.parametrize("trial_id", [1, 2])
def test_a_text_column_says_which_rows_train_judge_and_test(session, trial_id):
    tuned(
        session,
        "num_trials = 2, data_split_method = 'custom', data_split_col = 'part'",
        columns="a, b, c, y, part",
    )
    options = f"struct({trial_id} as trial_id)"
    (stored,) = rows(session, f"select * from ml.evaluate(model ml.m, {options})")
    (tested,) = rows(
        session,
        f"select * from ml.evaluate(model ml.m, (select * from t where part = 'TEST'), {options})",
    )
    assert stored == pytest.approx(tested, rel=1e-12)
    judged = rows(
        session,
        "select r2_score, mean_squared_error from ml.evaluate(model ml.m,"
        f" (select * from t where part = 'eval'), {options})",
    )
    told = trials(session, "hparam_tuning_evaluation_metrics.r2_score, eval_loss")
    assert told[trial_id - 1] == pytest.approx(judged[0], rel=1e-12)
    trained = rows(
        session,
        "select mean_squared_error from ml.evaluate(model ml.m,"
        f" (select * from t where part = 'TRAIN'), {options})",
    )
    assert trials(session, "training_loss")[trial_id - 1] == pytest.approx(trained[0], rel=1e-12)


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        ("'random', data_split_eval_fraction = 0.3, data_split_test_fraction = 0.2", None),
        (
            "'seq', data_split_col = 'b', data_split_eval_fraction = 0.25, "
            "data_split_test_fraction = 0.25",
            (200, 100, 100),
        ),
        ("'no_split'", (400, 0, 0)),
    ],
)
def test_fractions_divide_the_rows_three_ways(session, split, expected):
    tuned(session, f"num_trials = 1, data_split_method = {split}")
    (card,) = session.models()
    tested = rows(session, "select value from goldloop.metrics where key = 'test_rows'")
    parts = (card.training_rows, card.evaluation_rows, int(tested[0][0]))
    assert sum(parts) == 400
    assert parts == (expected or pytest.approx((200, 120, 80), abs=30))


def test_a_custom_column_of_other_words_is_refused(session):
    with pytest.raises(TrainingDataError, match="'c' has the value 'x'; expected one of 'TRAIN'"):
        tuned(session, "num_trials = 2, data_split_method = 'custom', data_split_col = 'c'")
    with pytest.raises(TrainingDataError, match="data_split_col 'a' is BIGINT; CUSTOM of a tuned"):
        tuned(session, "num_trials = 2, data_split_method = 'custom', data_split_col = 'a'")


def test_a_trial_of_a_wrong_combination_is_infeasible_and_the_search_goes_on(session):
    tuned(
        session,
        "num_trials = 5, hparam_tuning_algorithm = 'grid_search',"
        " tree_method = hparam_candidates(['hist', 'exact']),"
        " colsample_bynode = hparam_candidates([0.5, 1.0]), max_iterations = 2",
        columns="a, b, c, z",
        label="z",
        model_type="boosted_tree_classifier",
    )
    found = trials(session, "hyperparameters.tree_method, status, error_message, is_optimal")
    assert [(method, status) for method, status, *_ in found[1:]].count(
        ("exact", "INFEASIBLE")
    ) == 2
    assert all("colsample_bynode" in why for method, _, why, _ in found if method == "exact")
    assert sum(best for *_, best in found) == 1
    failed = next(i for i, (method, *_) in enumerate(found, 1) if method == "exact")
    with pytest.raises(OptionError, match=f"trial {failed} of model ml.m is INFEASIBLE"):
        rows(
            session, f"select * from ml.predict(model ml.m, table t, struct({failed} as trial_id))"
        )


def test_a_trial_that_fails_says_why_and_does_not_fail_the_build(session):
    session.sql("create or replace table t as select a from t where a < 5")
    tuned(
        session,
        "num_trials = 3, hparam_tuning_algorithm = 'grid_search',"
        " num_clusters = hparam_candidates([3, 9])",
        "a",
        None,
        "kmeans",
    )
    columns = "coalesce(hyperparameters.num_clusters, 0), status, error_message"
    found = {k: (status, why) for k, status, why in trials(session, columns)}
    assert found[3] == ("SUCCEEDED", None)
    assert found[9][0] == "FAILED"
    assert "5 different rows cannot make 9 clusters" in found[9][1]


def test_a_build_of_which_every_trial_fails_says_why_and_leaves_no_trace(session):
    with pytest.raises(TrainingDataError, match=r"all 2 trials fail\. .*'c' is VARCHAR"):
        tuned(session, "num_trials = 2", label="c")
    assert session.models() == []
    left = "select * from duckdb_functions() where function_name like 'trial%'"
    assert session.connection.execute(left).fetchall() == []


def test_a_dropped_model_takes_its_trials_with_it(session):
    tuned(session, "num_trials = 2")
    session.sql("drop model ml.m")
    left = "select function_name from duckdb_functions() where function_name like 'trial%'"
    assert session.connection.execute(left).fetchall() == []
    assert rows(session, "select count(*) from goldloop.metrics") == [(0,)]


def test_clusters_are_tuned_on_all_rows(session):
    tuned(session, "num_trials = 3", "a, b", None, "kmeans")
    found = trials(session, "hparam_tuning_evaluation_metrics.davies_bouldin_index, is_optimal")
    assert min(found)[1]
    of_second = rows(
        session,
        "select davies_bouldin_index from ml.evaluate(model ml.m, table t, struct(2 as trial_id))",
    )
    assert of_second[0][0] == pytest.approx(found[1][0], rel=1e-9)


def test_a_threshold_and_a_trial_go_together(session):
    tuned(
        session, "num_trials = 2, max_iterations = 3", "a, b, c, z", "z", "boosted_tree_classifier"
    )
    said = rows(
        session,
        "select distinct predicted_z from ml.predict(model ml.m, table t,"
        " struct(0.0 as threshold, 2 as trial_id))",
    )
    assert said == [(True,)]


def test_an_unknown_trial_and_a_model_without_trials_are_errors(session):
    tuned(session, "num_trials = 2")
    with pytest.raises(OptionError, match=r"trial_id is 3; .* has the trials 1 to 2"):
        rows(session, "select * from ml.evaluate(model ml.m, struct(3 as trial_id))")
    tuned(session, "l1_reg = 0.0")
    with pytest.raises(ModelKindError, match="was trained without num_trials"):
        rows(session, "select * from ml.evaluate(model ml.m, struct(1 as trial_id))")
    with pytest.raises(ModelKindError, match=r"ML\.TRIAL_INFO: model .* was trained without"):
        rows(session, "select * from ml.trial_info(model ml.m)")


def test_the_same_search_finds_the_same(session):
    tuned(session, "num_trials = 4")
    first = trials(session, "*")
    tuned(session, "num_trials = 4")
    assert trials(session, "*") == first


def test_few_candidates_are_each_tried_once(session):
    tuned(
        session, "num_trials = 20, num_clusters = hparam_candidates([2, 3, 4])", "a", None, "kmeans"
    )
    found = [k for (k,) in trials(session, "hyperparameters.num_clusters")]
    assert found[0] is None
    assert sorted(found[1:]) == [2, 3, 4]


def test_as_many_trials_are_made_as_there_are_values_for(session):
    tuned(session, "num_trials = 9", "a, b", None, "kmeans")
    found = [k for (k,) in trials(session, "hyperparameters.num_clusters")]
    assert len(set(found)) == 9


def test_trials_of_random_search_do_not_follow_the_estimator(session):
    space = "num_trials = 8, l1_reg = 0.0, l2_reg = hparam_range(0.001, 10)"
    tuned(session, space)
    guided = trials(session, "hyperparameters.l2_reg")
    tuned(session, f"{space}, hparam_tuning_algorithm = 'random_search'")
    assert trials(session, "hyperparameters.l2_reg") != guided


def test_what_was_searched_is_on_the_card(session):
    tuned(session, "num_trials = 2, l1_reg = hparam_range(0, 5), l2_reg = hparam_candidates([0.5])")
    found = rows(session, "select options from goldloop.models where status = 'champion'")
    assert json.loads(found[0][0]) == {
        "model_type": "linear_reg",
        "input_label_cols": ["y"],
        "num_trials": 2,
        "l1_reg": "HPARAM_RANGE(0, 5)",
        "l2_reg": "HPARAM_CANDIDATES([0.5])",
    }


def test_trials_of_a_transformed_model_take_the_raw_row(session):
    session.sql(
        "create or replace model ml.m transform (ml.standard_scaler(a) over () as a, b * 2 as b,"
        " c, y) options (model_type = 'linear_reg', input_label_cols = ['y'], num_trials = 2)"
        " as select a, b, c, y from t"
    )
    found = rows(session, "select * from ml.predict(model ml.m, table t, struct(2 as trial_id))")
    assert len(found) == 400
    (stored,) = rows(session, "select * from ml.evaluate(model ml.m, struct(2 as trial_id))")
    assert all(value is not None for value in stored)


def test_a_tuned_model_is_not_continued(session):
    tuned(session, "num_trials = 2")
    with pytest.raises(OptionError, match="warm_start continues one model, and num_trials"):
        tuned(session, "warm_start = true")
