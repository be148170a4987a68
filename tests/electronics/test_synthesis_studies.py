"""The studies of made rows tell good generators from bad, copies from others, help from harm."""

import numpy as np
import pandas as pd
import pytest

from electronics.factory import Photographs
from electronics.intervals import mean_interval
from electronics.synthesis import (
    GENERATORS,
    PhotographFeed,
    RepairFeed,
    closest_similarities,
    equal_repairs,
    fidelity,
    keeps_rules,
    missing_examples,
    photograph_benefit,
    privacy,
    training_fingerprint,
)
from electronics.synthesis.benefit import judged
from electronics.synthesis.feeds import foretold_costs

SIZE = 10


@pytest.fixture(scope="module")
def repairs():
    rng = np.random.default_rng(0)
    n = 240
    brand = rng.choice(["Auro", "Nimbus"], n)
    severity = rng.random(n).round(2)
    return pd.DataFrame(
        {
            "device_kind": "laptop",
            "brand": brand,
            "damage_type": "crack",
            "severity": severity,
            "list_price": rng.uniform(100, 900, n).round(2),
            "device_age_days": pd.Series(rng.integers(1, 900, n)).astype("Int32"),
            "is_under_warranty": rng.random(n) < 0.5,
            "repair_cost": (np.where(brand == "Auro", 200, 50) * (0.5 + severity)).round(2),
        }
    )


class Reshuffling(RepairFeed):
    """Generators: one that keeps no tie between columns, one that hands out what it saw."""

    generators = ("shuffled", "copied")
    neural = "shuffled"

    def make(self, train, generator, seed):
        if generator == "copied":
            return train
        rng = np.random.default_rng(seed)
        return pd.DataFrame({name: rng.permutation(train[name]) for name in train}).astype(
            train.dtypes.to_dict()
        )


@pytest.fixture(scope="module")
def bad_generators(repairs):
    return Reshuffling(repairs)


def test_rows_without_ties_between_columns_teach_less_and_are_found_out(bad_generators):
    table = fidelity(bad_generators, 1).set_index("generator")
    assert table.loc["shuffled", "score_share"] < 0.5
    assert table.loc["copied", "score_share"] == pytest.approx(1)
    assert table.loc["shuffled", "correlation_distance"] > (
        table.loc["real rows", "correlation_distance"] + 0.02
    )
    assert table.loc["shuffled", "detection_auc"] > table.loc["real rows", "detection_auc"] + 0.1
    assert table.loc["shuffled", "marginal_distance"] < 0.2


def test_another_distribution_is_a_marginal_distance(bad_generators, repairs):
    class Dear(Reshuffling):
        generators = ("dear",)

        def make(self, train, generator, seed):
            return train.assign(repair_cost=train["repair_cost"] + 1_000)

    table = fidelity(Dear(repairs), 1).set_index("generator")
    assert table.loc["dear", "worst_marginal_distance"] == 1
    assert table.loc["dear", "detection_auc"] > 0.95


def test_copies_are_found(bad_generators):
    table = privacy(bad_generators, 1).set_index("generator")
    assert table.loc["copied", "copied_share"] == 1
    assert table.loc["copied", "close_share"] == 1
    assert table.loc["real rows", "copied_share"] == 0
    assert table.loc["real rows", "close_share"] == pytest.approx(0.05, abs=0.02)
    assert table.loc["shuffled", "copied_share"] == 0


def test_photographs_handed_out_again_are_copies_and_others_are_not():
    rng = np.random.default_rng(0)
    rows = Photographs(rng.standard_normal((120, SIZE)), np.tile(["crack", "dent", "none"], 40))
    feed = PhotographFeed(rows, np.repeat(np.arange(60), 2).astype(str))
    table = privacy(feed, 1).set_index("generator")
    assert table.loc["oversampling", "copied_share"] == 1
    assert table.loc["cvae", "copied_share"] == 0


def test_costs_are_foretold_from_the_other_columns(repairs):
    train, test = RepairFeed(repairs).split(0)
    error = np.abs(foretold_costs(train, test) - test["repair_cost"]).mean()
    assert error < 0.2 * repairs["repair_cost"].std()


def test_only_scarce_classes_lack_examples():
    labels = np.repeat(["crack", "dent", "none"], [40, 29, 50])
    assert missing_examples(labels, 0.75) == {"dent": 11}
    assert missing_examples(labels, 0.7) == {}


def test_a_fold_learns_from_made_rows_of_its_own_and_never_tests_on_them():
    rng = np.random.default_rng(0)
    kinds = np.repeat([0, 1, 2], [60, 60, 12])
    centres = 2 * rng.standard_normal((3, SIZE))
    embeddings = centres[kinds] + rng.standard_normal((len(kinds), SIZE))
    rows = Photographs(embeddings, np.array(["crack", "none", "dent"])[kinds])
    requests = np.arange(len(rows)).astype(str)
    table = photograph_benefit(rows, requests, None, 0.75, 1).set_index("recipe")
    assert table.loc["nothing", "n_made"] == 0
    assert 30 < table.loc["cvae", "n_made"] < 50
    assert table.loc["cvae", "scarce_recall"] >= table.loc["nothing", "scarce_recall"]
    reduced = photograph_benefit(rows, requests, None, 0.75, 1, {"crack": 5})
    assert reduced.set_index("recipe").loc["cvae", "n_made"] == 5  # up to the median class


