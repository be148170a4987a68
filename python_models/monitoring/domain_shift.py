"""What the factory's detector is worth by what it learned from, on the factory's holdout."""

import numpy as np

from electronics.factory import Photographs, domain_shift
from electronics.synthesis import synthesise


def model(dbt, session):
    """A row a recipe, measured over `factory_study_seeds` seeds."""
    dbt.config(materialized="table", schema="monitoring")
    rows = dbt.ref("factory_training_photographs")
    customers, factory = (
        Photographs.of(rows.filter(f"domain = '{domain}'").order("photo_id").to_arrow_table())
        for domain in ("customer", "factory")
    )
    seen = dbt.ref("factory_photographs_to_assess").filter("not is_holdout").order("photo_id")
    holdout = dbt.ref("factory_holdout_photographs").order("photo_id").to_arrow_table()
    return domain_shift(
        customers,
        factory,
        np.stack(seen.to_arrow_table()["embedding"].to_numpy()).astype(np.float64),
        Photographs.of(holdout),
        int(dbt.config.get("seeds")),
        made_of_the_factory,
    )


def made_of_the_factory(customers, factory, seed):
    """As many of each class as the factory has labelled; customers' say how members differ."""
    known = customers + factory
    counts = dict(zip(*np.unique(factory.damage_types, return_counts=True), strict=True))
    return Photographs(*synthesise(known.embeddings, known.damage_types, counts, seed))
