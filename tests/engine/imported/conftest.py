"""A session with a schema, and rows with gaps to score."""

import numpy as np
import pandas as pd
import pytest

import goldloop


@pytest.fixture
def session():
    with goldloop.connect() as session:
        session.sql("create schema ml")
        yield session


@pytest.fixture
def rows(session):
    random = np.random.default_rng(1)
    rows = pd.DataFrame({"a": random.normal(size=80), "b": random.normal(size=80) * 3})
    rows.loc[::7, "b"] = np.nan
    session.connection.execute("create table t as select row_number() over () as id, * from rows")
    session.connection.execute("update t set b = null where isnan(b)")
    return rows


@pytest.fixture
def score(session):
    """Return a function that predicts a column of model ml.m for the rows of t, in order."""

    def score(column, table="t"):
        query = f"select {column} from ml.predict(model ml.m, table {table}) order by id"
        return [row[0] for row in session.sql(query).fetchall()]

    return score
