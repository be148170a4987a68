"""The dbt-duckdb plugin: prepares the registry and native scoring at connect.

In profiles.yml: `plugins: [{module: goldloop.dbt.plugin}]`.
"""

from __future__ import annotations

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

from goldloop.dbt.running import register_run
from goldloop.native import register_all
from goldloop.registry.artifacts import register_native
from goldloop.registry.schema import ensure_schema
from goldloop.translation import register_translate


class Plugin(BasePlugin):
    """Runs on the root connection, before any model does: nothing of it can meet a conflict."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Create what is missing of the schema `goldloop`; register what macros and models call."""
        ensure_schema(conn)
        register_native(conn)
        register_translate(conn)
        register_run(conn)
        register_all(conn)
