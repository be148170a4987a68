"""Confident learning finds wrong labels; the report changes the data and nothing else."""

import numpy as np
import pytest

from electronics.factory import Photographs
from electronics.intervals import mean_interval
from electronics.learning import (
    Sources,
    data_centric_experiments,
    of_devices,
    out_of_fold,
    suspects,
)
from electronics.learning.changes import suspects_left_out, suspects_looked_at
from electronics.learning.data import WRONG_SHARE, drawn

KINDS = np.array(["crack", "dent", "none"])


def pictures(seed: int, n_devices: int) -> tuple[Photographs, np.ndarray]:
    """Two photographs a device, of three kinds that overlap a little."""
    rng = np.random.default_rng(seed)
    kinds = np.repeat(rng.integers(0, 3, n_devices), 2)
    embeddings = 2.5 * np.eye(8)[kinds] + rng.normal(size=(2 * n_devices, 8))
    devices = np.repeat([f"R{i}" for i in range(n_devices)], 2)
    return Photographs(embeddings, KINDS[kinds]), devices


@pytest.fixture(scope="module")
def sources() -> Sources:
    photographs, devices = pictures(1, 120)
    factory, _ = pictures(2, 60)
    holdout, _ = pictures(3, 150)
    return Sources(photographs, devices, factory, holdout)


def test_suspects_are_counted_by_the_confident_joint():
    # Mean probability of a over rows labelled a: .7; of b over rows labelled b: .525.
    labels = np.array(["a", "a", "a", "b", "b"])
    of_a = np.array([0.9, 0.8, 0.4, 0.75, 0.2])
    found, margin = suspects(labels, np.array(["a", "b"]), np.column_stack([of_a, 1 - of_a]))
    assert found.tolist() == [False, False, True, True, False]
    assert margin == pytest.approx([-0.8, -0.6, 0.2, 0.5, -0.6])


def test_no_row_counts_as_a_label_that_none_was_given():
    labels = np.array(["a", "a", "c"])
    probabilities = np.array([[0.5, 0.5, 0.0], [0.6, 0.4, 0.0], [0.1, 0.8, 0.1]])
    assert not suspects(labels, np.array(["a", "b", "c"]), probabilities)[0].any()


def test_a_row_that_is_confidently_nothing_keeps_its_label():
    labels = np.array(["a", "b", "c", "a"])
    probabilities = np.array([[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.3, 0.4, 0.3]])
    assert not suspects(labels, np.unique(labels), probabilities)[0][3]


def test_a_label_without_probabilities_is_refused():
    with pytest.raises(ValueError, match="no probabilities of b: give a column of each label"):
        suspects(np.array(["a", "b"]), np.array(["a", "c"]), np.full((2, 2), 1 / 2))


def test_folds_that_lack_a_damage_type_say_nothing_of_it():
    photographs, devices = pictures(4, 60)
    labels = photographs.damage_types.astype("<U20")
    labels[devices == devices[0]] = "screen_fault"
    names, probabilities = out_of_fold(Photographs(photographs.embeddings, labels), devices)
    assert names.tolist() == [*KINDS, "screen_fault"]
    assert probabilities.sum(axis=1) == pytest.approx(1)
    is_unknown = probabilities[:, 3] == 0
    assert is_unknown[devices == devices[0]].all()
    assert not is_unknown.all()


def test_damage_types_that_only_others_show_have_a_column_too():
    photographs, devices = pictures(4, 60)
    water = Photographs(photographs.embeddings + 9, np.full(len(photographs), "water"))
    names, probabilities = out_of_fold(photographs, devices, lambda mine: mine + water)
    assert names.tolist() == [*KINDS, "water"]
    assert probabilities[:, 3].max() < 0.5


def test_a_devices_photographs_are_judged_together():
    means = of_devices(np.array([[1.0, 0.0], [0.0, 1.0], [0.2, 0.8]]), np.array(["x", "y", "x"]))
    assert means == pytest.approx(np.array([[0.6, 0.4], [0.0, 1.0], [0.6, 0.4]]))


def test_wrong_labels_are_drawn_by_device_and_the_few_are_part_of_all(sources):
    everything, had = drawn(sources, 0, has_all=True), drawn(sources, 0)
    assert everything.is_wrong.mean() == pytest.approx(WRONG_SHARE, abs=0.1)
    for device in np.unique(had.devices):
        assert len(np.unique(had.photographs.damage_types[had.devices == device])) == 1
    assert np.array_equal(
        had.photographs.damage_types, everything.photographs.damage_types[had.rows]
    )


def test_confident_learning_finds_wrong_labels_better_than_chance(sources):
    data = drawn(sources, 0, has_all=True)
    found = data.suspects
    assert data.is_wrong[found].mean() > 2 * data.is_wrong.mean()
    assert found[data.is_wrong].mean() > 0.7


def test_cleaning_drops_or_puts_right_what_is_suspect_and_no_more(sources):
    data = drawn(sources, 0)
    left, looked = suspects_left_out(data, sources, 0), suspects_looked_at(data, sources, 0)
    assert len(left.photographs) == (~data.suspects).sum()
    assert np.array_equal(
        looked.photographs.damage_types != data.photographs.damage_types,
        data.suspects & data.is_wrong,
    )


def test_the_report_is_the_same_each_time_and_better_data_are_worth_more(sources):
    report = data_centric_experiments(sources, 3)
    assert report.equals(data_centric_experiments(sources, 3))
    by_recipe = report.set_index("recipe")
    assert by_recipe.loc["baseline", "accuracy_gain"] == 0
    for recipe in ("more data", "feedback added", "all"):
        assert by_recipe.loc[recipe, "accuracy_gain"] > 0
    assert (report["accuracy_low"] <= report["accuracy"]).all()
    assert set(report["n_holdout"]) == {300}
    again = by_recipe.loc["labels cleaned: suspects looked at again"]
    random = by_recipe.loc["as many looked at again at random"]
    assert again["detection_precision"] > random["detection_precision"]


def test_photographs_in_a_mirror_are_a_recipe_only_when_they_were_made(sources):
    assert "new transformation: mirrored too" not in set(
        data_centric_experiments(sources, 2)["recipe"]
    )


def test_an_interval_needs_two_measurements_and_is_students():
    assert mean_interval([1.0, 3.0]) == pytest.approx((2.0, 2 - 12.7062, 2 + 12.7062), abs=1e-4)
    with pytest.raises(ValueError, match="two seeds or more"):
        mean_interval([1.0])
