"""Goldloop inside dbt: the plugin of dbt-duckdb and what the materialization `model` calls."""
