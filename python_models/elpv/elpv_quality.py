"""What the factory's defect recipe is worth on real photographs, beside what needs no network."""

from electronics.elpv import elpv_quality


def model(dbt, session):
    """A row a recipe and type of cells."""
    dbt.config(materialized="table", schema="monitoring")
    return elpv_quality(dbt.ref("elpv_features").order("cell_id").df())
