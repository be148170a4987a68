"""Between the warehouse's tables and the recommender's arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd

from electronics.recommendation.candidates import ease_weights
from electronics.recommendation.history import Catalogue, History, days
from electronics.recommendation.pairs import BEYOND_REPAIR, pair_rows


def read_history(
    events: pd.DataFrame, products: pd.DataFrame, customers: pd.DataFrame, day: pd.DataFrame
) -> tuple[History, float]:
    """The history told by the tables, and the end of the as-of day in days since 1970."""
    catalogue = Catalogue(
        products.assign(list_price=products["list_price"].astype(float)).sort_values(
            "product_id", ignore_index=True
        ),
        customers.sort_values("customer_id", ignore_index=True),
    )
    return History(catalogue, events), float(days(day["day_ends_at"])[0])


def pairs_to_score(history: History, as_of: float) -> pd.DataFrame:
    """The features of every pair, with ids, and what is needed to give a reason.

    `because_product_id` is the owned product whose weight towards this one is the highest;
    `broken_product_id` a device of the same kind that is damaged beyond repair, or whose repair the
    customer declined.
    """
    catalogue = history.catalogue
    snapshot = history.snapshot(as_of)
    rows = pair_rows(snapshot, catalogue)
    customer, product = rows.pop("customer").to_numpy(), rows.pop("product").to_numpy()
    ids = catalogue.products["product_id"].to_numpy()
    weights = ease_weights(snapshot.bought)
    of_owned = np.where(snapshot.owned[:, :, None] > 0, weights[None], -np.inf)
    best, its_weight = of_owned.argmax(axis=1), of_owned.max(axis=1)
    to_replace = (snapshot.severity >= BEYOND_REPAIR) | (snapshot.declined > 0)
    broken = np.where(to_replace, snapshot.broken_product, -1)[customer, catalogue.kinds[product]]
    n_bought = snapshot.bought.sum(axis=1)
    is_known = snapshot.owned.sum(axis=1) > 0
    known_by = np.where(n_bought > 0, "purchases", np.where(is_known, "repairs", "nothing"))
    helps = its_weight[customer, product] > 0
    ids_or_none = np.array([*ids, None], dtype=object)  # -1 is none
    heads = {
        "customer_id": catalogue.customers["customer_id"].to_numpy()[customer],
        "product_id": ids[product],
        "segment": catalogue.customers["segment"].to_numpy()[customer],
        "device_kind": catalogue.products["device_kind"].to_numpy()[product],
        "known_by": known_by[customer],
        "because_product_id": np.where(helps, ids[best[customer, product]], None),
        "because_weight": np.where(helps, its_weight[customer, product], 0.0).round(6),
        "broken_product_id": ids_or_none[broken],
    }
    return pd.concat([pd.DataFrame(heads), rows], axis=1)
