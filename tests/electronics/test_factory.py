"""The factory's detector: alignment, weights, and a study that tells what it measured."""

import numpy as np
import pyarrow as pa
import pytest

from electronics.factory import Photographs, aligned, domain_shift, feedback_gain, fit_detector
from electronics.factory.domain_shift import wilson

SIZE = 8


@pytest.fixture(scope="module")
def cameras() -> dict[str, Photographs]:
    """Two cameras that see the same three things, one of them darker and flatter."""
    rng = np.random.default_rng(0)
    centres = 3 * rng.standard_normal((3, SIZE))

    def seen(n: int, scale: float, shift: float) -> Photographs:
        kinds = rng.integers(0, 3, n)
        embeddings = centres[kinds] + rng.standard_normal((n, SIZE))
        return Photographs(embeddings * scale + shift, np.array(["none", "crack", "dent"])[kinds])

    return {"customers": seen(150, 1.0, 0.0), "factory": seen(120, 0.3, 5.0)} | {
        "holdout": seen(80, 0.3, 5.0),
        "customers_holdout": seen(80, 1.0, 0.0),
    }


def test_aligned_embeddings_have_the_others_mean_and_scale(cameras):
    like = cameras["factory"].embeddings
    moved = aligned(cameras["customers"].embeddings, like)
    assert moved.mean(axis=0) == pytest.approx(like.mean(axis=0))
    assert moved.std(axis=0) == pytest.approx(like.std(axis=0))


def test_no_photographs_are_an_error_that_says_what_to_land():
    with pytest.raises(ValueError, match="no photographs with a damage type"):
        Photographs.of(pa.table({"embedding": [], "damage_type": []}))


def test_a_number_that_never_changes_is_moved_without_dividing_by_zero():
    moved = aligned(np.ones((4, 1)), np.array([[2.0], [4.0]]))
    assert moved.tolist() == [[3.0]] * 4


def test_alignment_mends_a_shift_of_mean_and_scale(cameras):
    table = domain_shift(
        cameras["customers"],
        cameras["factory"],
        cameras["factory"].embeddings,
        cameras["holdout"],
        n_seeds=2,
        synthetic=lambda customers, factory, seed: factory.take(np.arange(10)),
    ).set_index("recipe")
    assert table.loc["customers aligned", "accuracy"] > 0.9
    assert table.loc["customers", "accuracy"] < 0.8
    assert table.loc["1000 factory labels only", "n_factory"] == 120
    assert table.loc["customers + 50 factory labels + synthetic", "n_synthetic"] == 10
    assert table["accuracy"].between(table["accuracy_low"], table["accuracy_high"]).all()


def test_the_more_the_factory_labels_the_less_a_customer_counts(cameras):
    wrong = Photographs(
        cameras["factory"].embeddings, np.roll(cameras["factory"].damage_types, 1)
    ).take(np.arange(60))
    alone = fit_detector(None, cameras["factory"])
    mixed = fit_detector(wrong, cameras["factory"])
    holdout = cameras["holdout"]
    right = [np.mean(m.predict(holdout.embeddings) == holdout.damage_types) for m in (alone, mixed)]
    assert right[0] - right[1] < 0.1


def test_feedback_is_compared_seed_by_seed(cameras):
    few = cameras["customers"].take(np.arange(120))
    table = feedback_gain(few, cameras["factory"], cameras["customers_holdout"], n_seeds=2)
    assert table["accuracy_gain"].tolist()[0] == 0
    assert table["recipe"].tolist()[-1] == "customers + factory aligned"


def test_wilsons_interval_is_that_of_the_textbook():
    assert wilson(0.5, 10, 1.96) == pytest.approx((0.2366, 0.7634), abs=1e-4)
