"""What a build is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from goldloop.registry.names import ModelName
from goldloop.transform.clause import TransformClause


@dataclass(frozen=True)
class BuildRequest:
    """What is asked for: a model of this name, trained on this DuckDB query, with these options.

    `retrain` is changed, always, never or {max_age: interval}.
    """

    name: ModelName
    training_sql: str
    options: Mapping[str, Any]
    retrain: str | Mapping[str, Any] = "changed"
    full_refresh: bool = False
    invocation_id: str | None = None
    lineage: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None
    # Further queries of `AS (training_data AS …, …)`, by name.
    queries: Mapping[str, str] = field(default_factory=dict)
    # The names and BigQuery types of INPUT(…) and OUTPUT(…), of an imported model.
    inputs: Sequence[tuple[str, str]] = ()
    outputs: Sequence[tuple[str, str]] = ()
    progress: Callable[[str], None] = lambda _line: None
    transform: TransformClause | None = None
