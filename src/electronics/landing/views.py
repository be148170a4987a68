"""Photographs that show no device or several, and who says so: agents, and the panel.

Agents look at every upload within two days. Beside the panel's 600 photographs of one device lie
some of none and of several, so that missing those can be measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import FIRST_AS_OF, at_seconds, landing_days, opening_hours
from electronics.landing.catalogue import DEVICE_KINDS
from electronics.landing.streams import stream
from electronics.landing.text import as_text

if TYPE_CHECKING:
    from electronics.landing.world import World

# Of requests; the other photograph of such a request shows the one device.
MISTAKEN_SHARES = {"no_device": 0.08, "several_devices": 0.06}
PANEL_SHARES = {"no_device": 1 / 12, "several_devices": 1 / 15}
WRONG_CHECKS = 0.01
N_AGENTS = 9


def in_view_of_customers(seed: int, rows: pd.DataFrame) -> np.ndarray:
    """What customers' photographs show, given in pairs, a request's two beside each other."""
    rng = stream(seed, "photographs", "in_view")
    n_requests = len(rows) // 2
    draw, which = rng.random(n_requests), rng.integers(0, 2, n_requests)
    in_view = np.full(len(rows), "one_device", dtype=object)
    begins = 0.0
    for name, share in MISTAKEN_SHARES.items():
        hit = np.flatnonzero((draw >= begins) & (draw < begins + share))
        in_view[2 * hit + which[hit]] = name
        begins += share
    return in_view


def mistaken_of_panel(seed: int, n_holdout: int) -> pd.DataFrame:
    """The panel's photographs of no device and of several; none has a damage to be found."""
    rng = stream(seed, "photographs", "holdout", "in_view")
    names = [n for n, share in PANEL_SHARES.items() for _ in range(round(share * n_holdout))]
    days = FIRST_AS_OF - rng.integers(1, 170, len(names))
    return pd.DataFrame(
        {
            "photo_id": [f"F{970_001 + i:06d}" for i in range(len(names))],
            "source": "holdout",
            "view": "customer",
            "device_kind": rng.choice(list(DEVICE_KINDS), len(names)),
            "damage_type": "none",
            "severity": 0.0,
            "in_view": names,
            "taken_at": at_seconds(days, opening_hours(rng, len(names))),
            "is_listed": True,
            "file": "good",
            "landing_day": FIRST_AS_OF,
        }
    )


def photo_checks_feed(world: World) -> pd.DataFrame:
    """What agents saw on customers' photographs, and the panel on those held out.

    Defect: one agent's check in a hundred is wrong.
    """
    rng = world.rng("photo_checks_feed")
    rows = world.photographs
    is_readable = rows["is_listed"] & (rows["file"] == "good")
    rows = rows[is_readable & rows["source"].isin(["customer", "holdout"])].reset_index(drop=True)
    is_panel = (rows["source"] == "holdout").to_numpy()
    waited = pd.to_timedelta(rng.integers(4 * 3_600, 48 * 3_600, len(rows)), unit="s")
    checked_at = (rows["taken_at"] + waited).where(~is_panel, pd.Timestamp(FIRST_AS_OF))
    names = ["one_device", *MISTAKEN_SHARES]
    other = rng.integers(1, len(names), len(rows))
    is_wrong = (rng.random(len(rows)) < WRONG_CHECKS) & ~is_panel
    seen = [
        names[(names.index(name) + shift) % len(names)] if wrong else name
        for name, shift, wrong in zip(rows["in_view"], other, is_wrong, strict=True)
    ]
    agents = [f"A{i + 1:02d}" for i in rng.integers(0, N_AGENTS, len(rows))]
    checks = pd.DataFrame(
        {
            "photo_id": rows["photo_id"],
            "in_view": seen,
            "checked_by": np.where(is_panel, "panel", agents),
            "checked_at": checked_at,
            "landing_day": landing_days(checked_at.to_numpy()),
        }
    )
    return as_text(checks.sort_values(["checked_at", "photo_id"], ignore_index=True))
