"""Goldloop: in-warehouse machine learning for dbt and DuckDB."""
