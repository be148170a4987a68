"""The detector: six classes over a photograph's embedding, learned from two cameras."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

SOUND = "none"
CUSTOMERS_WORTH = 100
"""All customers' photographs together weigh as if each counted this over the factory's number."""


@dataclass(frozen=True)
class Photographs:
    """Embeddings and what they show, a row a photograph."""

    embeddings: NDArray[np.float64]
    damage_types: NDArray[np.str_]

    @classmethod
    def of(cls, table: pa.Table) -> Photographs:
        """From a table with `embedding` and `damage_type`, in its order."""
        if not table.num_rows:
            raise ValueError(
                "no photographs with a damage type, expected one or more: land weeks with "
                "photographs and the labels of technicians, inspectors or the panel "
                "(`python -m electronics land --as-of DAY`), and build again"
            )
        embeddings = np.stack(table["embedding"].to_numpy()).astype(np.float64)
        return cls(embeddings, np.asarray(table["damage_type"].to_pylist()))

    def __len__(self) -> int:
        """The number of photographs."""
        return len(self.damage_types)

    def __add__(self, other: Photographs) -> Photographs:
        """Both, these first."""
        return Photographs(
            np.concatenate([self.embeddings, other.embeddings]),
            np.concatenate([self.damage_types, other.damage_types]),
        )

    def take(self, rows: NDArray[np.intp]) -> Photographs:
        """These rows only."""
        return Photographs(self.embeddings[rows], self.damage_types[rows])

    def drawn(self, rng: np.random.Generator, count: int) -> Photographs:
        """So many of them at random, in their order; fewer are a part of more."""
        return self.take(np.sort(rng.permutation(len(self))[:count]))

    def moved(self, embeddings: NDArray[np.float64]) -> Photographs:
        """The same photographs with other embeddings."""
        return Photographs(embeddings, self.damage_types)


def fit_detector(customers: Photographs | None, factory: Photographs | None) -> Pipeline:
    """Fit on what customers and the factory photographed; either may be missing.

    The more the factory has labelled, the less a customer's photograph counts: at
    `CUSTOMERS_WORTH` and fewer labels as much as the factory's own, then ever less.
    """
    parts = [part for part in (customers, factory) if part is not None]
    rows = parts[0] if len(parts) == 1 else parts[0] + parts[1]
    weights = np.ones(len(rows))
    if customers is not None and factory is not None:
        weights[: len(customers)] = min(1.0, CUSTOMERS_WORTH / len(factory))
    estimator = make_pipeline(
        StandardScaler(),
        PCA(n_components=min(96, len(rows) - 1, rows.embeddings.shape[1]), random_state=0),
        LogisticRegression(C=0.1, max_iter=2000),
    )
    return estimator.fit(
        rows.embeddings, rows.damage_types, logisticregression__sample_weight=weights
    )


def defect_probability(estimator: Pipeline, embeddings: NDArray[np.float64]) -> NDArray[np.float64]:
    """One minus the probability that nothing is damaged."""
    return 1 - estimator.predict_proba(embeddings)[:, list(estimator.classes_).index(SOUND)]


def defect_measures(estimator: Pipeline, holdout: Photographs) -> dict[str, float]:
    """Share of damage types seen rightly, and the AUC of defective against sound."""
    is_right = estimator.predict(holdout.embeddings) == holdout.damage_types
    is_defective = holdout.damage_types != SOUND
    probability = defect_probability(estimator, holdout.embeddings)
    return {
        "accuracy": float(is_right.mean()),
        "defect_auc": float(roc_auc_score(is_defective, probability)),
    }
