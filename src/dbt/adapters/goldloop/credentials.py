"""A profile of type `goldloop`: dbt-duckdb's, under BigQuery's names too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dbt.adapters.duckdb.credentials import DuckDBCredentials, PluginConfig

PLUGIN = "goldloop.dbt.plugin"


@dataclass
class GoldloopCredentials(DuckDBCredentials):
    """Connection settings; `project` is the database, `dataset` the schema, as in BigQuery's.

    dbt shows aliases beside the names they stand for: `target.project` and `target.dataset`
    resolve wherever `target` does.
    """

    _ALIASES: ClassVar[dict[str, str]] = {"project": "database", "dataset": "schema"}

    def __post_init__(self) -> None:
        super().__post_init__()
        self.plugins = self.plugins or []
        if PLUGIN not in [plugin.module for plugin in self.plugins]:
            self.plugins.append(PluginConfig(module=PLUGIN))
        # BigQuery's zone; the profile's own setting wins.
        if not any(name.lower() == "timezone" for name in self.settings or {}):
            self.settings = {**(self.settings or {}), "TimeZone": "UTC"}

    @property
    def type(self) -> str:
        """The profile's `type`."""
        return "goldloop"
