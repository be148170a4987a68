"""The simulated world: its seed, its size, and the truths that several feeds share."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from electronics.landing import (
    cases,
    catalogue,
    chats,
    customers,
    factory,
    people,
    photographs,
    sales,
    tastes,
)
from electronics.landing.calendar import FIRST_AS_OF
from electronics.landing.errors import LandingError
from electronics.landing.streams import stream

REQUESTS_A_BATCH = 300
HOLDOUT_PHOTOGRAPHS = 600
FACTORY_UNITS = 1_200
LABELLED_FACTORY_UNITS = 200
FACTORY_UNITS_LABELLED_LATER = 800
FACTORY_HOLDOUT_UNITS = 500
FACTORY_BATCH_UNITS = 30


@dataclass(frozen=True)
class World:
    """Everything that happened, as a function of the seed alone; tables are made when asked for.

    Attributes:
        seed: whole number from 0 on.
        scale: factor on the number of repair requests and photographs; 1 is the reference.
    """

    seed: int = 7
    scale: float = 1.0

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise LandingError(f"seed {self.seed}: expected a whole number from 0 on")
        if not 0 < self.scale <= 10:
            raise LandingError(f"scale {self.scale}: expected a number above 0 and at most 10")

    def rng(self, *names: str | int) -> np.random.Generator:
        """The random stream of one thing of this world."""
        return stream(self.seed, *names)

    def sized(self, count: int) -> int:
        """`count` of the reference world, at this world's scale (at least 10)."""
        return max(10, round(count * self.scale))

    @cached_property
    def products(self) -> pd.DataFrame:
        """One row per product, as it truly is."""
        return catalogue.true_products(self.rng("products"))

    @cached_property
    def stores(self) -> pd.DataFrame:
        """One row per store."""
        return catalogue.true_stores()

    @cached_property
    def customers(self) -> pd.DataFrame:
        """One row per customer, ordered by sign-up, as first signed up."""
        return customers.true_customers(self.rng("customers"))

    @cached_property
    def order_lines(self) -> pd.DataFrame:
        """One row per order line, as first recorded, with what becomes of it."""
        lines, _, who = self._events
        order = pd.factorize(lines["order_id"])[0]
        customer = self.customers["customer_id"].to_numpy()[who.of_orders[order]]
        return lines.assign(customer_id=customer)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row per repair request with its true damage, cost, quote and decision."""
        _, requests, who = self._events
        customer = self.customers["customer_id"].to_numpy()[who.of_cases]
        return requests.assign(customer_id=customer)

    @cached_property
    def _events(self) -> tuple[pd.DataFrame, pd.DataFrame, people.People]:
        """Order lines and requests of anyone, and whose they were."""
        lines = sales.true_order_lines(
            self.rng("order_lines"), self.products, self.stores, self.customers
        )
        requests = cases.true_cases(
            self.rng("cases"),
            self.sized(REQUESTS_A_BATCH),
            self.products,
            self.stores,
            self.customers,
        )
        liked = tastes.true_tastes(self.rng("tastes"), self.customers, self.products)
        who = people.true_people(
            self.rng("people"), lines, requests, self.products, self.customers, liked
        )
        return lines, requests, who

    @cached_property
    def chats(self) -> list[chats.Chat]:
        """One conversation per repair request, in the requests' order."""
        return chats.true_chats(self)

    @cached_property
    def factory_units(self) -> pd.DataFrame:
        """One row per unit inspected in the factory, with its true damage."""
        return factory.true_factory_units(
            self.rng("factory_units"),
            self.sized(FACTORY_UNITS),
            self.sized(LABELLED_FACTORY_UNITS),
            self.products,
        )

    @property
    def n_labelled_later(self) -> int:
        """How many of the units are labelled some time after they were inspected."""
        return self.sized(FACTORY_UNITS_LABELLED_LATER)

    @cached_property
    def factory_holdout_units(self) -> pd.DataFrame:
        """One row per unit that the panel labels, with its true damage."""
        size = self.sized(FACTORY_HOLDOUT_UNITS)
        return factory.true_holdout_units(self.rng("factory_holdout"), size, self.products)

    @cached_property
    def factory_batch_units(self) -> pd.DataFrame:
        """One row per unit of the batches photographed whole, with its true damage."""
        size = self.sized(FACTORY_BATCH_UNITS)
        return factory.true_batch_units(self.rng("factory_batches"), size, self.products)

    @cached_property
    def photographs(self) -> pd.DataFrame:
        """One row per photograph: how to render it, where it lands and what is wrong with it."""
        frames = [
            photographs.true_photographs(
                self.seed, self.cases, self.factory_units, self.sized(HOLDOUT_PHOTOGRAPHS)
            ),
            factory.photographs_of(
                self.seed, self.factory_holdout_units, 500_001, landing_day=FIRST_AS_OF
            ),
            factory.photographs_of(self.seed, self.factory_batch_units, 600_001),
        ]
        return pd.concat(frames, ignore_index=True)
