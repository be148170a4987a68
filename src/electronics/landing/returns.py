"""Returns of completed order lines; products of poorer make come back twice as often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import landing_days
from electronics.landing.defects import chosen, replaced
from electronics.landing.text import as_text

if TYPE_CHECKING:
    from electronics.landing.world import World

REASONS = ("defective", "changed_mind", "wrong_item", "damaged_in_transit")
REASON_SHARES = (0.4, 0.35, 0.1, 0.15)


def returns_feed(world: World) -> pd.DataFrame:
    """Returns, 3 to 30 days after the order.

    Defects: references to orders that do not exist (a misread receipt).
    """
    rng = world.rng("returns_feed")
    lines = world.order_lines
    rate = world.products["return_rate"].to_numpy()[lines["product"]]
    is_back = (rng.random(len(lines)) < rate) & (lines["becomes"] != "cancelled").to_numpy()
    waited = pd.to_timedelta(rng.integers(3 * 86_400, 30 * 86_400, len(lines)), unit="s")
    back = lines.assign(returned_at=lines["ordered_at"] + waited)[is_back]
    back = back.sort_values(["returned_at", "order_id"], ignore_index=True)
    n = len(back)
    refund = back["unit_price"] * (1 - back["discount"]) * back["quantity"]
    rows = pd.DataFrame(
        {
            "return_id": [f"R{i + 1:06d}" for i in range(n)],
            "order_id": back["order_id"],
            "line_number": back["line_number"],
            "product_id": back["product_id"],
            "quantity": back["quantity"],
            "reason": rng.choice(np.array(REASONS), n, p=REASON_SHARES),
            "refund": refund,
            "returned_at": back["returned_at"],
            "landing_day": landing_days(back["returned_at"].to_numpy()),
        }
    )
    rows = as_text(rows, cents=["refund"])
    return replaced(rows, "order_id", chosen(rng, n, 0.005), "O999999")
