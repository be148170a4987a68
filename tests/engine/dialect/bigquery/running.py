"""Runs SQL of BigQuery on DuckDB, through the translation."""

import duckdb

from goldloop.dialect import parse_script
from goldloop.dialect.bigquery_to_duckdb import duckdb_sql, with_bigquery_meaning
from goldloop.native import register_all


class BigQueryOnDuckDB:
    """A database in memory that reads BigQuery's SQL."""

    def __init__(self):
        self.con = duckdb.connect()
        self.con.execute("set TimeZone = 'UTC'")
        register_all(self.con)

    def rows(self, script):
        """Return the rows of the last statement of a script."""
        for statement in parse_script(script):
            self.con.execute(duckdb_sql(with_bigquery_meaning(statement.tree)))
        return self.con.fetchall()

    def column(self, query):
        """Return the only column of a query."""
        return [row[0] for row in self.rows(query)]

    def value(self, expression):
        """Return the value of an expression."""
        return self.rows(f"select {expression} as value")[0][0]

    def type_of(self, expression):
        """Return DuckDB's type of an expression."""
        self.rows(f"select {expression} as value")
        return str(self.con.description[0][1])
