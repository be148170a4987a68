"""Customers: who signed up when, and the feed with gaps, misspellings and duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from electronics.landing.calendar import LAST_DAY, at_seconds, landing_days, opening_hours
from electronics.landing.defects import blank, chosen, repeated
from electronics.landing.text import as_text

if TYPE_CHECKING:
    from electronics.landing.world import World

N_CUSTOMERS = 3_000
SIGNED_UP_BEFORE_HISTORY = 0.6
CHANGED_LATER = 0.12
CITIES = {
    "Northport": "North",
    "Elmford": "North",
    "Ravenshire": "East",
    "Brightwater": "East",
    "Southgate": "South",
    "Millbrook": "South",
    "Westhaven": "West",
    "Cliffbury": "West",
}
# What hands and old tills make of a region.
MISSPELT_REGIONS = {"North": "Nrth", "South": "SOUTH ", "East": "Eastt", "West": "west"}
FIRST_NAMES = (
    "Ada Amir Ana Ben Bao Carla Chen Dana David Elif Emma Farah Felix Gita Grace Hugo Ines Ivan "
    "Jana Jonas Kai Kofi Lara Leo Lina Luca Maja Marco Mei Mila Nadia Noah Nora Omar Otto Paula "
    "Priya Quinn Rafa Rosa Sami Sofia Tariq Tess Uma Vera Victor Wanda Xin Yara Yusuf Zoe"
)
LAST_NAMES = (
    "Abebe Adler Bauer Becker Brandt Castro Chen Costa Dahl Diaz Evans Fischer Garcia Gruber "
    "Haas Hansen Ito Jansen Kaya Keller Khan Kim Kovacs Kumar Lang Larsen Lee Lopez Maier Mendes "
    "Meyer Moreau Nagy Nowak Okafor Olsen Patel Perez Petrov Quist Rossi Sato Schmid Silva Singh "
    "Smith Tanaka Tran Usman Vogel Weber Wong Yilmaz Young Zhang"
)


def true_customers(rng: np.random.Generator) -> pd.DataFrame:
    """Three thousand customers in the order in which they signed up."""
    n = N_CUSTOMERS
    before = np.datetime64("2022-01-03") + rng.integers(0, 1_094, n)
    during = np.datetime64("2025-01-01") + rng.integers(
        0, int((LAST_DAY - np.datetime64("2025-01-01")).astype(int)), n
    )
    days = np.sort(np.where(rng.random(n) < SIGNED_UP_BEFORE_HISTORY, before, during))
    first, last = rng.choice(FIRST_NAMES.split(), n), rng.choice(LAST_NAMES.split(), n)
    city = rng.choice(list(CITIES), n)
    return pd.DataFrame(
        {
            "customer_id": [f"C{i + 1:06d}" for i in range(n)],
            "full_name": [f"{f} {s}" for f, s in zip(first, last, strict=True)],
            "email": [
                f"{f}.{s}{i}@example.com".lower()
                for i, (f, s) in enumerate(zip(first, last, strict=True))
            ],
            "phone": [f"+00 555 {number:07d}" for number in rng.integers(0, 10**7, n)],
            "birth_year": rng.integers(1945, 2008, n),
            "city": city,
            "region": [CITIES[name] for name in city],
            "segment": rng.choice(["consumer", "business", "student"], n, p=[0.65, 0.15, 0.2]),
            "marketing_consent": rng.random(n) < 0.6,
            "signed_up_at": at_seconds(days, opening_hours(rng, n)),
        }
    )


def signed_up_by(
    rng: np.random.Generator, customers: pd.DataFrame, times: np.ndarray
) -> np.ndarray:
    """For each time, the position of a random customer who had signed up before it."""
    known = np.searchsorted(customers["signed_up_at"].to_numpy(), times)
    return (rng.random(len(times)) * known).astype(int)


def customers_feed(world: World) -> pd.DataFrame:
    """Customer versions: as signed up, and again when somebody moves or changes consent.

    Defects: birth year or e-mail not given, regions as typed, rows sent twice by the shop system.
    """
    rng = world.rng("customers_feed")
    first = world.customers.assign(updated_at=world.customers["signed_up_at"])
    changed = first[chosen(rng, len(first), CHANGED_LATER)].copy()
    changed["updated_at"] += pd.to_timedelta(rng.integers(20, 500, len(changed)), unit="D")
    moved = rng.random(len(changed)) < 0.5
    city = np.where(moved, rng.choice(list(CITIES), len(changed)), changed["city"])
    changed["city"], changed["region"] = city, [CITIES[name] for name in city]
    changed["marketing_consent"] ^= ~moved
    versions = pd.concat([first, changed], ignore_index=True)
    versions["birth_year"] = versions["birth_year"].astype("Int64")

    versions = blank(rng, versions, "birth_year", 0.04)
    versions = blank(rng, versions, "email", 0.02)
    misspelt = chosen(rng, len(versions), 0.03)
    versions.loc[misspelt, "region"] = versions.loc[misspelt, "region"].map(MISSPELT_REGIONS)
    versions = repeated(rng, versions, 0.01)
    versions["landing_day"] = landing_days(versions["updated_at"].to_numpy())
    return as_text(versions)
