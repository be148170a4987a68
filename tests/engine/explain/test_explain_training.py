"""ML.TRAINING_INFO, ML.FEATURE_INFO and WARM_START."""

import numpy as np
import pytest

from goldloop.errors import OptionError, TrainingDataError

DESCENT = {"optimize_strategy": "batch_gradient_descent", "early_stop": False}


def info(rows, name):
    return rows(f"select * from ml.training_info(model bqml.{name})")


def test_the_loss_of_a_linear_model_is_its_mean_squared_error(train, rows):
    train("exact", "linear_reg")
    (row,) = info(rows, "exact")
    (metrics,) = rows("select * from ml.evaluate(model bqml.exact)")
    assert row["loss"] == pytest.approx(metrics["mean_squared_error"], rel=1e-9)
    assert (row["training_run"], row["iteration"], row["eval_loss"]) == (0, 0, None)
    assert row["duration_ms"] >= 0


@pytest.mark.parametrize(
    ("kind", "label", "metric"),
    [
        ("linear_reg", "body_mass_g", "mean_squared_error"),
        ("logistic_reg", "species", "log_loss"),
        ("boosted_tree_classifier", "species", "log_loss"),
    ],
)
def test_the_eval_loss_is_that_of_the_rows_held_out(train, rows, kind, label, metric):
    options = {"data_split_method": "random", "max_iterations": 4, "early_stop": False}
    train("split", kind, input_label_cols=[label], **options)
    found = info(rows, "split")
    assert [row["iteration"] for row in found] == [0, 1, 2, 3]
    (metrics,) = rows("select * from ml.evaluate(model bqml.split)")
    assert found[-1]["eval_loss"] == pytest.approx(metrics[metric], rel=1e-6)
    assert found[-1]["loss"] != pytest.approx(found[-1]["eval_loss"], rel=1e-3)
    assert found[0]["learning_rate"] > 0


def test_a_category_that_only_rows_held_out_have_weighs_nothing(train, rows):
    query = (
        "select if(i > 90, 'unseen', 'seen') as word, i as x, i > 90 as is_held_out, 2.0 * i as y "
        "from unnest(generate_array(1, 100)) as i"
    )
    options = {"data_split_method": "custom", "data_split_col": "is_held_out"}
    train("unseen", "linear_reg", query, input_label_cols=["y"], **options)
    (row,) = info(rows, "unseen")
    (metrics,) = rows("select * from ml.evaluate(model bqml.unseen)")
    assert row["eval_loss"] == pytest.approx(metrics["mean_squared_error"], rel=1e-6)


def test_a_warm_start_goes_on_where_training_ended(train, rows):
    train("whole", "linear_reg", **DESCENT, max_iterations=30, learn_rate_strategy="constant")
    train("warm", "linear_reg", **DESCENT, max_iterations=20, learn_rate_strategy="constant")
    train("warm", "linear_reg", warm_start=True, max_iterations=10)
    runs = [(row["training_run"], row["iteration"]) for row in info(rows, "warm")]
    assert runs == [(0, i) for i in range(20)] + [(1, i) for i in range(10)]
    found, expected = (info(rows, name)[-1]["loss"] for name in ("warm", "whole"))
    assert found == pytest.approx(expected, rel=1e-9)


def test_a_warm_start_keeps_what_a_model_says_on_columns_of_another_scale(train, rows):
    def said(name):
        found = rows(f"select predicted_y from ml.predict(model bqml.{name}, (select 7 as x)) ")
        return found[0]["predicted_y"]

    tiny = {**DESCENT, "input_label_cols": ["y"], "learn_rate_strategy": "constant"}
    line = "select x, 3.0 * x + mod(x, 3) as y from unnest(generate_array(1, {})) as x"
    train("scaled", "linear_reg", line.format(50), **tiny, max_iterations=200)
    before = said("scaled")
    train(
        "scaled",
        "linear_reg",
        line.format(400),
        warm_start=True,
        learn_rate=1e-12,
        max_iterations=1,
        input_label_cols=["y"],
    )
    assert said("scaled") == pytest.approx(before, rel=1e-6)


