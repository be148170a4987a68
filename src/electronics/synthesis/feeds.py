"""Rows of the two feeds that are made: how they are split, made more of, measured and used."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.metrics import r2_score
from sklearn.model_selection import GroupShuffleSplit, ShuffleSplit
from threadpoolctl import threadpool_limits

from electronics.factory import Photographs, fit_damage_model
from electronics.synthesis.embeddings import GENERATORS, NEURAL, synthesise
from electronics.synthesis.encoding import TableEncoder
from electronics.synthesis.table import NEURAL_OF_TABLE, TABLE_GENERATORS, synthesise_table

Array = NDArray[np.float64]
Rows = TypeVar("Rows")
TEST_SHARE = 1 / 3
COMPARED_COMPONENTS = 32
_DECIMALS = 3
CATEGORIES = ["device_kind", "brand", "damage_type"]
COST = "repair_cost"
"""What is foretold of a repair, from all its other columns."""


class Feed(Protocol[Rows]):
    """What the studies ask of a feed."""

    name: str
    generators: list[str]
    neural: str
    task: str

    def split(self, seed: int) -> tuple[Rows, Rows]:
        """Rows to learn from, and a third to test with that shares nothing with them."""

    def make(self, train: Rows, generator: str, seed: int) -> Rows:
        """As many rows as there are."""

    def score(self, train: Rows, test: Rows) -> float:
        """What a model that learns from the one foretells of the other: see `task`."""

    def table(self, rows: Rows) -> pd.DataFrame:
        """Columns whose distributions are compared."""

    def numbers(self, train: Rows, *others: Rows) -> list[Array]:
        """The train rows and others in a space of numbers in which distances mean something."""

    def keys(self, rows: Rows) -> list[Hashable]:
        """What makes two rows the same row."""


@dataclass(frozen=True)
class PhotographFeed:
    """Photographs' embeddings; those of a group (a request, a unit) are never parted."""

    rows: Photographs
    groups: NDArray[np.str_]
    name: str = "photographs"
    neural: str = NEURAL
    task: str = "accuracy"

    @property
    def generators(self) -> list[str]:
        """All that make embeddings."""
        return list(GENERATORS)

    def split(self, seed: int) -> tuple[Photographs, Photographs]:
        """By group."""
        splitter = GroupShuffleSplit(1, test_size=TEST_SHARE, random_state=seed)
        train, test = next(splitter.split(self.rows.embeddings, groups=self.groups))
        return self.rows.take(train), self.rows.take(test)

    def make(self, train: Photographs, generator: str, seed: int) -> Photographs:
        """As many of each class as there are."""
        names, counts = np.unique(train.damage_types, return_counts=True)
        wanted = dict(zip(names.tolist(), counts.tolist(), strict=True))
        return Photographs(
            *synthesise(train.embeddings, train.damage_types, wanted, seed, generator)
        )

    def score(self, train: Photographs, test: Photographs) -> float:
        """Accuracy of the damage model."""
        return float(fit_damage_model(train).score(test.embeddings, test.damage_types))

    def table(self, rows: Photographs) -> pd.DataFrame:
        """A column a number of the embedding."""
        return pd.DataFrame(rows.embeddings)

    def numbers(self, train: Photographs, *others: Photographs) -> list[Array]:
        """Whitened principal components."""
        scale = np.maximum(train.embeddings.std(axis=0), 1e-6)
        n = min(COMPARED_COMPONENTS, *train.embeddings.shape)
        pca = PCA(n, whiten=True, random_state=0).fit(train.embeddings / scale)
        return [pca.transform(each.embeddings / scale) for each in (train, *others)]

    def keys(self, rows: Photographs) -> list[Hashable]:
        """The rounded numbers."""
        return [row.tobytes() for row in rows.embeddings.round(_DECIMALS)]


@dataclass(frozen=True)
class RepairFeed:
    """Repairs with their cost, a row each."""

    rows: pd.DataFrame
    name: str = "repairs"
    neural: str = NEURAL_OF_TABLE
    task: str = "r2_score"

    @property
    def generators(self) -> list[str]:
        """All that make rows of tables."""
        return list(TABLE_GENERATORS)

    def split(self, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """At random: a repair is a row."""
        splitter = ShuffleSplit(1, test_size=TEST_SHARE, random_state=seed)
        train, test = next(splitter.split(self.rows))
        return self.rows.iloc[train], self.rows.iloc[test]

    def make(self, train: pd.DataFrame, generator: str, seed: int) -> pd.DataFrame:
        """As many rows as there are."""
        return synthesise_table(train, len(train), seed, generator)

    def score(self, train: pd.DataFrame, test: pd.DataFrame) -> float:
        """R² of the foretold cost."""
        return float(r2_score(test[COST], foretold_costs(train, test)))

    def table(self, rows: pd.DataFrame) -> pd.DataFrame:
        """As it is."""
        return rows

    def numbers(self, train: pd.DataFrame, *others: pd.DataFrame) -> list[Array]:
        """Normal scores, and a column a category."""
        encoder = TableEncoder(train)
        return [encoder.encode(each) for each in (train, *others)]

    def keys(self, rows: pd.DataFrame) -> list[Hashable]:
        """The values, decoded."""
        values = rows.astype(object).where(rows.notna(), None)
        return list(values.itertuples(index=False, name=None))


def foretold_costs(train: pd.DataFrame, test: pd.DataFrame) -> Array:
    """Costs of the test rows by boosted trees like those of `ml.repair_cost`."""
    features = [name for name in train.columns if name != COST]

    def numbers(rows: pd.DataFrame) -> pd.DataFrame:
        coded = {
            name: pd.Categorical(rows[name], categories=known[name]).codes
            if name in known
            else rows[name].astype("Float64").to_numpy(np.float64, na_value=np.nan)
            for name in features
        }
        return pd.DataFrame(coded)

    known = {name: sorted(train[name].unique()) for name in features if name in CATEGORIES}
    trees = HistGradientBoostingRegressor(
        max_iter=40,
        learning_rate=0.15,
        max_depth=4,
        min_samples_leaf=5,
        categorical_features=list(known),
        early_stopping=False,
        random_state=0,
    )
    # Trees this small only wait for one another on several threads.
    with threadpool_limits(limits=1):
        fitted = trees.fit(numbers(train), train[COST])
        return np.asarray(fitted.predict(numbers(test)))
