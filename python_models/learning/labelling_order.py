"""Which photographs people are asked to label next: uncertain ones, unlike each other."""

import numpy as np
import pyarrow as pa

from electronics.learning import STRATEGIES, Unlabelled, margin_uncertainty

DOMAINS = ("customer", "factory")


def model(dbt, session):
    """A row a photograph asked for, `labelling_budget` a domain, by `labelling_strategy`."""
    dbt.config(materialized="table", schema="gold")
    budget, strategy = int(dbt.config.get("budget")), dbt.config.get("strategy")
    if strategy not in STRATEGIES:
        raise ValueError(
            f"variable labelling_strategy: {strategy!r}; expected one of {', '.join(STRATEGIES)}"
        )
    unlabelled = dbt.ref("unlabelled_photographs")
    asked = [
        _asked(unlabelled.filter(f"domain = '{domain}'").order("photo_id"), budget, strategy)
        for domain in DOMAINS
    ]
    return pa.concat_tables(asked)


def _asked(rows, budget, strategy):
    table = rows.to_arrow_table()
    probabilities = np.array(
        [[one["prob"] for one in each] for each in table["predicted_damage_type_probs"].to_pylist()]
    )
    chosen = np.array([], dtype=np.intp)
    if len(table):
        embeddings = np.stack(table["embedding"].to_numpy()).astype(np.float64)
        devices = np.asarray(table["device_id"].to_pylist())
        pool = Unlabelled(probabilities, embeddings, devices)
        chosen = STRATEGIES[strategy](pool, budget, np.random.default_rng(0))
    of_chosen = probabilities[chosen] if len(chosen) else np.zeros((0, 2))
    measures = {
        "labelling_rank": pa.array(np.arange(1, len(chosen) + 1), pa.int64()),
        "strategy": pa.array([strategy] * len(chosen), pa.string()),
        "probability": pa.array(of_chosen.max(axis=1)),
        "uncertainty": pa.array(margin_uncertainty(of_chosen)),
    }
    kept = table.drop_columns(["embedding", "predicted_damage_type_probs"]).take(chosen)
    for name, values in measures.items():
        kept = kept.append_column(name, values)
    return kept
