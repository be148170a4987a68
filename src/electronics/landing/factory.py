"""What the factory photographs: units set aside, a panel's holdout of them, and whole batches.

Units set aside come because something was suspected, so most are damaged; a batch from the end of
the line is photographed whole, and few of its units are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import FIRST_AS_OF, at_seconds, landing_days, opening_hours
from electronics.landing.cases import (
    DAMAGE_SHARES,
    damaged_severity,
    possible_damages,
    true_damage,
)
from electronics.landing.streams import stream
from electronics.landing.text import as_text

if TYPE_CHECKING:
    from electronics.landing.world import World

SET_ASIDE_FROM = np.datetime64("2026-01-05")
FIRST_BATCH_ON = np.datetime64("2026-04-07")
BATCHES_BY_FIRST_AS_OF, BATCHES = 24, 32
BATCH_DAYS = (0, 2)
"""Tuesdays and Thursdays."""
USUAL_RATE = (8.0, 92.0)
"""Parameters of the beta distribution of a usual batch's share of defective units."""
BAD_RATES = (0.25, 0.35, 0.45, 0.55, 0.65)
LATER_BAD_RATES = (0.3, 0.55)
SHARE_OF_THE_CAUSE = 0.8
AUDITED_AFTER = np.timedelta64(14, "D")
CORRECTED_SHARE = 0.03
INSPECTORS = ("I01", "I02", "I03", "I04")


def true_factory_units(
    rng: np.random.Generator, size: int, labelled: int, products: pd.DataFrame
) -> pd.DataFrame:
    """Units set aside in the half year before the first as-of date, a few of them labelled."""
    units = _set_aside(rng, size, products, first_number=1)
    is_labelled = np.zeros(size, dtype=bool)
    is_labelled[rng.choice(size, labelled, replace=False)] = True
    return units.assign(
        batch_id=units["batch_id"] + rng.integers(1, 9, size).astype(str), is_labelled=is_labelled
    )


def true_holdout_units(rng: np.random.Generator, size: int, products: pd.DataFrame) -> pd.DataFrame:
    """Units set aside like the others, of batches of their own."""
    units = _set_aside(rng, size, products, first_number=100_001)
    return units.assign(batch_id=units["batch_id"] + "9")


