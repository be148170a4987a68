"""Which product a customer buys next, from what was known of both: a ranker that SQL can score."""

from electronics.recommendation.pairs import FEATURES
from electronics.recommendation.ranker import WINDOW_DAYS, fitted_ranker, training_rows
from electronics.recommendation.serving import read_history
from electronics.recommendation.study import ranker_metrics
from goldloop import TrainedModel


def model(dbt, session):
    """Fit on windows that ended by the as-of date; measure one fitted a window earlier."""
    dbt.config(materialized="model", schema="ml")
    history, as_of = read_history(
        dbt.ref("ownership_events").df(),
        dbt.ref("products").df(),
        dbt.ref("customers").df(),
        dbt.ref("recommendation_day").df(),
    )
    rows = training_rows(history, as_of)
    latest = rows["window_begins"] == rows["window_begins"].max()
    earlier = fitted_ranker(training_rows(history, as_of - WINDOW_DAYS))
    return TrainedModel(
        fitted_ranker(rows),
        label="is_bought",
        features=list(FEATURES),
        training=rows,
        metrics=ranker_metrics(history, earlier, as_of - WINDOW_DAYS),
        lineage={
            "trained_until_day": as_of,
            "windows": int(rows["window_begins"].nunique()),
            "pairs_of_the_latest_window": int(latest.sum()),
        },
        comment="Probability that a buyer buys this product next; top ten by customer.",
    )
