"""What is damaged, from a factory photograph: customers' labelled photographs and the factory's."""

from electronics.factory import Photographs, defect_measures, fit_detector
from goldloop import TrainedModel


def model(dbt, session):
    """Fit on both cameras' photographs, to be measured on the factory's holdout."""
    dbt.config(materialized="model", schema="ml")
    rows = dbt.ref("factory_training_photographs")
    parts = [
        rows.filter(f"domain = '{domain}'").order("photo_id").to_arrow_table()
        for domain in ("customer", "factory")
    ]
    holdout = dbt.ref("factory_holdout_photographs").order("photo_id").to_arrow_table()
    customers, factory = (Photographs.of(part) if part.num_rows else None for part in parts)
    estimator = fit_detector(customers, factory)
    training = rows.order("domain, photo_id").to_arrow_table()
    return TrainedModel(
        estimator,
        label="damage_type",
        features=["embedding"],
        training=training,
        evaluation=holdout,
        metrics={"defect_auc": defect_measures(estimator, Photographs.of(holdout))["defect_auc"]},
        lineage={
            "labelled_until": str(max(training["labelled_at"].to_pylist()).date()),
            "customers_photographs": parts[0].num_rows,
            "factory_photographs": parts[1].num_rows,
        },
        comment="Damage type from a factory photograph; metrics on the factory's holdout.",
    )
