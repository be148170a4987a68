"""A session with penguins and a shop, in which models are explained and inspected."""

import pytest
from palmerpenguins import load_penguins

import goldloop

PENGUINS = """
create schema bqml;
create table bqml.penguins as
select * exclude (year, sex),
    if(bill_length_mm = 44.5 and body_mass_g = 4875, '.', upper(sex)) as sex
from raw_penguins
where body_mass_g is not null
"""


@pytest.fixture(scope="module")
def session():
    with goldloop.connect() as session:
        session.connection.register("raw_penguins", load_penguins())
        session.connection.execute(PENGUINS)
        yield session


@pytest.fixture
def rows(session):
    """Return a function: the rows of a query in BigQuery's SQL, as dictionaries."""

    def rows(query):
        relation = session.sql(query)
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]

    return rows


@pytest.fixture(scope="module")
def train(session):
    """Return a function that trains `bqml.<name>` on a query over the penguins."""

    def train(name, model_type, query="select * from bqml.penguins", **options):
        options = {"input_label_cols": ["body_mass_g"], **options}
        given = ", ".join(f"{key} = {value!r}" for key, value in options.items())
        session.sql(
            f"create or replace model bqml.{name} "
            f"options (model_type = '{model_type}', {given}) as {query}"
        )

    return train
