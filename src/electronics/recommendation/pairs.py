"""Features of a customer and a product that the customer does not own, as known at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from electronics.recommendation.candidates import ease_weights, recent_by_segment
from electronics.recommendation.history import KIND_DAYS, Catalogue, Snapshot

FEATURES = (
    "affinity", "popularity", "segment_popularity", "owns_kind", "brand_share",
    "price_distance", "replacement_severity", "is_beyond_repair", "is_declined",
    "replaces_same_brand",
)  # fmt: skip
CONDITION = FEATURES[6:]
# From this severity on a device is seldom worth its repair.
BEYOND_REPAIR = 0.7


def pair_features(snapshot: Snapshot, catalogue: Catalogue) -> np.ndarray:
    """Customer × product × feature, in the order of `FEATURES`."""
    kinds, brands, ranks = catalogue.kinds, catalogue.brands, catalogue.price_ranks
    owned, shape = snapshot.owned, snapshot.owned.shape
    affinity = owned @ ease_weights(snapshot.bought)

    total = snapshot.recent.sum(axis=0) + 1
    share = np.log(total / total.sum())
    # Shrunk towards the overall share, as though twenty purchases more were of everyone.
    of_segment = recent_by_segment(snapshot, catalogue) + 20 * np.exp(share)
    of_segment = np.log(of_segment / of_segment.sum(axis=1, keepdims=True)) - share

    n_owned = owned.sum(axis=1, keepdims=True)
    is_brand = brands[:, None] == np.arange(brands.max() + 1)
    brand_share = (owned @ is_brand + 0.5) / (n_owned + 0.5 * is_brand.shape[1])
    mean_rank = (owned @ ranks[:, None] + 0.5) / (n_owned + 1)
    severity, declined = snapshot.severity[:, kinds], snapshot.declined[:, kinds]
    columns = [
        affinity,
        np.broadcast_to(share, shape),
        of_segment[catalogue.segments],
        (snapshot.kind_bought_at > snapshot.at - KIND_DAYS)[:, kinds],
        brand_share[:, brands],
        np.abs(ranks - mean_rank),
        severity,
        severity >= BEYOND_REPAIR,
        declined,
        snapshot.broken_brand[:, kinds] == brands,
    ]
    # Rounded, so that no machine's last bits make a row look new.
    return np.stack([np.asarray(column, dtype=float) for column in columns], axis=2).round(6)


def pair_rows(
    snapshot: Snapshot, catalogue: Catalogue, customers: np.ndarray | None = None
) -> pd.DataFrame:
    """One row a customer and product not owned: positions, then the features."""
    features = pair_features(snapshot, catalogue)
    candidate = snapshot.owned == 0
    if customers is not None:
        candidate = candidate & customers[:, None]
    customer, product = np.nonzero(candidate)
    rows = pd.DataFrame(features[customer, product], columns=list(FEATURES))
    return rows.assign(customer=customer, product=product)
