"""How close made rows come to those that were learned from, beside rows held out."""

import pandas as pd

from electronics.synthesis import learned_feeds, privacy


def model(dbt, session):
    """A row a feed and generator, over `synthetic_study_seeds` seeds."""
    dbt.config(materialized="table", schema="monitoring")
    feeds = learned_feeds(
        dbt.ref("factory_training_photographs"),
        dbt.ref("gold_repair_outcomes"),
        dbt.config.get("learns_from_factory"),
    )
    seeds = int(dbt.config.get("seeds"))
    return pd.concat([privacy(feed, seeds) for feed in feeds], ignore_index=True)
