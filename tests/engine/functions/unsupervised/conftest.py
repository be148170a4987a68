"""A session with the published penguins, in the columns of BigQuery's public table."""

import palmerpenguins
import pytest

import goldloop

PENGUINS = """
create schema zoo;
create table zoo.penguins as
select
    species, island, bill_length_mm as culmen_length_mm, bill_depth_mm as culmen_depth_mm,
    flipper_length_mm, body_mass_g, upper(sex) as sex
from penguins
"""


@pytest.fixture(scope="module")
def zoo():
    with goldloop.connect() as session:
        session.connection.register("penguins", palmerpenguins.load_penguins())
        session.sql(PENGUINS, dialect="duckdb")
        yield session