def true_batch_units(
    rng: np.random.Generator, batch_size: int, products: pd.DataFrame
) -> pd.DataFrame:
    """All units of two batches a week; the defects of a bad batch have mostly one cause."""
    days = [FIRST_BATCH_ON + 7 * (i // 2) + BATCH_DAYS[i % 2] for i in range(BATCHES)]
    rates = rng.beta(*USUAL_RATE, BATCHES)
    early, late = np.arange(BATCHES_BY_FIRST_AS_OF), np.arange(BATCHES_BY_FIRST_AS_OF, BATCHES)
    bad = np.concatenate(
        [
            rng.choice(early, len(BAD_RATES), replace=False),
            rng.choice(late, len(LATER_BAD_RATES), replace=False),
        ]
    )
    rates[bad] = BAD_RATES + LATER_BAD_RATES
    units = []
    for i, day in enumerate(days):
        product = products.iloc[int(rng.integers(len(products)))]
        damage, severity = _defects(rng, batch_size, rates[i], i in bad, product["device_kind"])
        units.append(
            pd.DataFrame(
                {
                    "product_id": product["product_id"],
                    "device_kind": product["device_kind"],
                    "batch_id": f"L{day}",
                    "inspected_at": np.sort(
                        at_seconds(np.full(batch_size, day), opening_hours(rng, batch_size))
                    ),
                    "damage_type": damage,
                    "severity": severity,
                }
            )
        )
    rows = pd.concat(units, ignore_index=True)
    rows.insert(0, "unit_id", [f"U{i + 200_001:06d}" for i in range(len(rows))])
    return rows


def photographs_of(
    seed: int, units: pd.DataFrame, first_number: int, landing_day: np.datetime64 | None = None
) -> pd.DataFrame:
    """One whole photograph a unit, as `true_photographs` has them; numbered apart from those."""
    ids = [f"F{i + first_number:06d}" for i in range(len(units))]
    days = landing_days(units["inspected_at"].to_numpy())
    return pd.DataFrame(
        {
            "photo_id": ids,
            "source": "factory",
            **{c: units[c] for c in ["unit_id", "device_kind", "damage_type", "severity"]},
            "view": "factory",
            "in_view": "one_device",
            "taken_at": units["inspected_at"],
            "landing_day": days if landing_day is None else landing_day,
            "render_seed": [int(stream(seed, "photograph", i).integers(2**62)) for i in ids],
            "file": "good",
            "is_listed": True,
        }
    )


def factory_inspections_feed(world: World) -> pd.DataFrame:
    """Inspected units; the damage type only of the few labelled on the spot."""
    set_aside, holdout = world.factory_units, world.factory_holdout_units
    units = pd.concat(
        [
            set_aside.assign(station="set_aside"),
            holdout.assign(station="set_aside", is_labelled=False),
            world.factory_batch_units.assign(station="line_end", is_labelled=False),
        ],
        ignore_index=True,
    )
    rows = units[["unit_id", "product_id", "batch_id", "inspected_at"]].assign(
        inspector_label=units["damage_type"].where(units["is_labelled"].astype(bool)),
        station=units["station"],
        landing_day=landing_days(units["inspected_at"].to_numpy()),
    )
    return as_text(rows)


def inspector_labels_feed(world: World) -> pd.DataFrame:
    """Labels given later at the inspectors' desks; some are put right by a newer one."""
    rng = world.rng("inspector_labels")
    units = world.factory_units[~world.factory_units["is_labelled"]]
    chosen = np.sort(rng.choice(len(units), world.n_labelled_later, replace=False))
    units = units.iloc[chosen].reset_index(drop=True)
    # More and more as time goes: the backlog of the half year is worked off towards its end.
    span = (FIRST_AS_OF.astype("datetime64[s]") - units["inspected_at"].to_numpy()).astype(
        "timedelta64[s]"
    )
    waited = (span.astype(np.int64) * rng.beta(2.0, 1.0, len(units))).astype("timedelta64[s]")
    first = pd.DataFrame(
        {
            "unit_id": units["unit_id"],
            "damage_type": units["damage_type"],
            "inspector_id": rng.choice(INSPECTORS, len(units)),
            "labelled_at": units["inspected_at"].to_numpy() + waited,
        }
    )
    is_corrected = rng.random(len(first)) < CORRECTED_SHARE
    newer = first[is_corrected].assign(
        inspector_id=rng.choice(INSPECTORS, int(is_corrected.sum())),
        labelled_at=first.loc[is_corrected, "labelled_at"] + pd.Timedelta(days=2),
    )
    others = [
        rng.choice([d for d in DAMAGE_SHARES if d != truth]) for truth in newer["damage_type"]
    ]
    first.loc[is_corrected, "damage_type"] = others
    rows = pd.concat([first, newer], ignore_index=True)
    return as_text(rows.assign(landing_day=landing_days(rows["labelled_at"].to_numpy())))


def factory_holdout_labels_feed(world: World) -> pd.DataFrame:
    """The expert panel's labels of the factory's holdout; for measuring only."""
    units = world.factory_holdout_units
    rows = units[["unit_id", "damage_type", "severity"]].assign(landing_day=FIRST_AS_OF)
    return as_text(rows, cents=["severity"])


def batch_audits_feed(world: World) -> pd.DataFrame:
    """How many units of a batch were defective, counted by hand two weeks later."""
    units = world.factory_batch_units
    units = units.assign(is_defective=units["damage_type"] != "none")
    rows = units.groupby("batch_id", as_index=False).agg(
        n_units=("unit_id", "size"),
        n_defective=("is_defective", "sum"),
        audited_at=("inspected_at", "max"),
    )
    rows["audited_at"] = rows["audited_at"] + AUDITED_AFTER
    return as_text(rows.assign(landing_day=landing_days(rows["audited_at"].to_numpy())))


def _set_aside(
    rng: np.random.Generator, size: int, products: pd.DataFrame, first_number: int
) -> pd.DataFrame:
    """Units under suspicion; their batch is the month's, and lacks its number."""
    days = SET_ASIDE_FROM + rng.integers(0, (FIRST_AS_OF - SET_ASIDE_FROM).astype(int), size)
    inspected_at = np.sort(at_seconds(days, opening_hours(rng, size)))
    product = products.iloc[rng.integers(0, len(products), size)].reset_index(drop=True)
    damage, severity = true_damage(rng, product["device_kind"].to_numpy())
    return pd.DataFrame(
        {
            "unit_id": [f"U{i + first_number:06d}" for i in range(size)],
            "product_id": product["product_id"],
            "device_kind": product["device_kind"],
            "batch_id": [f"B{m}-" for m in np.datetime_as_string(inspected_at, unit="M")],
            "inspected_at": inspected_at,
            "damage_type": damage,
            "severity": severity,
        }
    )


def _defects(
    rng: np.random.Generator, size: int, rate: float, is_bad: bool, device_kind: str
) -> tuple[np.ndarray, np.ndarray]:
    types = [d for d in possible_damages(device_kind) if d != "none"]
    shares = np.array([DAMAGE_SHARES[d] for d in types])
    damage = rng.choice(types, size, p=shares / shares.sum())
    cause = rng.choice(types)
    of_cause = rng.random(size) < (SHARE_OF_THE_CAUSE if is_bad else 0.0)
    damage = np.where(of_cause, cause, damage)
    is_defective = rng.random(size) < rate
    severity = damaged_severity(rng, size)
    return np.where(is_defective, damage, "none"), np.where(is_defective, severity, 0.0)
