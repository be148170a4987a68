"""The ranker: how likely a customer who buys something buys this product, from a pair's features.

A logistic regression over standardised features, so the warehouse can score it in SQL.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from electronics.recommendation.history import History
from electronics.recommendation.pairs import FEATURES, pair_rows

WINDOW_DAYS, TRAINING_WINDOWS = 56, 3


def training_rows(history: History, until: float, windows: int = TRAINING_WINDOWS) -> pd.DataFrame:
    """Pairs of customers who bought something new in a window, and whether it was this product.

    Each window's features are what was known at its beginning; the last one ends at `until`.
    """
    frames = []
    for i in range(windows):
        begins = until - WINDOW_DAYS * (i + 1)
        snapshot = history.snapshot(begins)
        bought = history.bought_between(begins, begins + WINDOW_DAYS) * (snapshot.owned == 0)
        rows = pair_rows(snapshot, history.catalogue, bought.sum(axis=1) > 0)
        is_bought = bought[rows["customer"], rows["product"]] > 0
        frames.append(rows.assign(is_bought=is_bought, window_begins=begins))
    return pd.concat(frames, ignore_index=True)


def fitted_ranker(rows: pd.DataFrame, features: tuple[str, ...] = FEATURES) -> Pipeline:
    """Fitted on the features named."""
    ranker = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=500))
    return ranker.fit(rows[list(features)].to_numpy(), rows["is_bought"].to_numpy())


def ranker_scores(
    ranker: Pipeline, features: np.ndarray, names: tuple[str, ...] = FEATURES
) -> np.ndarray:
    """Log odds of each customer and product (customer × product × feature in)."""
    columns = [FEATURES.index(name) for name in names]
    flat = features[:, :, columns].reshape(-1, len(columns))
    return ranker.decision_function(flat).reshape(features.shape[:2])
