"""Accuracy on the fixed holdout rises with the labels that the loop brings back.

Five worlds (seeds of the simulator), three generations each: a gain that chance
explains would not be there on average, or would be of the size of its error.
"""

from concurrent.futures import ThreadPoolExecutor
from statistics import mean, stdev

import pytest
from vendor import Vendor

pytestmark = pytest.mark.pipeline

SEEDS = (7, 11, 13, 17, 19)
LINEAGE = (
    *("--select", "+damage_model_generations", "+photo_assessments"),
    *("--exclude-resource-type", "test", "unit_test"),
    # What technicians' labels alone do: with the factory's the model begins higher, and gains less.
    *("--vars", "{damage_learns_from_factory: false, damage_learns_from_synthetic: never}"),
)


def live(folder, seed: int) -> dict:
    """Three generations of one world."""
    vendor = Vendor(folder, seed, photographs_of="customer,holdout")
    vendor.land()
    vendor.build(*LINEAGE)
    for _ in range(2):
        vendor.land_next_week()
        vendor.build(*LINEAGE)
    return {
        "generations": vendor.ask(
            "select training_rows, n_holdout, holdout_accuracy "
            "from gold.damage_model_generations order by generation"
        ),
        "shared": vendor.ask(
            "select count(*) from gold.damage_training_photographs "
            "inner join gold.damage_holdout_photographs using (sha256)"
        )[0][0],
        "most_similar": vendor.ask(
            "select max(holdout_similarity) from gold.damage_training_photographs"
        )[0][0],
    }


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    folders = [tmp_path_factory.mktemp(f"seed{seed}") for seed in SEEDS]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(live, folders, SEEDS))


def accuracies(worlds: list[dict]) -> list[list[float]]:
    return [[row[2] for row in world["generations"]] for world in worlds]


def test_every_generation_learns_from_more_labels(worlds):
    for world in worlds:
        first, second, third = (row[0] for row in world["generations"])
        assert first < second < third


def test_accuracy_rises_over_three_generations_beyond_noise(worlds):
    print("holdout accuracy by generation:", accuracies(worlds))
    gains = [last - first for first, _, last in accuracies(worlds)]
    error = stdev(gains) / len(gains) ** 0.5
    assert mean(gains) > 0.02
    # Student's t for four degrees of freedom: 2.776 is the two-sided 5 % point.
    assert mean(gains) / error > 2.776


def test_the_holdout_is_fixed_and_never_trained_on(worlds):
    for world in worlds:
        assert {row[1] for row in world["generations"]} == {600}
        assert world["shared"] == 0
        assert world["most_similar"] <= 0.99
