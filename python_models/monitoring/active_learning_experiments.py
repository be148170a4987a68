"""Whether asking for the uncertain beats asking at random, at an equal budget.

Small: two pools, five seeds, two rounds; with the variable `experiments: full` three pools, twenty
seeds and four rounds.
"""

import numpy as np

from electronics.factory import Photographs, aligned
from electronics.learning import Pool, active_learning_experiments

SIZES = {"small": (5, 2), "full": (20, 4)}
STEP = 80


def model(dbt, session):
    """A row a pool, strategy and round; the labels are hidden until they are asked for."""
    dbt.config(materialized="table", schema="monitoring")
    size = dbt.config.get("experiments")
    if size not in SIZES:
        raise ValueError(f"variable experiments: {size!r}; expected one of {', '.join(SIZES)}")
    rows = dbt.ref("factory_training_photographs")
    customers, factory = (
        rows.filter(f"domain = '{domain}'").order("photo_id").to_arrow_table()
        for domain in ("customer", "factory")
    )
    of_customers, of_factory = (
        holdout.order("photo_id").to_arrow_table()
        for holdout in (
            dbt.ref("damage_holdout_photographs"),
            dbt.ref("factory_holdout_photographs"),
        )
    )
    pools = [_pool("customers", customers, of_customers), _pool("factory", factory, of_factory)]
    if size == "full":
        mine, theirs = Photographs.of(customers), Photographs.of(factory)
        known = theirs.moved(aligned(theirs.embeddings, mine.embeddings))
        pools.append(_pool("customers, the factory known", customers, of_customers, known))
    return active_learning_experiments(pools, *SIZES[size], STEP)


def _pool(name, rows, holdout, known=None):
    devices = np.asarray(rows["device_id"].to_pylist())
    return Pool(name, Photographs.of(rows), devices, Photographs.of(holdout), known)
