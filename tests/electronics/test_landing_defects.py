"""Every defect of the page is there, in its share, and nowhere more than said."""

import re

import pandas as pd
import pytest
from landing_worlds import is_json

from electronics.landing.feeds import FEEDS

TIMESTAMP = r"\d{4}-(0\d|1[0-2])-\d\dT\d\d:\d\d:\d\d"


@pytest.fixture(scope="module")
def tables(world) -> dict[str, pd.DataFrame]:
    return {feed.name: feed.rows(world) for feed in FEEDS}


def close_to(share: float) -> object:
    return pytest.approx(share, rel=0.15)


def test_customers(tables):
    rows = tables["customers"]
    assert rows["birth_year"].isna().mean() == close_to(0.04)
    assert rows["email"].isna().mean() == close_to(0.02)
    assert (~rows["region"].isin(["North", "South", "East", "West"])).mean() == close_to(0.03)
    assert {"Nrth", "SOUTH "} <= set(rows["region"])
    assert rows.duplicated().mean() == close_to(0.01)


def test_sales(tables):
    rows = tables["sales"]
    lines = rows.drop_duplicates()
    key = ["order_id", "line_number"]
    first = lines.drop_duplicates(key)
    assert rows.duplicated().mean() == close_to(0.01)
    assert (lines["status"] == "cancelled").sum() / len(first) == close_to(0.03)
    newer = lines.merge(first, on=key, suffixes=("", "_first"))
    is_corrected = (newer["quantity"] != newer["quantity_first"]) & (newer["status"] == "completed")
    assert is_corrected.sum() / len(first) == close_to(0.01)
    assert (
        newer.loc[is_corrected, "updated_at"] > newer.loc[is_corrected, "updated_at_first"]
    ).all()
    assert (rows["product_id"] == "P9999").mean() == close_to(0.002)
    per_order = lines.groupby("order_id")["customer_id"].first()
    assert per_order.isna().mean() == close_to(0.08)
    bad_price = ~rows["unit_price"].str.fullmatch(r"\d+\.\d\d")
    bad_date = ~rows["ordered_at"].str.fullmatch(TIMESTAMP)
    assert (bad_price | bad_date).mean() == close_to(0.003)
    assert set(rows.loc[bad_price, "unit_price"]) == {"12,5O"}
    assert set(rows.loc[bad_date, "ordered_at"]) == {"2026-13-40"}


def test_a_late_and_a_future_dated_file_of_sales(tables):
    rows = tables["sales"].astype({"landing_day": str})
    late = rows[rows["landing_day"] == "2026-06-20"]
    assert len(late) > 3
    assert late["updated_at"].between("2026-06-01", "2026-06-07").all()
    on_time = rows[(rows["landing_day"] == "2026-06-28") & (rows["store_id"] == "S03")]
    is_first = on_time["ordered_at"] == on_time["updated_at"]
    assert not on_time.loc[is_first, "ordered_at"].between("2026-06-01", "2026-06-07").any()
    future = rows[rows["landing_day"] == "2026-12-31"]
    assert len(future) == 25
    assert (future["ordered_at"] > "2026-12-28").all()


def test_products_are_misspelt_in_three_old_versions_only(tables):
    rows = tables["products"]
    kinds = {"smartphone", "tablet", "laptop", "smartwatch", "headphones"}
    misspelt = rows[~rows["device_kind"].isin(kinds)]
    assert {"smartphnoe", "Head phones"} < set(misspelt["device_kind"])
    assert len(misspelt) == 3
    latest = rows.sort_values("updated_at").drop_duplicates("product_id", keep="last")
    assert set(latest["device_kind"]) == kinds


def test_purchase_orders(tables):
    rows = tables["purchase_orders"]
    key = ["purchase_order_id", "line_number"]
    lines = rows.groupby(key)["status"].agg(set)
    old = rows.drop_duplicates(key).set_index(key)["ordered_at"] < pd.Timestamp("2026-06-01")
    assert (lines[old] == {"ordered"}).mean() == pytest.approx(0.02, abs=0.008)
    assert (rows.drop_duplicates(key)["quantity"] < 0).mean() == close_to(0.003)


def test_returns(tables):
    orders = set(tables["sales"]["order_id"])
    assert (~tables["returns"]["order_id"].isin(orders)).mean() == close_to(0.005)


def test_repair_requests(tables):
    rows = tables["repair_requests"]
    assert (~rows["channel"].isin(["app", "store", "phone"])).mean() == close_to(0.02)
    assert rows["device_age_days"].isna().mean() == close_to(0.05)


def test_repair_chats(tables):
    lines = tables["repair_chats"]["line"]
    assert (~lines.map(is_json)).mean() == close_to(0.01)
    named = lines.str.extract(r'"request_id": "(Q\d+)"')[0].dropna()
    unknown = ~named.isin(tables["repair_requests"]["request_id"])
    assert 5 <= unknown.sum() <= 8


def test_repair_outcomes(tables, world):
    rows = tables["repair_outcomes"]
    asked = rows["request_id"].map(
        tables["repair_requests"].set_index("request_id")["requested_at"]
    )
    first = rows.drop_duplicates("request_id")
    assert (first["completed_at"] < asked[first.index]).mean() == close_to(0.005)
    twins = rows[rows.duplicated(["request_id", "updated_at"], keep=False)]
    assert len(twins) == 2
    assert twins["repair_cost"].nunique() == 2
    truth = first["request_id"].map(world.cases.set_index("request_id")["damage_type"])
    assert (first["damage_type"] != truth).mean() == close_to(0.02)
    corrections = rows[
        rows["updated_at"] > rows.groupby("request_id")["updated_at"].transform("min")
    ]
    assert len(corrections) / len(first) == close_to(0.03)
    right = corrections["request_id"].map(world.cases.set_index("request_id")["damage_type"])
    assert (corrections["damage_type"] == right).all()


def test_all_other_timestamps_are_well_formed(tables):
    for feed in ("customers", "returns", "repair_requests", "photo_manifest", "repair_outcomes"):
        for column in [name for name in tables[feed] if name.endswith("_at")]:
            well_formed = tables[feed][column].map(lambda text: bool(re.fullmatch(TIMESTAMP, text)))
            assert well_formed.all(), (feed, column)
