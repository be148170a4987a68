"""BigQuery's SQL as DuckDB's, of the same values: what sqlglot's own translation would lose.

Each file says what it knows as tables of rules, from a node of sqlglot's tree to what DuckDB
computes the same with; `translation` applies them.
"""

from goldloop.dialect.bigquery_to_duckdb.names import with_local_names
from goldloop.dialect.bigquery_to_duckdb.translation import duckdb_sql, with_bigquery_meaning

__all__ = ["duckdb_sql", "with_bigquery_meaning", "with_local_names"]