@pytest.mark.parametrize("classes", ["sex", "species"])
def test_a_warm_start_of_log_odds_goes_on(train, rows, classes):
    query = "select * from bqml.penguins where sex in ('MALE', 'FEMALE')"
    options = {**DESCENT, "input_label_cols": [classes], "learn_rate_strategy": "constant"}
    train("whole", "logistic_reg", query, **options, max_iterations=30)
    train("warm", "logistic_reg", query, **options, max_iterations=15)
    train("warm", "logistic_reg", query, warm_start=True, input_label_cols=[classes])
    found, expected = (info(rows, name)[-1]["loss"] for name in ("warm", "whole"))
    assert found == pytest.approx(expected, rel=1e-9)


def test_a_first_training_with_warm_start_starts_afresh(train, rows):
    train("fresh", "linear_reg", warm_start=True)
    assert {row["training_run"] for row in info(rows, "fresh")} == {0}


def test_a_warm_start_is_of_the_same_type_columns_and_label(train):
    train("kept", "linear_reg")
    with pytest.raises(OptionError, match="serves is a linear_reg, not a logistic_reg"):
        train("kept", "logistic_reg", warm_start=True, input_label_cols=["species"])
    query = "select * except (island) from bqml.penguins"
    with pytest.raises(TrainingDataError, match="'island' is missing now, VARCHAR then"):
        train("kept", "linear_reg", query, warm_start=True)
    with pytest.raises(TrainingDataError, match="whose label is 'body_mass_g', not 'bill_depth"):
        train("kept", "linear_reg", warm_start=True, input_label_cols=["bill_depth_mm"])
    with pytest.raises(OptionError, match="warm_start belongs to gradient descent"):
        train("kept", "linear_reg", warm_start=True, optimize_strategy="normal_equation")


def test_a_warm_start_with_other_classes_is_refused(train):
    train("classes", "logistic_reg", input_label_cols=["species"], max_iterations=2)
    query = "select * from bqml.penguins where species <> 'Gentoo'"
    with pytest.raises(TrainingDataError, match="classes are Adelie, Chinstrap, Gentoo; the data"):
        train("classes", "logistic_reg", query, warm_start=True, input_label_cols=["species"])


def test_feature_info_measures_the_columns(train, rows, session):
    train("exact", "linear_reg")
    found = {row["input"]: row for row in rows("select * from ml.feature_info(model bqml.exact)")}
    values = session.connection.sql("select bill_length_mm from bqml.penguins").fetchnumpy()
    values = np.asarray(values["bill_length_mm"])
    number = found["bill_length_mm"]
    assert number == {
        "input": "bill_length_mm",
        "min": values.min(),
        "max": values.max(),
        "mean": pytest.approx(values.mean(), rel=1e-12),
        "median": np.median(values),
        "stddev": pytest.approx(values.std(ddof=1), rel=1e-12),
        "category_count": None,
        "null_count": 0,
        "dimension": None,
    }
    assert (found["sex"]["category_count"], found["sex"]["null_count"]) == (3, 8)
    assert (found["sex"]["min"], found["sex"]["dimension"]) == (None, None)
    assert "body_mass_g" not in found


def test_feature_info_knows_arrays_and_columns_of_any_name(session, rows):
    session.sql(
        """
        create or replace model bqml.rich options (model_type = 'boosted_tree_regressor') as
        select
            [i, i + 1] as pair,
            if(mod(i, 2) = 0, ['even', 'any'], ['any']) as tags,
            i as `odd {0} "name"; --`,
            timestamp_seconds(i * 9999) as at,
            1e300 * i as huge,
            i as label
        from unnest(generate_array(1, 40)) as i
        where false
        union all
        select [i, i + 1], if(mod(i, 2) = 0, ['even', 'any'], ['any']), i,
            timestamp_seconds(i * 9999), if(i = 1, null, 1e30 * i), i
        from unnest(generate_array(1, 40)) as i
        """
    )
    found = {row["input"]: row for row in rows("select * from ml.feature_info(model bqml.rich)")}
    assert (found["pair"]["dimension"], found["pair"]["category_count"]) == (2, None)
    assert (found["tags"]["dimension"], found["tags"]["category_count"]) == (2, 2)
    assert found['odd {0} "name"; --']["max"] == 40.0
    assert found["at"]["category_count"] == 40
    assert (found["huge"]["max"], found["huge"]["null_count"]) == (40e30, 1)
