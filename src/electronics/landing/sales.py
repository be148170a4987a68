"""Order lines: demand with weekly and yearly season and a price effect, and the sales feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import (
    HISTORY_START,
    LAST_DAY,
    N_DAYS,
    at_seconds,
    landing_days,
    opening_hours,
)
from electronics.landing.customers import signed_up_by
from electronics.landing.defects import chosen, repeated, replaced
from electronics.landing.text import as_text

if TYPE_CHECKING:
    from electronics.landing.world import World

N_LINES = 20_000
WEEKDAY_FACTOR = np.array([0.85, 0.85, 0.9, 0.95, 1.2, 1.4, 0.85])  # Monday first
DISCOUNTS = np.array([0.0, 0.05, 0.1, 0.2, 0.3])
DISCOUNT_SHARES = [0.7, 0.1, 0.1, 0.07, 0.03]
# A discount of 20 % sells 1.9 times as much.
PRICE_EFFECT = 3.2
COLUMNS = [
    "order_id", "line_number", "customer_id", "store_id", "product_id", "quantity",
    "unit_price", "discount", "status", "ordered_at", "updated_at", "landing_day",
]  # fmt: skip
# The till of one store was offline in the first days of June; its lines came two weeks later.
LATE_STORE, LATE_FROM, LATE_UNTIL = "S03", np.datetime64("2026-06-01"), np.datetime64("2026-06-07")
LATE_LANDING_DAY = np.datetime64("2026-06-20")
# A till whose clock ran ahead; the file is there from the start.
FUTURE_LANDING_DAY = np.datetime64("2026-12-31")
FUTURE_LINES = 25


def true_order_lines(
    rng: np.random.Generator,
    products: pd.DataFrame,
    stores: pd.DataFrame,
    customers: pd.DataFrame,
) -> pd.DataFrame:
    """Twenty thousand order lines, each as first recorded.

    Returns:
        The feed's columns (typed), and `product` and `store` (positions), `becomes` (kept,
        cancelled, corrected), `changed_at`, `corrected_quantity`.
    """
    discount = rng.choice(DISCOUNTS, (N_DAYS // 7 + 1, len(products)), p=DISCOUNT_SHARES)
    week = np.arange(N_DAYS) // 7
    rate = _season() * products["popularity"].to_numpy() * np.exp(PRICE_EFFECT * discount[week])
    cells = np.sort(rng.choice(rate.size, N_LINES, p=(rate / rate.sum()).ravel()))
    day, product = np.divmod(cells, len(products))
    shuffled = np.lexsort((rng.random(N_LINES), day))  # else orders would hold neighbours
    day, product = day[shuffled], product[shuffled]

    starts_order = (np.diff(day, prepend=-1) != 0) | (rng.random(N_LINES) < 0.6)
    order = np.cumsum(starts_order) - 1
    n_orders = order[-1] + 1
    first_line = np.flatnonzero(starts_order)
    ordered_at = at_seconds(HISTORY_START + day[first_line], opening_hours(rng, n_orders))
    buyer = signed_up_by(rng, customers, ordered_at)
    store_weight = np.where(stores["channel"] == "online", 2.5, 1.0)
    store = rng.choice(len(stores), n_orders, p=store_weight / store_weight.sum())
    lines = pd.DataFrame(
        {
            "order_id": [f"O{i + 1:06d}" for i in order],
            "line_number": np.arange(N_LINES) - first_line[order] + 1,
            "customer_id": customers["customer_id"].to_numpy()[buyer][order],
            "store_id": stores["store_id"].to_numpy()[store][order],
            "product_id": products["product_id"].to_numpy()[product],
            "quantity": 1 + rng.poisson(0.15 + discount[week[day], product]),
            "unit_price": products["list_price"].to_numpy()[product],
            "discount": discount[week[day], product],
            "status": "completed",
            "ordered_at": ordered_at[order],
            "updated_at": ordered_at[order],
            "product": product,
            "store": store[order],
        }
    )
    fate = rng.random(N_LINES)
    lines["becomes"] = np.select([fate < 0.03, fate < 0.04], ["cancelled", "corrected"], "kept")
    lines["changed_at"] = lines["ordered_at"] + pd.to_timedelta(
        rng.integers(3_600, 6 * 86_400, N_LINES), unit="s"
    )
    lines["corrected_quantity"] = lines["quantity"] + 1
    return lines


def sales_feed(world: World) -> pd.DataFrame:
    """Order line versions as text.

    Defects: lines sent twice, cancelled or corrected by a newer version, of unknown products,
    without a customer (walk-ins), unparsable prices and dates, one late file, one from the future.
    """
    rng = world.rng("sales_feed")
    first = world.order_lines.assign(
        landing_day=landing_days(world.order_lines["updated_at"].to_numpy())
    )
    first = first.assign(customer_id=first["customer_id"].mask(_walk_ins(rng, first)))
    is_late = (
        (first["store_id"] == LATE_STORE)
        & (first["ordered_at"] >= LATE_FROM)
        & (first["ordered_at"] < LATE_UNTIL)
    )
    first.loc[is_late, "landing_day"] = LATE_LANDING_DAY
    changed = first[first["becomes"] != "kept"].copy()
    changed["updated_at"] = changed["changed_at"]
    is_cancelled = changed["becomes"] == "cancelled"
    changed["status"] = np.where(is_cancelled, "cancelled", "completed")
    changed["quantity"] = changed["quantity"].where(is_cancelled, changed["corrected_quantity"])
    changed["landing_day"] = landing_days(changed["updated_at"].to_numpy())

    versions = pd.concat([first, changed], ignore_index=True)[COLUMNS]
    versions = replaced(versions, "product_id", chosen(rng, len(versions), 0.002), "P9999")
    versions = as_text(versions, cents=["unit_price", "discount"])
    unparsable = chosen(rng, len(versions), 0.003)
    is_price = rng.random(len(versions)) < 0.5
    versions = replaced(versions, "unit_price", unparsable & is_price, "12,5O")
    versions = replaced(versions, "ordered_at", unparsable & ~is_price, "2026-13-40")
    versions = repeated(rng, versions, 0.01)
    return pd.concat([versions, _future_lines(rng, world)], ignore_index=True)


def _season() -> np.ndarray:
    """Relative demand of each day, as a column."""
    days = HISTORY_START + np.arange(N_DAYS)
    weekday = (days.astype("datetime64[D]").astype(int) + 3) % 7  # 1970-01-01 was a Thursday
    day_of_year = (days - days.astype("datetime64[Y]")).astype(int)
    yearly = 1 + 0.25 * np.cos(2 * np.pi * (day_of_year - 350) / 365)
    before_christmas = np.where((day_of_year >= 324) & (day_of_year <= 357), 1.6, 1.0)
    return (WEEKDAY_FACTOR[weekday] * yearly * before_christmas)[:, None]


def _walk_ins(rng: np.random.Generator, lines: pd.DataFrame) -> np.ndarray:
    """Eight in a hundred orders without a customer; the same for all lines of an order."""
    order = pd.factorize(lines["order_id"])[0]
    return chosen(rng, order.max() + 1, 0.08)[order]


def _future_lines(rng: np.random.Generator, world: World) -> pd.DataFrame:
    lines = world.order_lines.iloc[rng.choice(N_LINES, FUTURE_LINES, replace=False)].copy()
    lines["order_id"] = [f"O{800_001 + i:06d}" for i in range(FUTURE_LINES)]
    lines["line_number"] = 1
    days = FUTURE_LANDING_DAY - rng.integers(0, 3, FUTURE_LINES)
    lines["ordered_at"] = lines["updated_at"] = at_seconds(days, opening_hours(rng, FUTURE_LINES))
    assert days.min() > LAST_DAY
    return as_text(
        lines.assign(landing_day=FUTURE_LANDING_DAY)[COLUMNS], cents=["unit_price", "discount"]
    )
