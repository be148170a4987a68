"""Which photographs exist and what they show; the feeds of their manifest and labels.

The truth stays here: the manifest says who took a photograph of which device, never its damage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import FIRST_AS_OF, at_seconds, landing_days, opening_hours
from electronics.landing.cases import true_damage
from electronics.landing.catalogue import DEVICE_KINDS
from electronics.landing.streams import stream
from electronics.landing.text import as_text
from electronics.landing.views import in_view_of_customers, mistaken_of_panel

if TYPE_CHECKING:
    from electronics.landing.world import World

SOURCES = ("customer", "holdout", "factory")
PHOTOGRAPHS_A_REQUEST = 2
HOLDOUT_FROM = np.datetime64("2026-01-05")
TRUNCATED_SHARE = 0.005
MISSING_FILES, UNLISTED_FILES = 3, 2
TRUTH = ["device_kind", "damage_type", "severity"]


def true_photographs(
    seed: int, cases: pd.DataFrame, units: pd.DataFrame, n_holdout: int
) -> pd.DataFrame:
    """One row per photograph of customers, of the holdout, of the factory, and of no one.

    Returns:
        photo_id, source (customer, holdout, factory), request_id, unit_id, device_kind,
        damage_type, severity, view, in_view, render_seed, taken_at, landing_day, file (good,
        truncated, missing) and is_listed. Those of no device or several have the request's damage.
    """
    of_customers = _of_requests(seed, cases)
    of_customers["in_view"] = in_view_of_customers(seed, of_customers)
    history = (of_customers["batch"] == 0).to_numpy()
    unlisted = of_customers[history].iloc[:UNLISTED_FILES].assign(is_listed=False)
    rows = pd.concat(
        [
            of_customers[history],
            _of_holdout(seed, n_holdout),
            units.assign(source="factory", view="factory", taken_at=units["inspected_at"]),
            of_customers[~history],
        ],
        ignore_index=True,
    )
    rows = rows.assign(photo_id=[f"F{i + 1:06d}" for i in range(len(rows))], is_listed=True)
    unlisted["photo_id"] = [f"F{980_001 + i:06d}" for i in range(len(unlisted))]
    rows = pd.concat([rows, unlisted], ignore_index=True)
    rows["landing_day"] = landing_days(rows["taken_at"].to_numpy())
    rows.loc[rows["source"] == "holdout", "landing_day"] = FIRST_AS_OF
    rows["file"] = _file_states(seed, rows)
    rows["in_view"] = rows["in_view"].fillna("one_device")
    rows = pd.concat([rows, mistaken_of_panel(seed, n_holdout)], ignore_index=True)
    rows["render_seed"] = [
        int(stream(seed, "photograph", photo_id).integers(2**62)) for photo_id in rows["photo_id"]
    ]
    return rows.drop(columns=["batch", "product_id", "batch_id", "inspected_at", "is_labelled"])


def photo_manifest_feed(world: World) -> pd.DataFrame:
    """What the uploading systems list. Defect: a few files never came, a few are not listed."""
    rows = world.photographs[world.photographs["is_listed"]]
    rows = rows.assign(file_name=rows["photo_id"] + ".png")
    columns = ["photo_id", "file_name", "source", "request_id", "unit_id", "device_kind"]
    return as_text(rows[[*columns, "taken_at", "landing_day"]])


def holdout_labels_feed(world: World) -> pd.DataFrame:
    """The expert panel's labels of the fixed holdout; for measuring only."""
    rows = world.photographs
    rows = rows[(rows["source"] == "holdout") & (rows["in_view"] == "one_device")]
    rows = rows[["photo_id", "damage_type", "severity", "landing_day"]]
    return as_text(rows, cents=["severity"])


def _of_requests(seed: int, cases: pd.DataFrame) -> pd.DataFrame:
    rows = cases[["batch", "request_id", "requested_at", *TRUTH]]
    rows = rows.loc[rows.index.repeat(PHOTOGRAPHS_A_REQUEST)].reset_index(drop=True)
    minutes = stream(seed, "photographs", "customer").integers(60, 2_400, len(rows))
    rows["taken_at"] = rows.pop("requested_at") - pd.to_timedelta(minutes, unit="s")
    return rows.assign(source="customer", view="customer")


def _of_holdout(seed: int, size: int) -> pd.DataFrame:
    rng = stream(seed, "photographs", "holdout")
    kinds = rng.choice(list(DEVICE_KINDS), size)
    damage, severity = true_damage(rng, kinds)
    days = HOLDOUT_FROM + rng.integers(0, (FIRST_AS_OF - HOLDOUT_FROM).astype(int), size)
    return pd.DataFrame(
        {
            "source": "holdout",
            "view": "customer",
            "device_kind": kinds,
            "damage_type": damage,
            "severity": severity,
            "taken_at": at_seconds(days, opening_hours(rng, size)),
        }
    )


def _file_states(seed: int, rows: pd.DataFrame) -> np.ndarray:
    """Some uploads break off, a few of the first never come; the holdout is kept whole."""
    rng = stream(seed, "photographs", "files")
    state = np.full(len(rows), "good", dtype=object)
    usual = np.flatnonzero((rows["source"] != "holdout") & rows["is_listed"])
    n_truncated = max(1, round(TRUNCATED_SHARE * len(usual)))
    state[rng.choice(usual, n_truncated, replace=False)] = "truncated"
    is_early = (rows["landing_day"] <= FIRST_AS_OF).to_numpy()
    candidates = [i for i in usual if is_early[i] and state[i] == "good"]
    state[rng.choice(candidates, MISSING_FILES, replace=False)] = "missing"
    return state
