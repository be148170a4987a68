"""A batch of made rows is known by its generator and its version, what it learned, and its seed."""

from dataclasses import asdict, replace

import duckdb
import pandas as pd
import pytest

from electronics.synthesis import Batch

FIRST = Batch("repairs", "copula", "1", "abc", 0)
CHANGES = [
    {"generator": "bootstrap"},
    {"generator_version": "2"},
    {"training_fingerprint": "abd"},
    {"seed": 1},
]


def made(*batches: Batch) -> duckdb.DuckDBPyRelation:
    """Two rows of each, as the warehouse keeps them, one batch after another."""
    tables = [
        pd.DataFrame({name: column.to_pylist() for name, column in batch.provenance(2).items()})
        for batch in batches
    ]
    return duckdb.from_df(pd.concat(tables))


def test_a_batch_is_not_made_again_though_another_was_made_since():
    assert FIRST.was_made(made(FIRST, replace(FIRST, seed=1)))


@pytest.mark.parametrize("change", CHANGES)
def test_a_batch_that_differs_in_anything_is_made_under_keys_of_its_own(change):
    other = replace(FIRST, **change)
    assert not other.was_made(made(FIRST))
    assert not set(other.ids(2).to_pylist()) & set(FIRST.ids(2).to_pylist())


def test_no_batch_was_made_where_nothing_was():
    assert not FIRST.was_made(made(FIRST).limit(0))


def test_the_current_batch_is_that_of_the_feed():
    photographs = replace(FIRST, feed="photographs", seed=7)
    current = duckdb.from_df(pd.DataFrame([asdict(photographs), asdict(FIRST)]))
    assert Batch.of(current, "repairs") == FIRST
