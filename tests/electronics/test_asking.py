"""Active learning: who is asked about, and that asking is compared fairly with chance."""

import numpy as np
import pytest

from electronics.factory import Photographs
from electronics.learning import (
    STRATEGIES,
    Pool,
    Unlabelled,
    active_learning_experiments,
    margin_uncertainty,
)

PROBABILITIES = np.array(
    [[0.9, 0.1, 0.0], [0.5, 0.4, 0.1], [0.45, 0.45, 0.1], [0.34, 0.33, 0.33], [0.8, 0.1, 0.1]]
)
DEVICES = np.array(["a", "a", "b", "c", "c"])


def ask(strategy: str, budget: int, embeddings=None) -> list[int]:
    embeddings = np.eye(5) if embeddings is None else embeddings
    rng = np.random.default_rng(0)
    return STRATEGIES[strategy](
        Unlabelled(PROBABILITIES, embeddings, DEVICES), budget, rng
    ).tolist()


def test_the_margin_is_the_difference_of_the_two_likeliest():
    assert margin_uncertainty(PROBABILITIES) == pytest.approx([0.2, 0.9, 1.0, 0.99, 0.3])


def test_the_least_certain_are_asked_for_first():
    assert ask("margin", 3) == [2, 3, 1]
    assert ask("entropy", 2) == [3, 2]


def test_devices_are_asked_for_as_a_whole():
    assert ask("margin of devices", 3) == [2, 3, 4]


def test_of_two_that_look_alike_only_the_less_certain_is_asked_for():
    alike = np.array([[9.0, 0], [0, 0], [0, 0.1], [0, -0.1], [5.0, 5]])
    chosen = ask("margin x diversity", 2, alike)
    assert chosen[0] == 2
    assert chosen[1] in (0, 4)


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("budget", [1, 3, 5])
def test_no_one_is_asked_about_twice_nor_beyond_the_budget(strategy, budget):
    chosen = ask(strategy, budget)
    assert len(chosen) == len(set(chosen)) == budget


def test_a_budget_larger_than_the_pool_asks_for_all():
    for strategy in STRATEGIES:
        assert sorted(ask(strategy, 9)) == [0, 1, 2, 3, 4]


def pool(n: int) -> Pool:
    """Two easy kinds, and a rare pair that is hard to tell apart."""
    rng = np.random.default_rng(4)
    kinds = rng.choice(4, n, p=[0.4, 0.4, 0.1, 0.1])
    centres = np.array([[6, 0], [-6, 0], [0, 6], [0, 7.5]])
    embeddings = np.pad(centres[kinds] + rng.normal(scale=0.6, size=(n, 2)), ((0, 0), (0, 4)))
    names = np.array(["dent", "none", "scratch", "water"])[kinds]
    photographs = Photographs(embeddings, names)
    half = np.arange(n) < n // 2
    return Pool(
        "hard pair",
        photographs.take(np.flatnonzero(half)),
        np.array([f"R{i}" for i in range(n // 2)]),
        photographs.take(np.flatnonzero(~half)),
    )


def test_asking_is_compared_at_equal_budget_and_is_reproducible():
    table = active_learning_experiments([pool(800)], n_seeds=3, n_rounds=2, step=40)
    assert table.equals(active_learning_experiments([pool(800)], n_seeds=3, n_rounds=2, step=40))
    assert set(table["strategy"]) == set(STRATEGIES)
    assert set(table.loc[table["round"] == 2, "n_labels"]) == {120}
    assert (table.loc[table["strategy"] == "random", "over_random"] == 0).all()


def test_a_pool_too_small_for_the_rounds_is_refused():
    with pytest.raises(ValueError, match="pool hard pair: 50 photographs, expected at least 120"):
        active_learning_experiments([pool(100)], n_seeds=2, n_rounds=2, step=40)
