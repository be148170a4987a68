"""A session with a shop in it, in which models with TRANSFORM are trained."""

import pytest
from shop_rows import FRESH, ROWS

import goldloop


@pytest.fixture(scope="session")
def database():
    # One for all: a registry takes longer to make than most tests to run.
    with goldloop.connect() as session:
        yield session


@pytest.fixture
def session(database):
    database.connection.execute(f"create or replace table shop as {ROWS}")
    database.connection.execute(f"create or replace table fresh as {FRESH}")
    yield database
    for card in database.models():
        database.sql(f"drop model {card.name}")


@pytest.fixture
def sql(session):
    """Return a function: the rows of a statement in DuckDB's dialect, or None without a result."""

    def sql(text, dialect="duckdb"):
        result = session.sql(text, dialect)
        return None if result is None else result.fetchall()

    return sql


@pytest.fixture
def train(sql):
    """Return a function that trains the model `m` with a TRANSFORM clause."""

    def train(transform, query="select * exclude (id, sold) from shop", name="m", **options):
        options = {"model_type": "linear_reg", "input_label_cols": ["y"], **options}
        if options["model_type"] in ("kmeans", "transform_only"):
            del options["input_label_cols"]
        listed = ", ".join(f"{key} = {value!r}" for key, value in options.items())
        clause = "" if transform is None else f"transform({transform})"
        return sql(f"create or replace model {name} {clause} options({listed}) as {query}")

    return train
