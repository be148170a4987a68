"""The solar cells of the installed package, as they are in its files."""

from electronics.elpv import dataset_folder, read_cells


def model(dbt, session):
    """A row an image."""
    dbt.config(materialized="table", schema="bronze")
    return read_cells(dataset_folder())
