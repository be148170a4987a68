"""The public tables that published results are of, made of what PyPI ships."""

import duckdb
from palmerpenguins import load_penguins

# In BigQuery's table the sex of one bird is ".", which the package has as missing.
PENGUINS = """
create schema ml_datasets;
create table ml_datasets.penguins as
select
    case species
        when 'Adelie' then 'Adelie Penguin (Pygoscelis adeliae)'
        when 'Gentoo' then 'Gentoo penguin (Pygoscelis papua)'
        when 'Chinstrap' then 'Chinstrap penguin (Pygoscelis antarctica)'
    end as species,
    island,
    bill_length_mm as culmen_length_mm,
    bill_depth_mm as culmen_depth_mm,
    flipper_length_mm,
    body_mass_g,
    if(bill_length_mm = 44.5 and body_mass_g = 4875, '.', upper(sex)) as sex
from raw_penguins;
create table ml_datasets.complete_penguins as
select * from ml_datasets.penguins where body_mass_g is not null and sex is not null;
create table ml_datasets.new_penguins as
from (values
    (1633, 'Adelie Penguin (Pygoscelis adeliae)', 'Torgersen', 39.5, 18.8, 196.0, 3750.0, 'MALE'),
    (1672, 'Adelie Penguin (Pygoscelis adeliae)', 'Torgersen', 38.5, 17.2, 181.0, 5200.0, 'FEMALE'),
    (
        1690, 'Chinstrap penguin (Pygoscelis antarctica)', 'Dream',
        37.9, 18.1, 188.0, 3325.0, 'FEMALE'
    )
) as birds(
    tag_number, species, island, culmen_length_mm, culmen_depth_mm, flipper_length_mm,
    body_mass_g, sex
);
"""


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create the schema `ml_datasets` with its tables."""
    con.register("raw_penguins", load_penguins())
    con.execute(PENGUINS)
    con.unregister("raw_penguins")
