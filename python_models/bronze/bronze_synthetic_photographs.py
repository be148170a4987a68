"""Embeddings of photographs that were never taken, of the classes that are scarce."""

import numpy as np
import pyarrow as pa

from electronics.synthesis import (
    learned_photographs,
    made_ids,
    missing_examples,
    provenance,
    synthesise,
    training_fingerprint,
    was_made,
)


def model(dbt, session):
    """Make what scarce classes lack, unless the same was made of the same rows before."""
    dbt.config(materialized="incremental", schema="bronze")
    generator, seed = dbt.config.get("generator"), int(dbt.config.get("seed"))
    share = float(dbt.config.get("scarce_share"))
    rows = dbt.ref("factory_training_photographs")
    learned = learned_photographs(rows, dbt.config.get("learns_from_factory"))
    known = learned.photographs
    missing = missing_examples(known.damage_types, share)
    fingerprint = training_fingerprint(known.embeddings, known.damage_types, np.array([str(share)]))
    # A source is appended to: what was made before stays, and silver takes the newest.
    made_before = session.sql(f"select * from {dbt.this}") if dbt.is_incremental else None
    if made_before is not None and was_made(made_before, generator, fingerprint, seed):
        missing = {}
    embeddings, labels = synthesise(known.embeddings, known.damage_types, missing, seed, generator)
    n = len(labels)
    return pa.table(
        {
            "synthetic_id": made_ids("photo", fingerprint, generator, seed, n).cast(pa.string()),
            "embedding": pa.array(
                list(embeddings.astype(np.float32)),
                pa.list_(pa.float32(), known.embeddings.shape[1]),
            ),
            "damage_type": pa.array(labels.tolist(), pa.string()),
            "labelled_until": pa.array([learned.labelled_until] * n, pa.timestamp("us")),
            **provenance(generator, fingerprint, seed, n),
        }
    )
