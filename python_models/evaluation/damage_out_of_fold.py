"""What the damage model says of its training photographs when it has not learnt from them.

Five folds by request, so that the two photographs of one damage are never parted. The threshold of
abstention is chosen on these, and the holdout stays for measuring alone.
"""

import numpy as np
import pyarrow as pa
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FOLDS = 5


def model(dbt, session):
    """Fit as damage_assessment does, a fifth of the requests left out at a time."""
    dbt.config(materialized="table", schema="gold")
    training = dbt.ref("damage_training_photographs").order("photo_id").to_arrow_table()
    # The same as in damage_assessment.
    estimator = make_pipeline(
        StandardScaler(),
        PCA(n_components=96, random_state=0),
        LogisticRegression(C=0.02, max_iter=2000),
    )
    embeddings = np.stack(training["embedding"].to_numpy()).astype(np.float64)
    damage_types = np.asarray(training["damage_type"].to_pylist())
    requests = np.asarray(training["request_id"].to_pylist())
    probabilities = cross_val_predict(
        estimator,
        embeddings,
        damage_types,
        groups=requests,
        cv=GroupKFold(FOLDS),
        method="predict_proba",
    )
    names = np.unique(damage_types)
    label = pa.array(np.tile(names, len(training)).tolist(), pa.string())
    each = pa.StructArray.from_arrays([label, pa.array(probabilities.ravel())], ["label", "prob"])
    offsets = pa.array(np.arange(len(training) + 1) * len(names), pa.int32())
    return pa.table(
        {
            "photo_id": training["photo_id"],
            "request_id": training["request_id"],
            "damage_type": training["damage_type"],
            "predicted_damage_type_probs": pa.ListArray.from_arrays(offsets, each),
        }
    )
