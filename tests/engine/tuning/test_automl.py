"""AUTOML: a search over the other types that ends with one of them."""

import time

import pytest

from goldloop.errors import OptionError, TrainingDataError


def train(session, model_type, label, options="budget_hours = 0.0003", columns="a, b, c"):
    session.sql(
        f"create or replace model ml.m options (model_type = '{model_type}', "
        f"input_label_cols = ['{label}'], {options}) as select {columns}, {label} from t"
    )


def tried(session):
    return session.sql(
        "select value, json ->> '$.options.model_type', json ->> 'error_message'"
        " from goldloop.metrics where section = 'automl' order by key::int"
    ).fetchall()


def test_every_type_is_tried_and_the_best_on_the_judging_rows_predicts(session):
    train(session, "automl_regressor", "y", columns="a, b, c")
    models = tried(session)
    assert [kind for _, kind, _ in models[:2]] == ["linear_reg", "boosted_tree_regressor"]
    judging = (
        "select sqrt(mean_squared_error) from ml.evaluate(model ml.m, (select * from judging))"
    )
    # The tenth that judges is the second by the rank of the rows' hashes.
    session.connection.execute(
        """
        create table judging as select * exclude (r) from (
            select *, rank() over (order by md5_number_lower(to_json(struct_pack(
                a := a, b := b, c := c, y := y))::varchar)) as r from t
        ) where r between 41 and 80
        """
    )
    (best,) = session.sql(judging).fetchall()
    assert best[0] == pytest.approx(min(value for value, *_ in models), rel=1e-9)


def test_metrics_are_of_the_rows_that_test(session):
    train(
        session,
        "automl_regressor",
        "y",
        "budget_hours = 0.0003, data_split_col = 'part'",
        "a, b, c, case part when 'eval' then 'VALIDATE' else part end as part",
    )
    (stored,) = session.sql("select * from ml.evaluate(model ml.m)").fetchall()
    (tested,) = session.sql(
        "select * from ml.evaluate(model ml.m, (select * from t where part = 'TEST'))"
    ).fetchall()
    assert stored == pytest.approx(tested, rel=1e-9)
    (card,) = session.models()
    assert (card.training_rows, card.evaluation_rows) == (280, 80)


def test_the_latest_of_a_timestamp_tests(session):
    train(
        session,
        "automl_regressor",
        "y",
        "budget_hours = 0.0003, data_split_col = 'at'",
        "a, b, c, timestamp '2024-01-01' + to_days((b * 10)::int) as at",
    )
    (card,) = session.models()
    assert (card.training_rows, card.evaluation_rows) == (320, 40)
    assert "at" not in [feature.name for feature in card.features]


def test_the_budget_ends_the_search(session):
    started = time.monotonic()
    train(session, "automl_regressor", "y", "budget_hours = 0.0001")
    assert time.monotonic() - started < 20
    assert len(tried(session)) < 100


@pytest.mark.parametrize(
    "objective",
    [
        "'MINIMIZE_LOG_LOSS'",
        "'MAXIMIZE_AU_PRC'",
        "STRUCT('MAXIMIZE_PRECISION_AT_RECALL', 0.3)",
        "STRUCT('MAXIMIZE_RECALL_AT_PRECISION' AS name, 0.6 AS value)",
    ],
)
def test_a_classifier_is_chosen_by_the_objective(session, objective):
    train(
        session,
        "automl_classifier",
        "z",
        f"budget_hours = 0.00001, optimization_objective = {objective}",
    )
    models = tried(session)
    assert all(value is not None for value, *_ in models)
    name = objective.split("'")[1].lower()
    told = "select distinct json ->> 'objective' from goldloop.metrics where section = 'automl'"
    assert session.sql(told).fetchall() == [(name,)]
    assert session.sql("select predicted_z_probs from ml.predict(model ml.m, table t)").fetchall()


def test_several_classes_are_judged_by_their_log_loss(session):
    train(session, "automl_classifier", "c", "budget_hours = 0.00001", "a, b, y")
    judged = "select distinct json ->> 'objective' from goldloop.metrics where section = 'automl'"
    assert session.sql(judged).fetchall() == [("minimize_log_loss",)]
    with pytest.raises(TrainingDataError, match="is of two classes, and label 'c' has 3"):
        train(
            session, "automl_classifier", "c", "optimization_objective = 'MAXIMIZE_AU_ROC'", "a, b"
        )


def test_a_label_that_nothing_can_learn_is_an_error_with_the_reason(session):
    with pytest.raises(TrainingDataError, match=r"every model .* fails.*'c' is VARCHAR"):
        train(session, "automl_regressor", "c", columns="a, b")


REFUSED = {
    "budget_hours = 0": "option budget_hours is 0; expected a number in (0, 72]",
    "optimization_objective = 'MAXIMIZE_AU_ROC'": "expected one of minimize_rmse, minimize_mae",
    "optimization_objective = 'MINIMIZE_RMES'": "Did you mean 'minimize_rmse'?",
    "optimization_objective = STRUCT('MINIMIZE_MAE', 0.5)": "expected 'minimize_mae' alone",
    "num_trials = 3": "option num_trials is not supported: automl_regressor has no hyperparameters",
    "data_split_col = 'a'": "data_split_col 'a' is BIGINT; expected a timestamp, or a text",
    "data_split_col = 'c'": "data_split_col 'c' has the value 'x'; expected one of 'TRAIN'",
}


@pytest.mark.parametrize(("options", "said"), REFUSED.items(), ids=REFUSED)
def test_what_automl_cannot_do_is_refused(session, options, said):
    with pytest.raises((OptionError, TrainingDataError)) as raised:
        train(session, "automl_regressor", "y", options)
    assert said in str(raised.value)
