"""The truth of repairs: what is broken, what it costs, what was quoted and whether it was taken."""

import numpy as np
import pandas as pd

from electronics.landing.calendar import (
    FIRST_AS_OF,
    LAST_WEEK_OF_REQUESTS_ENDS,
    at_seconds,
    opening_hours,
)
from electronics.landing.customers import signed_up_by

# Ten days and more before the first as-of date: every outcome of the first batch is in by then.
FIRST_BATCH = (np.datetime64("2026-02-01"), np.datetime64("2026-06-18"))
N_WEEKS = int((LAST_WEEK_OF_REQUESTS_ENDS - FIRST_AS_OF).astype(int)) // 7
WARRANTY_DAYS = 730

DAMAGE_SHARES = {
    "none": 0.25,
    "scratch": 0.20,
    "crack": 0.20,
    "dent": 0.12,
    "water": 0.11,
    "screen_fault": 0.12,
}
KIND_COST = {
    "smartphone": 150.0,
    "tablet": 170.0,
    "laptop": 260.0,
    "smartwatch": 100.0,
    "headphones": 50.0,
}
# Of no damage, the cost is that of looking.
DAMAGE_COST = {
    "none": 0.15,
    "scratch": 0.5,
    "dent": 0.65,
    "crack": 1.1,
    "screen_fault": 1.3,
    "water": 1.6,
}
BRAND_COST = {"Auro": 1.35, "Kestrel": 1.1, "Nimbus": 1.0, "Pinewave": 0.9, "Voltine": 0.8}
MARGIN = 1.25
WARRANTY_DISCOUNT = 0.7
SEGMENT_TASTE = {"consumer": 0.0, "business": 1.0, "student": -1.0}


def true_damage(
    rng: np.random.Generator, device_kinds: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Damage type and severity (0 … 1, two decimals) of devices of these kinds.

    Headphones have no screen to fail; the other kinds' screens fail the more.
    """
    types = np.array(list(DAMAGE_SHARES))
    shares = np.array(list(DAMAGE_SHARES.values()))
    is_screen = types == "screen_fault"
    with_screen = np.where(is_screen, shares * 1.25, shares)
    without_screen = np.where(is_screen, 0.0, shares)
    draw = rng.random(len(device_kinds))
    picks = [
        np.searchsorted(np.cumsum(p / p.sum()), draw, side="right")
        for p in (with_screen, without_screen)
    ]
    damage = types[np.where(device_kinds == "headphones", picks[1], picks[0])]
    severity = damaged_severity(rng, len(device_kinds))
    return damage, np.where(damage == "none", 0.0, severity)


def damaged_severity(rng: np.random.Generator, size: int) -> np.ndarray:
    """Severities of damaged devices, two decimals."""
    return (0.15 + 0.85 * rng.beta(1.6, 1.6, size)).round(2)


def possible_damages(device_kind: str) -> list[str]:
    """The damage types that a device of the kind can have, no damage among them."""
    return [name for name in DAMAGE_SHARES if name != "screen_fault" or device_kind != "headphones"]


def true_cases(
    rng: np.random.Generator,
    batch_size: int,
    products: pd.DataFrame,
    stores: pd.DataFrame,
    customers: pd.DataFrame,
) -> pd.DataFrame:
    """One row per repair request, in order of time: a batch of history, then one a week."""
    spans = [FIRST_BATCH]
    spans += [(FIRST_AS_OF + 7 * w + 1, FIRST_AS_OF + 7 * w + 7) for w in range(N_WEEKS)]
    requested_at = np.concatenate([_times(rng, *span, batch_size) for span in spans])
    n = len(requested_at)
    product = products.iloc[rng.integers(0, len(products), n)].reset_index(drop=True)
    customer = customers.iloc[signed_up_by(rng, customers, requested_at)].reset_index(drop=True)
    channel = rng.choice(["app", "store", "phone"], n, p=[0.5, 0.35, 0.15])
    since_launch = (requested_at - product["launched_on"].to_numpy()).astype("timedelta64[D]")
    age = np.minimum(5 + rng.gamma(1.8, 320.0, n).astype(int), since_launch.astype(int))
    damage, severity = true_damage(rng, product["device_kind"].to_numpy())
    cost = repair_cost(product["device_kind"], product["brand"], damage, severity)
    cost = np.maximum(cost * (1 + 0.1 * rng.standard_normal(n)) + rng.normal(0, 3, n), 5).round(2)
    cases = pd.DataFrame(
        {
            "request_id": [f"Q{i + 1:06d}" for i in range(n)],
            "batch": np.repeat(np.arange(len(spans)), batch_size),
            "customer_id": customer["customer_id"],
            "segment": customer["segment"],
            "product_id": product["product_id"],
            "product_name": product["product_name"],
            "device_kind": product["device_kind"],
            "list_price": product["list_price"],
            "store_id": stores["store_id"].to_numpy()[rng.integers(0, len(stores), n)],
            "device_age_days": age,
            "is_under_warranty": age <= WARRANTY_DAYS,
            "channel": channel,
            "requested_at": requested_at,
            "damage_type": damage,
            "severity": severity,
            "repair_cost": cost,
        }
    )
    return _with_decision(rng, cases)


def repair_cost(
    device_kinds: pd.Series, brands: pd.Series, damage: np.ndarray, severity: np.ndarray
) -> np.ndarray:
    """The expected cost: base of the kind × damage type × (0.5 + severity) × brand factor."""
    damage_factor = np.array([DAMAGE_COST[name] for name in damage])
    base = device_kinds.map(KIND_COST).to_numpy() * damage_factor
    return base * (0.5 + severity) * brands.map(BRAND_COST).to_numpy()


def _with_decision(rng: np.random.Generator, cases: pd.DataFrame) -> pd.DataFrame:
    """Adds first and final quote, and whether the customer takes the final one."""
    n = len(cases)
    estimate = cases["repair_cost"] * np.exp(rng.normal(0, 0.15, n))
    covered = np.where(cases["is_under_warranty"], WARRANTY_DISCOUNT, 1.0)
    first_quote = np.maximum((estimate * MARGIN * covered).round(), 9.0)
    haggles = rng.random(n) < 0.25
    final_quote = np.where(haggles, (first_quote * 0.9).round(), first_quote)
    logit = (
        3.0
        - 5.5 * final_quote / cases["list_price"]
        - 0.8 * cases["device_age_days"] / 365
        + cases["segment"].map(SEGMENT_TASTE)
    )
    is_accepted = rng.random(n) < 1 / (1 + np.exp(-logit))
    return cases.assign(
        first_quote=first_quote, haggles=haggles, final_quote=final_quote, is_accepted=is_accepted
    )


def _times(
    rng: np.random.Generator, first: np.datetime64, last: np.datetime64, size: int
) -> np.ndarray:
    days = first + rng.integers(0, (last - first).astype(int) + 1, size)
    return np.sort(at_seconds(days, opening_hours(rng, size)))
