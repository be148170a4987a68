"""What the generators and their studies learn from, read off the warehouse's relations."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from electronics.factory import Photographs, learns_from_factory, with_factory
from electronics.synthesis.feeds import COST, PhotographFeed, RepairFeed

REPAIR_COLUMNS = [
    "device_kind", "brand", "damage_type", "severity", "list_price", "device_age_days",
    "is_under_warranty", COST,
]  # fmt: skip


@dataclass(frozen=True)
class LearnedPhotographs:
    """Customers' photographs, then the factory's moved to look like theirs."""

    photographs: Photographs
    groups: NDArray[np.str_]
    n_customers: int
    labelled_until: pd.Timestamp

    @property
    def customers(self) -> Photographs:
        """Those of customers."""
        return self.photographs.take(np.arange(self.n_customers))

    @property
    def requests(self) -> NDArray[np.str_]:
        """The customers' requests, a photograph each."""
        return self.groups[: self.n_customers]

    @property
    def factory(self) -> Photographs | None:
        """Those of the factory, if any are learned from."""
        rest = np.arange(self.n_customers, len(self.photographs))
        return self.photographs.take(rest) if len(rest) else None


def learned_photographs(rows: duckdb.DuckDBPyRelation, from_factory: object) -> LearnedPhotographs:
    """What the damage model learns from, of a relation like `factory_training_photographs`.

    `from_factory` is the variable `damage_learns_from_factory`, as dbt hands it on.
    """
    customers, factory = (
        rows.filter(f"domain = '{domain}'").order("photo_id").to_arrow_table()
        for domain in ("customer", "factory")
    )
    photographs = Photographs.of(customers)
    parts = [customers]
    if learns_from_factory(from_factory) and factory.num_rows:
        photographs = with_factory(photographs, Photographs.of(factory))
        parts.append(factory)
    return LearnedPhotographs(
        photographs,
        np.concatenate([np.asarray(part["device_id"].to_pylist()) for part in parts]),
        customers.num_rows,
        pd.Timestamp(max(max(part["labelled_at"].to_pylist()) for part in parts)),
    )


def learned_repairs(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """What the cost of repairs is learned from, of a relation like `gold_repair_outcomes`."""
    listed = rows.filter(f"{COST} is not null").order("request_id")
    return listed.project(", ".join(REPAIR_COLUMNS)).df()


def learned_feeds(
    photographs: duckdb.DuckDBPyRelation,
    repairs: duckdb.DuckDBPyRelation,
    from_factory: object,
) -> tuple[PhotographFeed, RepairFeed]:
    """Both feeds of which more is made."""
    learned = learned_photographs(photographs, from_factory)
    return PhotographFeed(learned.photographs, learned.groups), RepairFeed(learned_repairs(repairs))
