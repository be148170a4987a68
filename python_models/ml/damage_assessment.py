"""What is damaged, from a photograph: six classes over the network's features."""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from goldloop import TrainedModel


def model(dbt, session):
    """Fit on the confirmed photographs, to be measured on the fixed holdout."""
    dbt.config(materialized="model", schema="ml")
    training = dbt.ref("damage_training_photographs").order("photo_id").to_arrow_table()
    holdout = dbt.ref("damage_holdout_photographs").order("photo_id").to_arrow_table()
    estimator = make_pipeline(
        StandardScaler(),
        PCA(n_components=96, random_state=0),
        LogisticRegression(C=0.02, max_iter=2000),
    )
    embeddings = np.stack(training["embedding"].to_numpy()).astype(np.float64)
    estimator.fit(embeddings, np.asarray(training["damage_type"].to_pylist()))
    return TrainedModel(
        estimator,
        label="damage_type",
        features=["embedding"],
        training=training,
        evaluation=holdout,
        lineage={"labelled_until": str(max(training["labelled_at"].to_pylist()).date())},
        comment="Damage type from a photograph's features; metrics on the fixed holdout.",
    )
