"""What sqlfluff takes for the macros of the dbt package `goldloop`: text that parses."""

from typing import Any


def as_of() -> str:
    """A day."""
    return "date '2026-06-28'"


def predict(*_arguments: Any, **_named: Any) -> str:
    """A query."""
    return "select * from predicted_rows"


def infer(*_arguments: Any, **_named: Any) -> str:
    """A query."""
    return "select * from inferred_rows"


def evaluate(*_arguments: Any, **_named: Any) -> str:
    """A query."""
    return "select * from metrics_of_a_model"


def point_in_time_join(*_arguments: Any, **_named: Any) -> str:
    """A query."""
    return "select * from joined_rows"
