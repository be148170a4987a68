"""What made photographs are worth where a class has few examples: scarcity by design."""

import json

import pandas as pd

from electronics.synthesis import learned_photographs, photograph_benefit

N_FOLDS = 3


def model(dbt, session):
    """A row a class and recipe, over `synthetic_study_seeds` seeds; customers' rows alone."""
    dbt.config(materialized="table", schema="monitoring")
    seeds, share = int(dbt.config.get("seeds")), float(dbt.config.get("scarce_share"))
    n_left = int(dbt.config.get("examples_left"))
    learned = learned_photographs(dbt.ref("factory_training_photographs"), False)
    tables = []
    for name in json.loads(dbt.config.get("scarce_classes")):
        table = photograph_benefit(
            learned.customers, learned.requests, None, share, seeds, {name: n_left}, N_FOLDS
        )
        table.insert(0, "damage_type", name)
        table.insert(1, "n_left", n_left)
        tables.append(table.drop(columns=["mean_absolute_error", "is_kept"]))
    return pd.concat(tables, ignore_index=True)
