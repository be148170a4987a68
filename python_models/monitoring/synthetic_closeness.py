"""How close each made row, as it landed, is to the real rows it was made of."""

import numpy as np
import pandas as pd

from electronics.synthesis import (
    REPAIR_COLUMNS,
    Batch,
    closest_similarities,
    equal_repairs,
    learned_photographs,
    learned_repairs,
)


def model(dbt, session):
    """A row a made row of the current batches, those quarantined later too."""
    dbt.config(materialized="table", schema="monitoring")
    bound = float(dbt.config.get("copy_similarity"))
    batches = dbt.ref("synthetic_batches")
    made_photographs = dbt.ref("bronze_synthetic_photographs")
    made_repairs = dbt.ref("bronze_synthetic_repairs")
    photographs = Batch.of(batches, "photographs").rows(made_photographs).order("synthetic_id").df()
    repairs = Batch.of(batches, "repairs").rows(made_repairs).order("synthetic_id").df()
    rows = dbt.ref("factory_training_photographs")
    known = learned_photographs(rows, dbt.config.get("learns_from_factory")).photographs
    embeddings = np.array(photographs["embedding"].tolist(), dtype=np.float64)
    similarities = closest_similarities(
        embeddings.reshape(len(photographs), known.embeddings.shape[1]), known.embeddings
    )
    learned = learned_repairs(dbt.ref("gold_repair_outcomes"))
    columns = ["synthetic_id", "generator"]
    return pd.concat(
        [
            photographs[columns].assign(
                feed="photographs",
                closest_similarity=similarities.round(6),
                is_copy=similarities > bound,
            ),
            repairs[columns].assign(
                feed="repairs",
                closest_similarity=np.nan,
                is_copy=equal_repairs(repairs[REPAIR_COLUMNS], learned),
            ),
        ],
        ignore_index=True,
    )
