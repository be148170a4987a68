"""Whether the factory's labels help the customers' damage model, on the customers' holdout."""

from electronics.factory import Photographs, feedback_gain


def model(dbt, session):
    """A row a recipe, measured over `factory_study_seeds` seeds."""
    dbt.config(materialized="table", schema="monitoring")
    rows = dbt.ref("factory_training_photographs")
    customers, factory = (
        Photographs.of(rows.filter(f"domain = '{domain}'").order("photo_id").to_arrow_table())
        for domain in ("customer", "factory")
    )
    holdout = dbt.ref("damage_holdout_photographs").order("photo_id").to_arrow_table()
    return feedback_gain(customers, factory, Photographs.of(holdout), int(dbt.config.get("seeds")))
