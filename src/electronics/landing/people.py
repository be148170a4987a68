"""Who bought each order and whose device each repair request is about, in order of time.

What is sold and what breaks is drawn before, without people; this file only says whose it was. So
season, prices, popularity, damages and quotes are what they are whatever customers like.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from electronics.landing.tastes import (
    ECOSYSTEM,
    GOES_WITH,
    KIND_OWNED,
    KIND_OWNED_DAYS,
    KINDS,
    PRODUCT_OWNED,
    Tastes,
    kind_codes,
)

# The device is one the records know, as far as the customer remembers its age.
OWNED_SHARE, REMEMBERED_DAYS = 0.85, 25
# Too badly damaged to go on with, or not repaired: a new one is wanted within so many days.
BEYOND_REPAIR = 0.7
REPLACING, REPLACED_WITHIN_DAYS = 2.6, 70
WANTS_ANOTHER = {"beyond_repair": 0.75, "declined": 0.45}


@dataclass(frozen=True)
class People:
    """Positions of customers: of each order, and of each repair request."""

    of_orders: np.ndarray
    of_cases: np.ndarray


def true_people(
    rng: np.random.Generator,
    lines: pd.DataFrame,
    cases: pd.DataFrame,
    products: pd.DataFrame,
    customers: pd.DataFrame,
    tastes: Tastes,
) -> People:
    """Goes through orders and requests as they happened; who owns what decides who comes next.

    `lines` have their order's id, `product` and fate; `cases` each a customer drawn at random, who
    stays where no one is known to own such a device.
    """
    households = _Households(products, customers, tastes)
    first = np.flatnonzero(~lines["order_id"].duplicated().to_numpy())
    last = np.append(first[1:], len(lines))
    product, kept = lines["product"].to_numpy(), (lines["becomes"] != "cancelled").to_numpy()
    case_product = products.set_index("product_id").index.get_indexer(cases["product_id"])
    segment = customers["segment"].to_numpy()
    stranger = customers.set_index("customer_id").index.get_indexer(cases["customer_id"])
    is_owned = rng.random(len(cases)) < OWNED_SHARE
    wants = rng.random(len(cases)) < _wish(cases)

    of_orders, of_cases = np.zeros(len(first), dtype=int), stranger.copy()
    times = np.concatenate([_in_days(lines["ordered_at"])[first], _in_days(cases["requested_at"])])
    for event in np.argsort(times, kind="stable"):
        now = times[event]
        if event < len(first):
            its = slice(first[event], last[event])
            who = households.buyer(rng, now, product[its])
            households.bought(who, now, product[its][kept[its]])
            of_orders[event] = who
            continue
        i = event - len(first)
        if is_owned[i]:
            age = int(cases["device_age_days"].iat[i])
            alike = segment == segment[stranger[i]]  # who decides on the quote is of that segment
            of_cases[i] = households.owner(rng, now, case_product[i], age, alike, stranger[i])
        if wants[i]:
            households.lost(of_cases[i], now, case_product[i])
    return People(of_orders, of_cases)


def _in_days(times: pd.Series) -> np.ndarray:
    return times.to_numpy().astype("datetime64[s]").astype(float) / 86_400


def _wish(cases: pd.DataFrame) -> np.ndarray:
    """The chance that a request ends in the wish for a new device of the kind."""
    is_damaged = (cases["damage_type"] != "none").to_numpy()
    is_total = is_damaged & (cases["severity"] >= BEYOND_REPAIR).to_numpy()
    is_declined = is_damaged & ~cases["is_accepted"].to_numpy()
    return np.select(
        [is_total, is_declined],
        [WANTS_ANOTHER["beyond_repair"], WANTS_ANOTHER["declined"]],
        0.0,
    )


class _Households:
    """What each customer owns, and since when."""

    def __init__(self, products: pd.DataFrame, customers: pd.DataFrame, tastes: Tastes) -> None:
        n = len(customers)
        self.kind = kind_codes(products)
        self.brand = pd.factorize(products["brand"])[0]
        # Ordered by day only: with the latest so far, the first `known` have all signed up.
        self.signed_up_at = np.maximum.accumulate(_in_days(customers["signed_up_at"]))
        self.tastes = tastes
        # Average-free by product, so that no product is everyone's or no one's.
        average = (tastes.activity[:, None] * np.exp(tastes.liking)).mean(axis=0)
        self.liking = np.ascontiguousarray((tastes.liking - np.log(average)).T)
        self.goes_with = np.zeros((len(KINDS), len(KINDS)))
        for (owned, other), worth in GOES_WITH.items():
            self.goes_with[KINDS.index(owned), KINDS.index(other)] = worth
        self.kind_owned = np.array([KIND_OWNED[name] for name in KINDS])
        self.calls_for_brand = [KINDS.index("smartphone"), KINDS.index("laptop")]
        # Days since 1970, by product or kind first: a column at a time is read thousands of times.
        self.product_since = np.zeros((len(products), n))
        self.kind_since = np.zeros((len(KINDS), n))
        self.wanted_since = np.zeros((len(KINDS), n))
        self.in_ecosystem = np.zeros((self.brand.max() + 1, n))
        self.purchases: list[list[tuple[float, int]]] = [[] for _ in range(len(products))]

    def buyer(self, rng: np.random.Generator, now: float, products: np.ndarray) -> int:
        """One of those signed up, the likelier the more they want what is in the order."""
        known = int(np.searchsorted(self.signed_up_at, now))
        recently = now - KIND_OWNED_DAYS
        utility = np.zeros(known)
        for product in products:
            kind = self.kind[product]
            calls = np.zeros(known)
            for other in np.flatnonzero(self.goes_with[:, kind]):
                owns = self.kind_since[other, :known] > recently
                calls = np.maximum(calls, self.goes_with[other, kind] * owns)
            utility += self.liking[product, :known] + calls
            utility += self.kind_owned[kind] * (self.kind_since[kind, :known] > recently)
            utility += PRODUCT_OWNED * (self.product_since[product, :known] > recently)
            utility += ECOSYSTEM * self.in_ecosystem[self.brand[product], :known]
            utility += REPLACING * (self.wanted_since[kind, :known] > now - REPLACED_WITHIN_DAYS)
        weight = np.cumsum(self.tastes.activity[:known] * np.exp(utility))
        return int(np.searchsorted(weight, rng.random() * weight[-1], side="right"))

    def bought(self, who: int, now: float, products: np.ndarray) -> None:
        """The household owns these from now on, and wants no replacement of their kinds."""
        for product in products:
            kind = self.kind[product]
            self.product_since[product, who] = self.kind_since[kind, who] = now
            self.wanted_since[kind, who] = 0.0
            self.purchases[product].append((now, who))
            if kind in self.calls_for_brand:
                self.in_ecosystem[self.brand[product], who] = 1.0

    def owner(
        self,
        rng: np.random.Generator,
        now: float,
        product: int,
        age: int,
        alike: np.ndarray,
        stranger: int,
    ) -> int:
        """Someone alike who bought the product about `age` days ago; else the stranger."""
        owners = [
            who
            for at, who in self.purchases[product]
            if alike[who] and abs(now - at - age) <= REMEMBERED_DAYS
        ]
        return int(rng.choice(owners)) if owners else int(stranger)

    def lost(self, who: int, now: float, product: int) -> None:
        """The device is of no use any more: another of its kind is wanted."""
        self.kind_since[self.kind[product], who] = 0.0
        self.wanted_since[self.kind[product], who] = now
