"""Products and stores: the truth, and the feeds with their misspelt old versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import HISTORY_START, at_seconds, landing_days
from electronics.landing.text import as_text

if TYPE_CHECKING:
    from electronics.landing.world import World

BRANDS = ("Auro", "Kestrel", "Nimbus", "Pinewave", "Voltine")
# Kind: model names, lowest and highest list price, popularity in sales.
DEVICE_KINDS: dict[str, tuple[str, float, float, float]] = {
    "smartphone": ("One", 249, 1099, 1.5),
    "tablet": ("Slate", 199, 899, 0.8),
    "laptop": ("Book", 499, 2199, 0.7),
    "smartwatch": ("Pulse", 119, 599, 0.9),
    "headphones": ("Tone", 39, 349, 1.6),
}
PRODUCTS_A_KIND = 12
# Typed by hand in the first year; put right weeks later by a newer version.
MISSPELT_KINDS = {"smartphone": "smartphnoe", "headphones": "Head phones", "laptop": "lap top"}
PRICE_CHANGES = 40

STORES = (
    ("S01", "Harbour Quarter", "Northport", "North", "store", "2018-03-12"),
    ("S02", "Station Arcade", "Elmford", "North", "store", "2019-06-03"),
    ("S03", "Old Mill", "Ravenshire", "East", "store", "2019-10-21"),
    ("S04", "Lakeside", "Brightwater", "East", "store", "2020-09-14"),
    ("S05", "Market Square", "Southgate", "South", "store", "2017-05-02"),
    ("S06", "Riverside", "Millbrook", "South", "store", "2021-04-19"),
    ("S07", "Westfield Court", "Westhaven", "West", "store", "2022-02-07"),
    ("S08", "Web shop", "Westhaven", "West", "online", "2017-05-02"),
)


def true_products(rng: np.random.Generator) -> pd.DataFrame:
    """Sixty products, twelve a kind, with popularity and the price they began with."""
    rows = []
    for kind, (model, low, high, popularity) in DEVICE_KINDS.items():
        prices = np.geomspace(low, high, PRODUCTS_A_KIND).round() - 0.01
        for i in range(PRODUCTS_A_KIND):
            brand = BRANDS[i % len(BRANDS)]
            rows.append((f"{brand} {model} {i + 1}", kind, brand, prices[i], popularity))
    order = rng.permutation(len(rows))
    products = pd.DataFrame(
        [rows[i] for i in order],
        columns=["product_name", "device_kind", "brand", "list_price", "kind_popularity"],
    )
    n = len(products)
    products.insert(0, "product_id", [f"P{i + 1:04d}" for i in range(n)])
    products["unit_cost"] = (products["list_price"] * rng.uniform(0.55, 0.75, n)).round(2)
    products["launched_on"] = np.datetime64("2021-01-15") + rng.integers(0, 1_400, n)
    products["popularity"] = products.pop("kind_popularity") * rng.gamma(3.0, 1 / 3.0, n)
    # One product in three is of poorer make: it comes back more often.
    products["return_rate"] = np.where(rng.random(n) < 1 / 3, 0.075, 0.035)
    return products


def true_stores() -> pd.DataFrame:
    """Eight stores; the web shop sells from the company's warehouse."""
    columns = ["store_id", "store_name", "city", "region", "channel", "opened_on"]
    return pd.DataFrame(STORES, columns=columns)


def products_feed(world: World) -> pd.DataFrame:
    """The full snapshot of the first day, then rows whose kind or price changed."""
    rng = world.rng("products_feed")
    snapshot = world.products.drop(columns=["popularity", "return_rate"])
    snapshot["updated_at"] = at_seconds(np.full(len(snapshot), HISTORY_START), 6 * 3600)
    repriced = snapshot.iloc[rng.choice(len(snapshot), PRICE_CHANGES, replace=True)].copy()
    factor = rng.choice([0.9, 0.95, 1.05], PRICE_CHANGES)
    repriced["list_price"] = (repriced["list_price"] * factor).round() - 0.01
    days = HISTORY_START + 60 + rng.choice(500, PRICE_CHANGES, replace=False)
    repriced["updated_at"] = at_seconds(days, 6 * 3600)

    misspelt = [snapshot.index[snapshot["device_kind"] == kind][0] for kind in MISSPELT_KINDS]
    corrected = snapshot.loc[misspelt].copy()
    corrected["updated_at"] = at_seconds(
        np.full(len(misspelt), np.datetime64("2025-02-17")), 9 * 3600
    )
    snapshot.loc[misspelt, "device_kind"] = list(MISSPELT_KINDS.values())
    versions = pd.concat([snapshot, corrected, repriced.sort_values("updated_at")])
    days = landing_days(versions["updated_at"].to_numpy())
    is_snapshot = np.arange(len(versions)) < len(snapshot)
    versions["landing_day"] = np.where(is_snapshot, HISTORY_START, days)
    return as_text(versions, cents=["list_price", "unit_cost"])


def stores_feed(world: World) -> pd.DataFrame:
    """All stores, landed on the first day."""
    return as_text(world.stores.assign(landing_day=HISTORY_START))
