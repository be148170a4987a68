"""What is known of customers and their devices at a time, replayed from dated events.

An event counts from the day on which it was known, so a snapshot of the past holds nothing that
came later: no cancellation, no technician's word, no purchase.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

# How long a broken device is a reason to buy another of its kind, and a bought one not to.
NEED_DAYS, KIND_DAYS, RECENT_DAYS = 70, 400, 180


@dataclass(frozen=True)
class Catalogue:
    """Products and customers, in the order of the matrices' columns and rows."""

    products: pd.DataFrame
    customers: pd.DataFrame

    @cached_property
    def kinds(self) -> np.ndarray:
        """The kind of each product, as a number."""
        return pd.factorize(self.products["device_kind"], sort=True)[0]

    @cached_property
    def brands(self) -> np.ndarray:
        """The brand of each product, as a number."""
        return pd.factorize(self.products["brand"], sort=True)[0]

    @cached_property
    def price_ranks(self) -> np.ndarray:
        """0 for the cheapest of its kind … 1 for the dearest."""
        return self.products.groupby("device_kind")["list_price"].rank(pct=True).to_numpy()

    @cached_property
    def segments(self) -> np.ndarray:
        """The segment of each customer, as a number."""
        return pd.factorize(self.customers["segment"], sort=True)[0]


@dataclass(frozen=True)
class Snapshot:
    """What was known at a time; matrices are customer × product or customer × kind.

    Attributes:
        bought: 1 where the customer bought the product and neither cancelled nor returned it.
        brought: 1 where the customer brought such a device to repair.
        owned: either.
        recent: purchases of the last half year.
        kind_bought_at: day on which a device of the kind was bought last (-inf: never).
        severity: of the damage known of a device of the kind that needs replacing, else 0.
        declined: 1 where the customer declined to have it repaired.
        broken_product: position of that device, or -1.
        broken_brand: its brand, or -1.
    """

    at: float
    bought: np.ndarray
    brought: np.ndarray
    owned: np.ndarray
    recent: np.ndarray
    kind_bought_at: np.ndarray
    severity: np.ndarray
    declined: np.ndarray
    broken_product: np.ndarray
    broken_brand: np.ndarray


class History:
    """Dated events of customers and products: bought, undone, brought, declined, assessed."""

    def __init__(self, catalogue: Catalogue, events: pd.DataFrame) -> None:
        """Takes `customer_id, product_id, event, known_at, request_id, damage_type, severity`."""
        self.catalogue = catalogue
        products = catalogue.products.set_index("product_id").index
        customers = catalogue.customers.set_index("customer_id").index
        rows = events.assign(
            customer=customers.get_indexer(events["customer_id"]),
            product=products.get_indexer(events["product_id"]),
            day=days(events["known_at"]),
        )
        known = (rows["customer"] >= 0) & (rows["product"] >= 0)
        self.events = rows[known].sort_values(
            ["day", "event", "customer", "product", "request_id"], kind="stable", ignore_index=True
        )

    def bought_between(self, after: float, until: float) -> np.ndarray:
        """1 where a customer bought a product in (after, until], whatever became of it."""
        rows = self.events
        rows = rows[(rows["event"] == "bought") & (rows["day"] > after) & (rows["day"] <= until)]
        return self._matrix(rows)

    def snapshot(self, at: float, *, with_condition: bool = True) -> Snapshot:
        """What was known at day `at`."""
        rows = self.events[self.events["day"] <= at]
        bought_rows = rows[rows["event"] == "bought"]
        bought = self._count(bought_rows) > self._count(rows[rows["event"] == "undone"])
        brought = self._matrix(rows[rows["event"] == "brought"]) > 0
        kinds = self.catalogue.kinds
        kind_bought_at = np.full((len(bought), kinds.max() + 1), -np.inf)
        np.maximum.at(
            kind_bought_at,
            (bought_rows["customer"].to_numpy(), kinds[bought_rows["product"]]),
            bought_rows["day"].to_numpy(),
        )
        needs = self._needs(rows if with_condition else rows.iloc[:0], at, kind_bought_at)
        return Snapshot(
            at,
            bought.astype(float),
            brought.astype(float),
            (bought | brought).astype(float),
            self._count(bought_rows[bought_rows["day"] > at - RECENT_DAYS]),
            kind_bought_at,
            *needs,
        )

    def _needs(
        self, rows: pd.DataFrame, at: float, kind_bought_at: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Severity, refusal, device and brand of what is broken and not yet replaced."""
        shape = kind_bought_at.shape
        severity, declined = np.zeros(shape), np.zeros(shape)
        product, brand = np.full(shape, -1), np.full(shape, -1)
        brought = rows[(rows["event"] == "brought") & (rows["day"] > at - NEED_DAYS)]
        told = rows[rows["event"] == "assessed"].drop_duplicates("request_id", keep="last")
        told = told.set_index("request_id")
        refused = set(rows.loc[rows["event"] == "declined", "request_id"])
        for request in brought.itertuples():
            kind = self.catalogue.kinds[request.product]
            cell = (request.customer, kind)
            if kind_bought_at[cell] > request.day or request.request_id not in told.index:
                continue
            damage = told.loc[request.request_id]
            is_broken = damage["damage_type"] != "none"
            severity[cell] = damage["severity"] if is_broken else 0.0
            declined[cell] = float(is_broken and request.request_id in refused)
            product[cell] = request.product if is_broken else -1
            brand[cell] = self.catalogue.brands[request.product] if is_broken else -1
        return severity, declined, product, brand

    def _count(self, rows: pd.DataFrame) -> np.ndarray:
        counts = np.zeros((len(self.catalogue.customers), len(self.catalogue.products)))
        np.add.at(counts, (rows["customer"].to_numpy(), rows["product"].to_numpy()), 1.0)
        return counts

    def _matrix(self, rows: pd.DataFrame) -> np.ndarray:
        return (self._count(rows) > 0).astype(float)


def days(times: pd.Series) -> np.ndarray:
    """Days since 1970, with fractions."""
    return times.to_numpy().astype("datetime64[s]").astype(float) / 86_400
