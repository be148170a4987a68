"""Candidates of the recommender side by side, by a temporal split."""

from electronics.recommendation.serving import read_history
from electronics.recommendation.study import compared


def model(dbt, session):
    """Train on what was known before each cut, measure on the eight weeks after it."""
    dbt.config(materialized="table", schema="monitoring")
    history, as_of = read_history(
        dbt.ref("ownership_events").df(),
        dbt.ref("products").df(),
        dbt.ref("customers").df(),
        dbt.ref("recommendation_day").df(),
    )
    return compared(history, as_of).round(4)
