"""One database for the tests of translated SQL."""

import pytest
from running import BigQueryOnDuckDB


@pytest.fixture(scope="session")
def bigquery():
    """Return a database that runs BigQuery's SQL; tests do not change what others read."""
    return BigQueryOnDuckDB()
