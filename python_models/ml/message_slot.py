"""What the words of a customer's message tell for the order: a tag a word, from its context."""

from electronics.dialogue.quality import fitted_slots, span_metrics
from goldloop import TrainedModel


def model(dbt, session):
    """Fit on spans that people marked and on training phrases; measured on panels' wordings."""
    dbt.config(materialized="model", schema="ml")
    training = dbt.ref("slot_training_tokens").order("token_id").df()
    holdout = dbt.ref("slot_holdout_tokens").order("token_id").df()
    estimator = fitted_slots(training)
    return TrainedModel(
        estimator,
        label="tag",
        features=["context"],
        training=training,
        evaluation=holdout[holdout["panel"] == "test"],
        metrics=span_metrics(training, holdout, estimator),
        lineage={"labelled_until": str(training["labelled_at"].max().date())},
        comment="Slot of each word of a chat message; metrics on wordings that no customer uses.",
    )
