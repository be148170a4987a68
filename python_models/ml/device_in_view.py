"""Whether a photograph shows one device, none or several, from the network's features."""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from goldloop import TrainedModel


def model(dbt, session):
    """Fit on what agents saw; the rare mistakes weigh as much as the many good photographs."""
    dbt.config(materialized="model", schema="ml")
    training = dbt.ref("in_view_training_photographs").order("photo_id").to_arrow_table()
    holdout = dbt.ref("in_view_holdout_photographs").order("photo_id").to_arrow_table()
    estimator = make_pipeline(
        StandardScaler(),
        PCA(n_components=96, random_state=0),
        LogisticRegression(C=0.02, class_weight="balanced", max_iter=2000),
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
