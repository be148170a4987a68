"""Whether a photograph shows one device, none or several, from the network's features."""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from goldloop import TrainedModel

# Balanced weights would find more of the mistakes, and ask for every eighth good photograph again.
WEIGHTS = {"one_device": 1, "no_device": 3, "several_devices": 3}


def model(dbt, session):
    """Fit on what agents saw; a mistake weighs three times as much as a good photograph."""
    dbt.config(materialized="model", schema="ml")
    training = dbt.ref("in_view_training_photographs").order("photo_id").to_arrow_table()
    holdout = dbt.ref("in_view_holdout_photographs").order("photo_id").to_arrow_table()
    estimator = make_pipeline(
        StandardScaler(),
        PCA(n_components=min(300, len(training) // 2), random_state=0),
        LogisticRegression(C=0.02, class_weight=WEIGHTS, max_iter=2000),
    )
    embeddings = np.stack(training["embedding"].to_numpy()).astype(np.float64)
    estimator.fit(embeddings, np.asarray(training["in_view"].to_pylist()))
    return TrainedModel(
        estimator,
        label="in_view",
        features=["embedding"],
        training=training,
        evaluation=holdout,
        lineage={"labelled_until": str(max(training["labelled_at"].to_pylist()).date())},
        comment="Whether a photograph shows one device, none or several; metrics on the panel's.",
    )
