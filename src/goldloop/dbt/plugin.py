"""The dbt-duckdb plugin: prepares the registry and native scoring at connect.

In profiles.yml: `plugins: [{module: goldloop.dbt.plugin}]`; with
`config: {allowed_estimators: [lightgbm]}` models of type sklearn may import that package too;
`projects: [my-project]` lets that project of BigQuery mean the target's database.
"""

from __future__ import annotations

from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

from goldloop.dbt.running import register_run
from goldloop.errors import OptionError, nearest
from goldloop.native import register_all
from goldloop.registry.artifacts import register_native
from goldloop.registry.boosters import register_boosters
from goldloop.registry.projects import map_projects
from goldloop.registry.schema import ensure_schema
from goldloop.scoring.allowed_estimators import allow_estimators
from goldloop.translation import register_translate

_CONFIG = ("allowed_estimators", "projects")


class Plugin(BasePlugin):
    """Runs on the root connection, before any model does: nothing of it can meet a conflict."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Take the estimators and the projects that the profile names.

        Raises:
            OptionError: the config has another key, or a name that is none.
        """
        # dbt-duckdb adds the profile's `settings`, which are DuckDB's.
        settings = (self.creds.settings if self.creds else None) or {}
        unknown = sorted(set(plugin_config) - set(settings) - set(_CONFIG))
        if unknown:
            raise OptionError(
                f"profiles.yml: the plugin goldloop.dbt.plugin has no config '{unknown[0]}'; "
                f"expected {' or '.join(_CONFIG)}.{nearest(unknown[0], _CONFIG)}"
            )
        allow_estimators(plugin_config.get("allowed_estimators") or [])
        self._projects = plugin_config.get("projects") or []

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Create what is missing of the schema `goldloop`; register what macros and models call."""
        ensure_schema(conn)
        map_projects(conn, self._projects)
        register_native(conn)
        register_boosters(conn)
        register_translate(conn)
        register_run(conn)
        register_all(conn)
