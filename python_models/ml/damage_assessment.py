"""What is damaged, from a photograph: six classes over the network's features."""

import pyarrow as pa

from electronics.factory import Photographs, fit_damage_model, learns_from_factory, with_factory
from goldloop import TrainedModel


def model(dbt, session):
    """Fit on the confirmed photographs, to be measured on the fixed holdout.

    The factory's labelled photographs, moved to look like customers', are among them if
    `damage_learns_from_factory` says so: a variable that people set by `monitoring.feedback_gain`,
    which no model reads. Made-up ones are while `monitoring.synthetic_benefit` keeps them.
    """
    dbt.config(materialized="model", schema="ml")
    training = dbt.ref("damage_training_photographs").order("photo_id").to_arrow_table()
    holdout = dbt.ref("damage_holdout_photographs").order("photo_id").to_arrow_table()
    factory = (
        dbt.ref("factory_training_photographs")
        .filter("domain = 'factory'")
        .order("photo_id")
        .to_arrow_table()
    )
    if not learns_from_factory(dbt.config.get("learns_from_factory")):
        factory = factory.slice(0, 0)
    photographs = Photographs.of(training)
    if factory.num_rows:
        photographs = with_factory(photographs, Photographs.of(factory))
    synthetic = dbt.ref("synthetic_training_photographs").order("photo_id").to_arrow_table()
    if synthetic.num_rows:
        photographs = photographs + Photographs.of(synthetic)
    columns = ["photo_id", "embedding", "damage_type", "labelled_at"]
    parts = (training, factory, synthetic)
    learned_from = pa.concat_tables([part.select(columns) for part in parts])
    return TrainedModel(
        fit_damage_model(photographs),
        label="damage_type",
        features=["embedding"],
        training=learned_from,
        evaluation=holdout,
        lineage={
            "labelled_until": str(max(learned_from["labelled_at"].to_pylist()).date()),
            "customers_photographs": training.num_rows,
            "factory_photographs": factory.num_rows,
            "synthetic_photographs": synthetic.num_rows,
        },
        comment="Damage type from a photograph's features; metrics on the fixed holdout.",
    )
