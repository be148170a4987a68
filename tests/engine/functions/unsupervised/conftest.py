"""Sessions with the published penguins, and with made-up sales."""

import palmerpenguins
import pytest
from contribution_rows import made_rows, store

import goldloop

# In the columns of BigQuery's public table.
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


@pytest.fixture(scope="module")
def shop():
    with goldloop.connect() as session:
        session.sql("create schema shop")
        store(session, "sales", made_rows())
        yield session
