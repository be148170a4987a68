"""ML.ROC_CURVE and ML.CONFUSION_MATRIX against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, roc_auc_score, roc_curve

from goldloop.errors import ModelKindError
from goldloop.functions.evaluate.confusion_matrix import column_names

ROWS = "select * from bqml.penguins where sex in ('MALE', 'FEMALE')"


@pytest.fixture(scope="module")
def sexes(train):
    train("sexes", "logistic_reg", ROWS, input_label_cols=["sex"], l2_reg=0.05)
    train("kinds", "logistic_reg", input_label_cols=["species"], l2_reg=0.5)


def probabilities(rows, source=ROWS):
    found = rows(f"select sex, predicted_sex_probs from ml.predict(model bqml.sexes, ({source}))")
    truth = np.array([row["sex"] == "MALE" for row in found])
    return truth, np.array([row["predicted_sex_probs"][0]["prob"] for row in found])


def test_each_threshold_counts_as_scikit_learn_does(sexes, rows):
    truth, chances = probabilities(rows)
    found = rows(
        f"select * from ml.roc_curve(model bqml.sexes, ({ROWS}), generate_array(0.1, 0.9, 0.1))"
    )
    assert [row["threshold"] for row in found] == pytest.approx([i / 10 for i in range(1, 10)])
    for row in found:
        taken = chances >= row["threshold"]
        counts = [
            (taken & truth).sum(),
            (taken & ~truth).sum(),
            (~taken & ~truth).sum(),
            (~taken & truth).sum(),
        ]
        assert list(row.values())[3:] == counts
        assert row["recall"] == counts[0] / truth.sum()
        assert row["false_positive_rate"] == counts[1] / (~truth).sum()


def test_thresholds_default_to_percentiles_and_draw_the_curve(sexes, rows):
    truth, chances = probabilities(rows)
    found = rows(f"select * from ml.roc_curve(model bqml.sexes, ({ROWS}))")
    assert 90 < len(found) <= 101
    assert {row["threshold"] for row in found} <= set(chances)
    assert (found[0]["recall"], found[0]["false_positive_rate"]) == (1.0, 1.0)
    ours = np.array([[1.0, 1.0], *([r["false_positive_rate"], r["recall"]] for r in found), [0, 0]])
    area = -np.trapezoid(ours[:, 1], ours[:, 0])
    assert area == pytest.approx(roc_auc_score(truth, chances), abs=0.002)
    known = roc_curve(truth, chances, drop_intermediate=False)
    points = set(zip(known[0].round(9), known[1].round(9), strict=True))
    assert all((round(fpr, 9), round(tpr, 9)) in points for fpr, tpr in ours)


@pytest.mark.parametrize("listed", ["[0.5, 0.25]", "[0.5, 0.25, 0.5]"])
def test_thresholds_are_listed_ascending_once(sexes, rows, listed):
    found = rows(f"select threshold from ml.roc_curve(model bqml.sexes, ({ROWS}), {listed})")
    assert [row["threshold"] for row in found] == [0.25, 0.5]


def test_without_rows_the_judgements_of_the_training_answer(sexes, rows):
    # Under 500 rows, none are held out.
    assert rows("select * from ml.roc_curve(model bqml.sexes)") == rows(
        f"select * from ml.roc_curve(model bqml.sexes, ({ROWS}))"
    )
    assert rows("select * from ml.confusion_matrix(model bqml.kinds)") == rows(
        "select * from ml.confusion_matrix(model bqml.kinds, table bqml.penguins)"
    )


def test_only_rows_held_out_answer_where_there_are_some(train, rows):
    options = {"data_split_method": "random", "input_label_cols": ["sex"]}
    train("split", "logistic_reg", ROWS, **options)
    (row,) = rows("select * from ml.roc_curve(model bqml.split, [0.5])")
    assert 40 < sum(list(row.values())[3:]) < 100


def test_the_confusion_matrix_is_scikit_learns(sexes, rows):
    found = rows("select * from ml.confusion_matrix(model bqml.kinds, table bqml.penguins)")
    said = rows(
        "select species, predicted_species from ml.predict(model bqml.kinds, table bqml.penguins)"
    )
    expected = confusion_matrix(*zip(*(row.values() for row in said), strict=True))
    assert [row["expected_label"] for row in found] == ["Adelie", "Chinstrap", "Gentoo"]
    assert [list(row.values())[1:] for row in found] == expected.tolist()


@pytest.mark.parametrize("source", ["", f", ({ROWS})"], ids=["kept", "given"])
def test_a_threshold_moves_cases_to_the_larger_class(sexes, rows, source):
    truth, chances = probabilities(rows)
    found = rows(
        f"select * from ml.confusion_matrix(model bqml.sexes{source}, struct(0.2 as threshold))"
    )
    assert [list(row.values())[1:] for row in found] == confusion_matrix(
        truth, chances >= 0.2
    ).tolist()


def test_a_class_that_no_row_has_is_a_row_of_zeros_and_an_unknown_label_one_more(sexes, rows):
    source = "select * replace ('UNKNOWN' as species) from bqml.penguins where species = 'Gentoo'"
    found = rows(f"select * from ml.confusion_matrix(model bqml.kinds, ({source}))")
    assert [row["expected_label"] for row in found] == ["Adelie", "Chinstrap", "Gentoo", "UNKNOWN"]
    assert [sum(list(row.values())[1:]) for row in found] == [0, 0, 0, 123]


def test_no_rows_have_no_curve_and_no_matrix(sexes, rows):
    nothing = f"({ROWS} and false)"
    assert rows(f"select * from ml.roc_curve(model bqml.sexes, {nothing})") == []
    assert rows(f"select * from ml.confusion_matrix(model bqml.sexes, {nothing})") == []


def test_rows_of_one_class_have_no_rate_of_the_other(sexes, rows):
    found = rows(
        "select * from ml.roc_curve(model bqml.sexes, "
        "(select * from bqml.penguins where sex = 'MALE'), [0.5])"
    )
    assert found[0]["false_positive_rate"] is None
    assert found[0]["recall"] > 0.5


def test_names_of_columns_are_valid_and_differ():
    assert column_names([0, 1]) == ["_0", "_1"]
    assert column_names([" <=50K", " >50K"]) == ["___50K", "__50K"]
    assert column_names([False, True]) == ["false", "true"]
    assert column_names(["a b", "a-b", "A b", ""]) == ["a_b", "a_b_1", "A_b_2", "_"]


def test_labels_of_any_type_become_columns(train, rows):
    query = "select x, x > 5 as big from unnest(generate_array(1, 10)) as x"
    train("big", "logistic_reg", query, input_label_cols=["big"], l2_reg=0.1)
    found = rows("select * from ml.confusion_matrix(model bqml.big)")
    assert found == [
        {"expected_label": False, "false": 5, "true": 0},
        {"expected_label": True, "false": 0, "true": 5},
    ]


def test_a_curve_is_of_two_classes(sexes, session):
    with pytest.raises(ModelKindError, match="serves binary_classification"):
        session.sql("select * from ml.roc_curve(model bqml.kinds)")


def test_each_trial_of_a_tuned_model_has_its_own(train, rows):
    train("tuned", "logistic_reg", ROWS, input_label_cols=["sex"], num_trials=2)
    first, second = (
        rows(f"select * from ml.confusion_matrix(model bqml.tuned, struct({i} as trial_id))")
        for i in (1, 2)
    )
    assert [row["trial_id"] for row in (first[0], second[0])] == [1, 2]
    assert rows("select * from ml.roc_curve(model bqml.tuned)")
