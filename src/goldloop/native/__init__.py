"""Functions that DuckDB lacks, computed in Python over Arrow batches and registered by name."""

from goldloop.native.table import register_all

__all__ = ["register_all"]
