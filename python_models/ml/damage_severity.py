"""How bad the damage is, from a photograph: a number from 0 to 1."""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from goldloop import TrainedModel


def model(dbt, session):
    """Fit on the confirmed photographs, to be measured on the fixed holdout."""
    dbt.config(materialized="model", schema="ml")
    training = dbt.ref("damage_training_photographs").order("photo_id").to_arrow_table()
    holdout = dbt.ref("damage_holdout_photographs").order("photo_id").to_arrow_table()
    estimator = make_pipeline(
        StandardScaler(), PCA(n_components=96, random_state=0), Ridge(alpha=300.0)
    )
    embeddings = np.stack(training["embedding"].to_numpy()).astype(np.float64)
    estimator.fit(embeddings, training["severity"].to_numpy())
    return TrainedModel(
        estimator,
        label="severity",
        features=["embedding"],
        training=training,
        evaluation=holdout,
        lineage={"labelled_until": str(max(training["labelled_at"].to_pylist()).date())},
        comment="Severity from a photograph's features; metrics on the fixed holdout.",
    )
