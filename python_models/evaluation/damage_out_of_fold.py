"""What the damage models say of their training photographs when they have not learnt from them.

Five folds by request, so that the two photographs of one damage are never parted. The threshold of
abstention is chosen on these, and the range of a quote until there are live ones; the holdout stays
for measuring alone. Where the damage model learns from made-up photographs, each fold makes as many
by itself: those in the warehouse know of the photographs that it leaves out.
"""

from collections import Counter

import numpy as np
import pyarrow as pa

from electronics.factory import Photographs, learns_from_factory, with_factory
from electronics.learning import device_folds, out_of_fold
from electronics.severity import fit_severity
from electronics.synthesis import synthesise


def model(dbt, session):
    """Fit as the damage models do, a fifth of the requests left out at a time."""
    dbt.config(materialized="table", schema="gold")
    training = dbt.ref("damage_training_photographs").order("photo_id").to_arrow_table()
    of_factory = dbt.ref("factory_training_photographs").filter("domain = 'factory'")
    photographs = Photographs.of(training)
    factory = None
    if learns_from_factory(dbt.config.get("learns_from_factory")) and len(of_factory):
        factory = Photographs.of(of_factory.order("photo_id").to_arrow_table())
    synthetic = dbt.ref("synthetic_training_photographs").order("photo_id").to_arrow_table()
    requests = np.asarray(training["request_id"].to_pylist())

    def learned_from(mine: Photographs) -> Photographs:
        known = mine if factory is None else with_factory(mine, factory)
        return known + made_again(synthetic, known) if synthetic.num_rows else known

    names, probabilities = out_of_fold(photographs, requests, learned_from)
    of_photographs = training["severity"].to_numpy()
    severities = np.zeros(len(photographs))
    for kept, left_out in device_folds(requests):
        mine = photographs.take(kept)
        estimator = fit_severity(mine.embeddings, of_photographs[kept], mine.damage_types)
        severities[left_out] = estimator.predict(photographs.embeddings[left_out])
    label = pa.array(np.tile(names, len(training)).tolist(), pa.string())
    each = pa.StructArray.from_arrays([label, pa.array(probabilities.ravel())], ["label", "prob"])
    offsets = pa.array(np.arange(len(training) + 1) * len(names), pa.int32())
    return pa.table(
        {
            "photo_id": training["photo_id"],
            "request_id": training["request_id"],
            "damage_type": training["damage_type"],
            "predicted_damage_type_probs": pa.ListArray.from_arrays(offsets, each),
            "predicted_severity": severities,
        }
    )


def made_again(synthetic: pa.Table, known: Photographs) -> Photographs:
    """As many of each class that is known, by the same generator and seed, from what is known."""
    made = Counter(synthetic["damage_type"].to_pylist())
    counts = {name: made[name] for name in np.unique(known.damage_types) if name in made}
    generator, seed = (synthetic[name][0].as_py() for name in ("generator", "seed"))
    return Photographs(*synthesise(known.embeddings, known.damage_types, counts, seed, generator))
