"""Which batch of made rows is current: what would be made of today's rows and settings."""

from dataclasses import asdict

import numpy as np
import pandas as pd

from electronics.synthesis import (
    GENERATOR_VERSION,
    Batch,
    learned_photographs,
    learned_repairs,
    training_fingerprint,
)


def model(dbt, session):
    """A row a feed."""
    dbt.config(materialized="table", schema="bronze")
    rows = dbt.ref("factory_training_photographs")
    known = learned_photographs(rows, dbt.config.get("learns_from_factory")).photographs
    share = str(float(dbt.config.get("scarce_share")))
    repairs = learned_repairs(dbt.ref("gold_repair_outcomes"))
    fingerprints = {
        "photographs": training_fingerprint(
            known.embeddings, known.damage_types, np.array([share])
        ),
        "repairs": training_fingerprint(
            *(repairs[name].astype(str).to_numpy() for name in repairs)
        ),
    }
    generators = {
        "photographs": dbt.config.get("photograph_generator"),
        "repairs": dbt.config.get("repair_generator"),
    }
    seed = int(dbt.config.get("seed"))
    batches = [
        Batch(feed, generators[feed], GENERATOR_VERSION, fingerprint, seed)
        for feed, fingerprint in fingerprints.items()
    ]
    return pd.DataFrame([asdict(batch) for batch in batches])
