"""Each customer and each product that the customer does not own: the recommender's features."""

from electronics.recommendation.serving import pairs_to_score, read_history


def model(dbt, session):
    """Replay what was known up to the as-of date; the same code made the training rows."""
    dbt.config(materialized="table", schema="silver")
    history, as_of = read_history(
        dbt.ref("ownership_events").df(),
        dbt.ref("products").df(),
        dbt.ref("customers").df(),
        dbt.ref("recommendation_day").df(),
    )
    return pairs_to_score(history, as_of)
