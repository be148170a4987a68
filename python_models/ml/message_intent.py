"""What a customer's message is for: its words, its letters, and what the shop had just said."""

from electronics.dialogue.quality import fitted_intents, intent_metrics
from goldloop import TrainedModel


def model(dbt, session):
    """Fit on what people annotated and on training phrases; measured on panels' wordings."""
    dbt.config(materialized="model", schema="ml")
    training = dbt.ref("intent_training_messages").order("message_id").df()
    holdout = dbt.ref("intent_holdout_messages").order("message_id").df()
    estimator = fitted_intents(training)
    return TrainedModel(
        estimator,
        label="intent",
        features=["text", "context"],
        training=training,
        evaluation=holdout[holdout["panel"] == "test"],
        metrics=intent_metrics(training, holdout, estimator),
        lineage={"labelled_until": str(training["labelled_at"].max().date())},
        comment="Intent of a chat message; metrics on wordings that no customer uses.",
    )
