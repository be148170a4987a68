"""What the damage models say of their training photographs when they have not learnt from them.

Five folds by request, so that the two photographs of one damage are never parted. The threshold of
abstention is chosen on these, and the range of a quote until there are live ones; the holdout stays
for measuring alone. Where the damage model learns from made-up photographs, each fold makes as many
by itself: those in the warehouse know of the photographs that it leaves out.
"""

from collections import Counter

import numpy as np
import pyarrow as pa
from sklearn.model_selection import GroupKFold

from electronics.factory import Photographs, fit_damage_model, learns_from_factory, with_factory
from electronics.severity import fit_severity
from electronics.synthesis import synthesise

FOLDS = 5


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
    damage_types = photographs.damage_types
    labelled_severities = training["severity"].to_numpy()
    probabilities = np.zeros((len(photographs), len(np.unique(damage_types))))
    severities = np.zeros(len(photographs))
    for kept, left_out in GroupKFold(FOLDS).split(photographs.embeddings, groups=requests):
        mine = photographs.take(kept)
        learned_from = mine
        if factory is not None:
            learned_from = with_factory(learned_from, factory)
        if synthetic.num_rows:
            learned_from = learned_from + made_again(synthetic, learned_from)
        estimator = fit_damage_model(learned_from)
        probabilities[left_out] = estimator.predict_proba(photographs.embeddings[left_out])
        of_severity = fit_severity(mine.embeddings, labelled_severities[kept], mine.damage_types)
        severities[left_out] = of_severity.predict(photographs.embeddings[left_out])
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
            "predicted_severity": severities,
        }
    )


def made_again(synthetic: pa.Table, known: Photographs) -> Photographs:
    """As many of each class, by the same generator and seed, from what is known."""
    counts = Counter(synthetic["damage_type"].to_pylist())
    generator, seed = (synthetic[name][0].as_py() for name in ("generator", "seed"))
    return Photographs(*synthesise(known.embeddings, known.damage_types, counts, seed, generator))
