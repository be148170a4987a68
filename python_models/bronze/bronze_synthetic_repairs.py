"""Repairs that never happened, by a generator that learned from confirmed ones."""

import pyarrow as pa

from electronics.synthesis import (
    learned_repairs,
    made_ids,
    provenance,
    synthesise_table,
    training_fingerprint,
    was_made,
)


def model(dbt, session):
    """Make as many repairs as are known, unless they were made of the same ones before."""
    dbt.config(materialized="incremental", schema="bronze")
    generator, seed = dbt.config.get("generator"), int(dbt.config.get("seed"))
    known = learned_repairs(dbt.ref("gold_repair_outcomes"))
    fingerprint = training_fingerprint(*(known[name].astype(str).to_numpy() for name in known))
    n = len(known)
    # A source is appended to: what was made before stays, and silver takes the newest.
    made_before = session.sql(f"select * from {dbt.this}") if dbt.is_incremental else None
    if made_before is not None and was_made(made_before, generator, fingerprint, seed):
        n = 0
    made = synthesise_table(known, n, seed, generator) if n else known.iloc[:0]
    rows = pa.Table.from_pandas(made, preserve_index=False)
    ids = made_ids("repair", fingerprint, generator, seed, n).cast(pa.string())
    rows = rows.add_column(0, "synthetic_id", ids)
    for name, column in provenance(generator, fingerprint, seed, n).items():
        rows = rows.append_column(name, column)
    return rows
