"""A warehouse in memory in which tests build models and call their functions."""

import duckdb
import pytest
from repair_shop import shop, trained  # noqa: F401 - fixtures

from goldloop.registry.builder import build_model
from goldloop.registry.names import ModelName
from goldloop.registry.read import find_model
from goldloop.registry.request import BuildRequest
from goldloop.registry.schema import ensure_schema


class Warehouse:
    """A database with Goldloop's registry; models are in the schema `main`."""

    def __init__(self, con):
        self.con = con
        ensure_schema(con)

    def build(self, name, query, *, retrain="changed", full_refresh=False, **options):
        """Build a model in a transaction of its own, rolled back on any error."""
        request = BuildRequest(ModelName("main", name), query, options, retrain, full_refresh)
        self.con.begin()
        try:
            report = build_model(self.con, request)
        except BaseException:
            self.con.rollback()
            raise
        self.con.commit()
        return report

    def card(self, name):
        return find_model(self.con, ModelName("main", name))

    def part(self, name, key):
        """Return the quoted name of a part of the champion."""
        return self.card(name).part(key).sql("duckdb")

    def rows(self, query):
        return self.con.execute(query).fetchall()

    def predict(self, name, source, columns="*"):
        """Return a list a column of what the model says of the rows of the query `source`."""
        said = f'unnest("{name}"(src))'
        return self.rows(f"select {columns} from (select {said} from ({source}) as src)")

    def details(self, name, section):
        """Return (key, value, json text) of the champion's details."""
        version = self.card(name).version
        return self.rows(
            "select key, value, json from goldloop.metrics where section = "
            f"'{section}' and model_name = '{name}' and version = {version}"
        )


@pytest.fixture
def warehouse():
    with duckdb.connect() as con:
        yield Warehouse(con)
