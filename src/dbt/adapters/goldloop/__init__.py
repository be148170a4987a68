"""The dbt adapter `goldloop`: dbt-duckdb for a project whose SQL is BigQuery's.

It differs where such a project does: `target.project` and `target.dataset`, names quoted by
backticks, and macros that BigQuery's SQL goes through before DuckDB runs it.
"""

from dbt.adapters.base import AdapterPlugin

from dbt.adapters.goldloop.adapter import GoldloopAdapter
from dbt.adapters.goldloop.connections import GoldloopConnectionManager
from dbt.adapters.goldloop.credentials import GoldloopCredentials
from dbt.include import goldloop

__all__ = ["GoldloopAdapter", "GoldloopConnectionManager", "GoldloopCredentials", "Plugin"]

Plugin = AdapterPlugin(
    adapter=GoldloopAdapter,  # type: ignore[arg-type]
    credentials=GoldloopCredentials,
    include_path=goldloop.PACKAGE_PATH,
    dependencies=["duckdb"],
)
