"""Embeddings of photographs that were never taken, of the classes that are scarce."""

import numpy as np
import pyarrow as pa

from electronics.synthesis import Batch, learned_photographs, missing_examples, synthesise


def model(dbt, session):
    """Make what scarce classes lack, unless the same was made of the same rows before."""
    dbt.config(materialized="incremental", schema="bronze")
    batch = Batch.of(dbt.ref("synthetic_batches"), "photographs")
    rows = dbt.ref("factory_training_photographs")
    learned = learned_photographs(rows, dbt.config.get("learns_from_factory"))
    known = learned.photographs
    missing = missing_examples(known.damage_types, float(dbt.config.get("scarce_share")))
    # A source is appended to: what was made before stays, and silver takes the current batch.
    made_before = session.sql(f"select * from {dbt.this}") if dbt.is_incremental else None
    if made_before is not None and batch.was_made(made_before):
        missing = {}
    embeddings, labels = synthesise(
        known.embeddings, known.damage_types, missing, batch.seed, batch.generator
    )
    n = len(labels)
    return pa.table(
        {
            "synthetic_id": batch.ids(n),
            "embedding": pa.array(
                list(embeddings.astype(np.float32)),
                pa.list_(pa.float32(), known.embeddings.shape[1]),
            ),
            "damage_type": pa.array(labels.tolist(), pa.string()),
            "labelled_until": pa.array([learned.labelled_until] * n, pa.timestamp("us")),
            **batch.provenance(n),
        }
    )
