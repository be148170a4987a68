"""A session in memory, for functions in expressions."""

import pytest

import goldloop


@pytest.fixture(scope="module")
def column():
    """Return a function: the values of a query's last column, in order."""
    with goldloop.connect() as session:

        def column(query, dialect="bigquery"):
            return [row[-1] for row in session.sql(query, dialect).fetchall()]

        yield column


@pytest.fixture(scope="module")
def value(column):
    """Return a function: the value of an expression."""
    return lambda expression, dialect="bigquery": column(f"select {expression}", dialect)[0]
