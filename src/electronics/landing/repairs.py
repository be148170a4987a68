"""The feeds of repairs in columns: requests, quotes' decisions and technicians' outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import landing_days
from electronics.landing.cases import DAMAGE_SHARES
from electronics.landing.defects import blank, chosen
from electronics.landing.phrases import described
from electronics.landing.text import as_text

if TYPE_CHECKING:
    from electronics.landing.world import World

MISSPELT_CHANNELS = {"app": "App ", "store": "stroe", "phone": "telephone"}
N_TECHNICIANS = 12
WRONG_LABELS, CORRECTED = 0.02, 0.03
REQUEST_COLUMNS = [
    "request_id", "customer_id", "product_id", "store_id", "device_age_days",
    "is_under_warranty", "description", "channel", "requested_at", "landing_day",
]  # fmt: skip


def repair_requests_feed(world: World) -> pd.DataFrame:
    """Requests as filed.

    Defects: channels as typed at the counter, device ages the customer did not know.
    """
    rng = world.rng("repair_requests_feed")
    rows = world.cases.copy()
    rows["description"] = [
        described(rng, case.damage_type, case.severity) for case in rows.itertuples()
    ]
    misspelt = chosen(rng, len(rows), 0.02)
    rows.loc[misspelt, "channel"] = rows.loc[misspelt, "channel"].map(MISSPELT_CHANNELS)
    rows["device_age_days"] = rows["device_age_days"].astype("Int64")
    rows = blank(rng, rows, "device_age_days", 0.05)
    rows["landing_day"] = landing_days(rows["requested_at"].to_numpy())
    return as_text(rows[REQUEST_COLUMNS])


def quote_decisions_feed(world: World) -> pd.DataFrame:
    """The final quote of each request's conversation, and whether it was taken."""
    decided_at = pd.to_datetime([chat.decided_at for chat in world.chats])
    rows = pd.DataFrame(
        {
            "request_id": world.cases["request_id"],
            "quoted_price": world.cases["final_quote"],
            "is_accepted": world.cases["is_accepted"],
            "decided_at": decided_at,
            "landing_day": landing_days(decided_at.to_numpy()),
        }
    ).sort_values(["decided_at", "request_id"], ignore_index=True)
    return as_text(rows, cents=["quoted_price"])


def repair_outcomes_feed(world: World) -> pd.DataFrame:
    """What the technician found, 2 to 9 days after the request; some corrected later.

    `repair_cost` is what the repair cost, or would have cost if the quote was declined.

    Defects: two in a hundred first labels are wrong (half of these are among the corrected), a
    pair of rows with equal key and `updated_at` but different cost, clocks that put the completion
    before the request.
    """
    rng = world.rng("repair_outcomes_feed")
    cases = world.cases
    n = len(cases)
    waited = pd.to_timedelta(rng.integers(2 * 86_400, 9 * 86_400, n), unit="s")
    first = pd.DataFrame(
        {
            "request_id": cases["request_id"],
            "technician_id": [f"T{i + 1:02d}" for i in rng.integers(0, N_TECHNICIANS, n)],
            "damage_type": cases["damage_type"],
            "severity": cases["severity"],
            "repair_cost": cases["repair_cost"],
            "is_repaired": cases["is_accepted"] & (cases["damage_type"] != "none"),
            "completed_at": cases["requested_at"] + waited,
            "updated_at": cases["requested_at"] + waited,
        }
    )
    is_wrong = chosen(rng, n, WRONG_LABELS)
    corrected = _corrections(rng, first, is_wrong)
    first.loc[is_wrong, "damage_type"] = [
        rng.choice([name for name in DAMAGE_SHARES if name != truth])
        for truth in first.loc[is_wrong, "damage_type"]
    ]
    too_early = chosen(rng, n, 0.005)
    first["completed_at"] = first["completed_at"].mask(
        too_early, cases["requested_at"] - pd.Timedelta(days=2)
    )
    twin = first.iloc[[rng.integers(0, (cases["batch"] == 0).sum())]].copy()
    twin["repair_cost"] = twin["repair_cost"] + 25
    versions = pd.concat([first, corrected, twin], ignore_index=True)
    versions = versions.sort_values(["updated_at", "request_id"], ignore_index=True, kind="stable")
    versions["landing_day"] = landing_days(versions["updated_at"].to_numpy())
    return as_text(versions, cents=["severity", "repair_cost"])


def _corrections(
    rng: np.random.Generator, truth: pd.DataFrame, is_wrong: np.ndarray
) -> pd.DataFrame:
    """Newer versions, 4 to 15 days later: half of the wrong labels, the rest about the cost."""
    n = len(truth)
    relabelled = is_wrong & (rng.random(n) < 0.5)
    n_recosted = max(1, round(CORRECTED * n) - relabelled.sum())
    recosted = np.zeros(n, dtype=bool)
    recosted[rng.choice(np.flatnonzero(~is_wrong), n_recosted, replace=False)] = True
    rows = truth.assign(
        repair_cost=truth["repair_cost"].where(~recosted, (truth["repair_cost"] * 1.08).round(2)),
        updated_at=truth["updated_at"]
        + pd.to_timedelta(rng.integers(4 * 86_400, 15 * 86_400, n), unit="s"),
    )
    return rows[relabelled | recosted]
