"""The version that dbt prints for the adapter."""

from goldloop.version import __version__ as version

__all__ = ["version"]
