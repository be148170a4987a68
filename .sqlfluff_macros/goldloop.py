"""What sqlfluff takes for the macros of the dbt package `goldloop`: text that parses."""

from typing import Any


def as_of() -> str:
    """A day."""
    return "date '2026-06-28'"


def predict(_model: Any, source: Any, *_others: Any, **_named: Any) -> str:
    """The source's rows."""
    return f"select * from {source} as src"


def infer(_model: Any, source: Any, *_others: Any, **_named: Any) -> str:
    """The source's rows."""
    return f"select * from {source} as src"


def evaluate(*_arguments: Any, **_named: Any) -> str:
    """A query."""
    return "select * from metrics_of_a_model"


def point_in_time_join(spine: Any, features: Any, *_others: Any, **_named: Any) -> str:
    """The spine's rows with features."""
    return f"select * from {spine} as spine cross join {features} as features"


def provenance(*_arguments: Any, **_named: Any) -> str:
    """Columns."""
    return "1 as _model, 2 as _model_version, 3 as _entity_key, 4 as _input_fingerprint"


def earlier_inferences(source: Any) -> str:
    """The source's rows."""
    return f"select * from {source}"


def latest_inferences(inferences: Any, _entity_key: str) -> str:
    """The inferences' rows."""
    return f"select * from {inferences}"


def trace(relation: Any) -> str:
    """A query of what the rows came from."""
    return f"select 1 as start_key, 2 as model, 3 as version, 4 as file from {relation}"
