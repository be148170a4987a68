"""How like real rows the made ones are, beside those of generators without a network."""

import pandas as pd

from electronics.synthesis import fidelity, learned_feeds


def model(dbt, session):
    """A row a feed and generator, over `synthetic_study_seeds` seeds."""
    dbt.config(materialized="table", schema="monitoring")
    feeds = learned_feeds(
        dbt.ref("factory_training_photographs"),
        dbt.ref("gold_repair_outcomes"),
        dbt.config.get("learns_from_factory"),
    )
    seeds = int(dbt.config.get("seeds"))
    return pd.concat([fidelity(feed, seeds) for feed in feeds], ignore_index=True)
