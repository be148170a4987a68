"""Who buys what, and whose device breaks: structure that only customers explain."""

import pandas as pd
import pytest


@pytest.fixture(scope="module")
def bought(world) -> pd.DataFrame:
    products = world.products[["product_id", "device_kind", "brand"]]
    return world.order_lines.query("becomes != 'cancelled'").merge(products, on="product_id")


def test_customers_are_loyal_to_brands(bought):
    by_brand = pd.crosstab(bought["customer_id"], bought["brand"])
    many = by_brand[by_brand.sum(axis=1) >= 5]
    own = (many.max(axis=1) / many.sum(axis=1)).mean()
    of_anyone = bought.assign(brand=bought["brand"].sample(frac=1, random_state=0).to_numpy())
    shuffled = pd.crosstab(of_anyone["customer_id"], of_anyone["brand"])
    shuffled = shuffled[shuffled.sum(axis=1) >= 5]
    assert own > (shuffled.max(axis=1) / shuffled.sum(axis=1)).mean() + 0.05


def test_segments_differ_in_price_class(bought, world):
    segment = world.customers.set_index("customer_id")["segment"]
    price = bought.groupby(bought["customer_id"].map(segment))["unit_price"].mean()
    assert price["business"] > price["consumer"] > price["student"]


def test_half_of_the_broken_devices_were_bought_on_record(bought, world):
    pairs = world.cases.merge(
        bought[["customer_id", "product_id", "ordered_at"]], on=["customer_id", "product_id"]
    )
    owned = pairs.loc[pairs["ordered_at"] < pairs["requested_at"], "request_id"].nunique()
    assert 0.4 < owned / len(world.cases) < 0.8


def test_what_is_beyond_repair_is_replaced(bought, world):
    cases = world.cases[world.cases["requested_at"] < "2026-06-01"]
    later = cases.merge(bought, on=["customer_id", "device_kind"])
    waited = (later["ordered_at"] - later["requested_at"]).dt.days
    replaced = cases["request_id"].isin(later.loc[waited.between(0, 69), "request_id"])
    is_total = (cases["damage_type"] != "none") & (cases["severity"] >= 0.7)
    is_fine = cases["damage_type"] == "none"
    assert replaced[is_total].mean() > 2.5 * replaced[is_fine].mean()
