"""How close each made row, as it landed, is to the real rows it was made of."""

import numpy as np
import pandas as pd

from electronics.synthesis import (
    REPAIR_COLUMNS,
    closest_similarities,
    equal_repairs,
    learned_photographs,
    learned_repairs,
)

ORIGIN = "generator, generator_version, training_fingerprint, seed"


def model(dbt, session):
    """A row a made row of the current batches, those quarantined later too."""
    dbt.config(materialized="table", schema="monitoring")
    bound = float(dbt.config.get("copy_similarity"))
    batches = dbt.ref("synthetic_batches")
    photographs = of_current_batch(dbt.ref("bronze_synthetic_photographs"), batches, "photographs")
    repairs = of_current_batch(dbt.ref("bronze_synthetic_repairs"), batches, "repairs")
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


def of_current_batch(made, batches, feed: str) -> pd.DataFrame:
    """Rows of a feed as they landed, without those of other batches."""
    current = batches.filter(f"feed = '{feed}'").project(ORIGIN)
    return made.join(current, ORIGIN, "semi").order("synthetic_id").df()
