"""Stock by day, store and product: what was sold leaves, what was ordered arrives.

The inventory and purchase order feeds are two views of this one simulation, so they agree with
the sales feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import HISTORY_START, N_DAYS, at_seconds, landing_days
from electronics.landing.catalogue import BRANDS
from electronics.landing.defects import chosen

if TYPE_CHECKING:
    from electronics.landing.world import World

PROMISED_DAYS = 10
LONGEST_LEAD_DAYS = 21
# A line that has not come two weeks after its lead time leaves the on-order count.
GIVEN_UP_AFTER_DAYS = 14
NEVER_RECEIVED, CANCELLED = 0.02, 0.015


def inventory_feed(world: World) -> pd.DataFrame:
    """Counts of every store and product at the close of every day."""
    on_hand, on_order, _ = _simulate(world)
    n_stores, n_products = len(world.stores), len(world.products)
    days = HISTORY_START + np.arange(N_DAYS)
    counted_on = np.repeat(days, n_stores * n_products)
    return pd.DataFrame(
        {
            "counted_on": counted_on.astype("datetime64[s]"),
            "store_id": np.tile(np.repeat(world.stores["store_id"], n_products), N_DAYS),
            "product_id": np.tile(world.products["product_id"], N_DAYS * n_stores),
            "on_hand": on_hand.ravel(),
            "on_order": on_order.ravel(),
            "landing_day": landing_days(counted_on),
        }
    )


def purchase_orders_feed(world: World) -> pd.DataFrame:
    """Order line versions: when ordered, and again when received or cancelled.

    Defects: lines that are never received (and never closed), negative quantities typed in.
    """
    rng = world.rng("purchase_orders_feed")
    _, _, ordered = _simulate(world)
    products = world.products.iloc[ordered["product"]].reset_index(drop=True)
    supplier = pd.Categorical(products["brand"], categories=list(BRANDS)).codes
    lines = pd.DataFrame(
        {
            "supplier_id": [f"SUP{code + 1}" for code in supplier],
            "store_id": world.stores["store_id"].to_numpy()[ordered["store"]],
            "product_id": products["product_id"],
            "quantity": ordered["quantity"].to_numpy(),
            "unit_cost": products["unit_cost"],
            "day": ordered["day"].to_numpy(),
            "lead": ordered["lead"].to_numpy(),
            "fate": ordered["fate"].to_numpy(),
        }
    ).sort_values(["day", "store_id", "supplier_id", "product_id"], ignore_index=True)
    order = lines.groupby(["day", "store_id", "supplier_id"], sort=False)
    lines.insert(0, "purchase_order_id", [f"PO{i + 1:06d}" for i in order.ngroup()])
    lines.insert(1, "line_number", order.cumcount() + 1)
    ordered_on = HISTORY_START + lines["day"].to_numpy()
    lines["ordered_at"] = at_seconds(ordered_on, 9 * 3600)
    lines["expected_on"] = at_seconds(ordered_on + PROMISED_DAYS, 0)
    lines["received_at"] = pd.Series(np.datetime64("NaT", "s"), index=lines.index)
    lines["status"] = "ordered"
    lines["updated_at"] = lines["ordered_at"]
    mistyped = chosen(rng, len(lines), 0.003)
    lines["quantity"] = lines["quantity"].where(~mistyped, -lines["quantity"])

    closed = lines[lines["fate"] != "lost"].copy()
    arrives = at_seconds(HISTORY_START + (closed["day"] + closed["lead"]).to_numpy(), 10 * 3600)
    is_cancelled = closed["fate"] == "cancelled"
    closed["updated_at"] = arrives
    closed["received_at"] = closed["updated_at"].mask(is_cancelled)
    closed["status"] = np.where(is_cancelled, "cancelled", "received")
    versions = pd.concat([lines, closed], ignore_index=True).drop(columns=["day", "lead", "fate"])
    return versions.assign(landing_day=landing_days(versions["updated_at"].to_numpy()))


def _simulate(world: World) -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
    """Runs the stock of all stores through all days.

    Returns:
        Units on hand and on order at the close of each day (day × store × product), and one row
        per purchase order line: day, store, product (positions), quantity, lead (days), fate.
    """
    rng = world.rng("stock")
    sold = _units_sold(world)
    shape = sold.shape
    weekly_demand = sold.sum(axis=0) / (N_DAYS / 7)
    target = np.ceil(8 * weekly_demand + 4).astype(int)
    reorder_point = np.ceil(4 * weekly_demand + 1).astype(int)
    weeks = (N_DAYS // 7 + 1, *shape[1:])
    lead = rng.integers(4, LONGEST_LEAD_DAYS + 1, weeks)
    luck = rng.random(weeks)
    fate = np.select(
        [luck < NEVER_RECEIVED, luck < NEVER_RECEIVED + CANCELLED], ["lost", "cancelled"], "good"
    )

    beyond = N_DAYS + LONGEST_LEAD_DAYS + GIVEN_UP_AFTER_DAYS + 1
    arriving = np.zeros((beyond, *shape[1:]), dtype=int)
    given_up = np.zeros_like(arriving)
    on_hand, on_order = np.zeros(shape, dtype=int), np.zeros(shape, dtype=int)
    hand, pending = target.copy(), np.zeros_like(target)
    orders = []
    for day in range(N_DAYS):
        hand = np.maximum(hand + arriving[day] - sold[day], 0)
        pending = pending - arriving[day] - given_up[day]
        if day % 7 == 5:  # Mondays: 2025-01-01 was a Wednesday
            week = day // 7
            store, product = np.nonzero(hand + pending <= reorder_point)
            quantity = (target - hand - pending)[store, product]
            its_lead, its_fate = lead[week, store, product], fate[week, store, product]
            is_good = its_fate == "good"
            arriving[day + its_lead, store, product] += quantity * is_good
            given_up[day + its_lead + GIVEN_UP_AFTER_DAYS, store, product] += quantity * ~is_good
            pending[store, product] += quantity
            orders.append(
                pd.DataFrame(
                    {"day": day, "store": store, "product": product, "quantity": quantity,
                     "lead": its_lead, "fate": its_fate}
                )
            )  # fmt: skip
        on_hand[day], on_order[day] = hand, pending
    return on_hand, on_order, pd.concat(orders, ignore_index=True)


def _units_sold(world: World) -> np.ndarray:
    lines = world.order_lines
    day = (lines["ordered_at"].to_numpy().astype("datetime64[D]") - HISTORY_START).astype(int)
    sold = np.zeros((N_DAYS, len(world.stores), len(world.products)), dtype=int)
    units = lines["quantity"].where(lines["becomes"] != "cancelled", 0)
    np.add.at(sold, (day, lines["store"].to_numpy(), lines["product"].to_numpy()), units)
    return sold