def scores_of(measure, **gains):
    base = [0.5, 0.6, 0.55, 0.52, 0.58]
    return {
        name: [{measure: b + g, "n_made": 1.0} for b, g in zip(base, each, strict=True)]
        for name, each in gains.items()
    }


def test_noise_is_not_kept():
    table = judged(
        scores_of(
            "macro_f1", nothing=[0] * 5, smote=[0] * 5, cvae=[0.04, -0.05, 0.02, -0.01, 0.01]
        ),
        "macro_f1",
        "cvae",
        {"cvae", "smote"},
    )
    assert not table["is_kept"].any()


def test_what_helps_beyond_doubt_is_kept():
    gains = {"nothing": [0] * 5, "smote": [0.01] * 5, "cvae": [0.1, 0.11, 0.1, 0.09, 0.1]}
    table = judged(scores_of("macro_f1", **gains), "macro_f1", "cvae", {"cvae", "smote"})
    assert table.set_index("recipe")["is_kept"].to_dict() == {
        "nothing": False,
        "smote": True,
        "cvae": True,
    }


def test_a_network_that_a_plain_recipe_beats_is_not_kept():
    gains = {"nothing": [0] * 5, "class weights": [0.2] * 5, "cvae": [0.1] * 5}
    table = judged(scores_of("macro_f1", **gains), "macro_f1", "cvae", {"cvae"})
    assert not table["is_kept"].any()


def test_the_interval_is_that_of_nadeau_and_bengio():
    gains = np.array([0.1, 0.2, 0.3, 0.2, 0.2])
    # 2.776 is the t of four degrees of freedom; a fold is a quarter of what trains.
    half = 2.7764 * np.sqrt((1 / 5 + 1 / 4) * 0.005)
    _, *ends = mean_interval(gains, shared=1 / 4)
    assert tuple(ends) == pytest.approx((0.2 - half, 0.2 + half), abs=1e-4)


def test_a_row_that_breaks_a_rule_is_told_in_its_place():
    table = pd.DataFrame({"age": [800, 10, None], "covered": [True, True, True]})
    kept = keeps_rules(table, {"warranty_ends": "covered = (age <= 730)"})
    assert kept.tolist() == [False, True, True]


def test_other_rows_have_another_fingerprint():
    rows, labels = np.eye(2), np.array(["a", "b"])
    assert training_fingerprint(rows, labels) == training_fingerprint(rows.copy(), labels)
    assert training_fingerprint(rows, labels) != training_fingerprint(rows, labels[::-1].copy())


@pytest.mark.parametrize("knows_the_truth", [True, False])
def test_rows_of_an_oracle_are_kept_and_noise_is_not(monkeypatch, knows_the_truth):
    # Classes that differ in eight of many numbers, so that fifteen examples teach little.
    rng, size = np.random.default_rng(1), 150
    centres = np.zeros((3, size))
    centres[1, :8], centres[2, 8:16] = 1.6, 1.6
    kinds = np.repeat([0, 1, 2], [100, 100, 15])
    embeddings = centres[kinds] + rng.standard_normal((len(kinds), size))
    rows = Photographs(embeddings, np.array(["none", "crack", "dent"])[kinds])

    def made(embeddings, labels, wanted, rng):
        drawn = rng.standard_normal((len(wanted), size))
        return drawn + centres[2] if knows_the_truth else 5 * drawn

    monkeypatch.setitem(GENERATORS, "cvae", made)
    table = photograph_benefit(rows, np.arange(len(rows)).astype(str), None, 0.75, 2)
    assert table.set_index("recipe").loc["cvae", "is_kept"] == knows_the_truth


def test_a_landed_photograph_is_held_against_the_most_similar_one_learned_from():
    known = np.array([[1.0, 0.0], [0.0, 2.0]])
    made = np.array([[0.0, 5.0], [1.0, 1.0]])
    assert closest_similarities(made, known) == pytest.approx([1, np.sqrt(0.5)])
    assert closest_similarities(made[:0], known).tolist() == []


def test_a_landed_repair_is_a_copy_if_all_its_values_are_anothers_unknown_ones_too(repairs):
    known = repairs.assign(device_age_days=repairs["device_age_days"].mask(repairs.index == 3))
    made = known.iloc[[3, 5, 7]].reset_index(drop=True)
    made.loc[2, "repair_cost"] += 0.01
    assert equal_repairs(made, known).tolist() == [True, True, False]
