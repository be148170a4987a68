"""Whether made rows help, by folds of the training rows: the rule by which they are kept."""

import json

import pandas as pd

from electronics.synthesis import (
    keeps_rules,
    learned_photographs,
    learned_repairs,
    photograph_benefit,
    repair_benefit,
)


def model(dbt, session):
    """A row a feed and recipe, over `synthetic_study_seeds` seeds."""
    dbt.config(materialized="table", schema="monitoring")
    seeds, share = int(dbt.config.get("seeds")), float(dbt.config.get("scarce_share"))
    rules = json.loads(dbt.config.get("rules"))
    rows = dbt.ref("factory_training_photographs")
    learned = learned_photographs(rows, dbt.config.get("learns_from_factory"))
    photographs = photograph_benefit(
        learned.customers, learned.requests, learned.factory, share, seeds
    )
    repairs = repair_benefit(
        learned_repairs(dbt.ref("gold_repair_outcomes")),
        lambda made: keeps_rules(made, rules),
        seeds,
    )
    photographs.insert(0, "feed", "photographs")
    repairs.insert(0, "feed", "repairs")
    return pd.concat([photographs, repairs], ignore_index=True)
