"""A warehouse with the evaluation macros, and one call that evaluates rows handed over."""

import duckdb
import pyarrow as pa
import pytest

from goldloop.evaluation import evaluation_sql, install


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        install(connection)
        yield connection


@pytest.fixture
def evaluate(con):
    """Return a function: problem type and named relations to the metrics as a dict."""

    def metrics_of(problem_type, **relations):
        for name, rows in relations.items():
            con.register(name, rows if isinstance(rows, pa.Table) else pa.table(rows))
        found = con.execute(evaluation_sql(problem_type, *relations))
        names = [column[0] for column in found.description]
        rows = found.fetchall()
        assert len(rows) == 1
        return dict(zip(names, rows[0], strict=True))

    return metrics_of
