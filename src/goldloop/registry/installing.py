"""A trained version recorded and let serve, or the one that serves found unchanged."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from goldloop.errors import ModelNotFoundError
from goldloop.registry import write
from goldloop.registry.cards import Feature, ModelCard
from goldloop.registry.measuring import details_of
from goldloop.registry.names import ModelName
from goldloop.registry.parts import create_score
from goldloop.registry.read import find_model
from goldloop.registry.report import BuildReport, headline
from goldloop.registry.request import BuildRequest
from goldloop.training.fitted import Detail, Fitted
from goldloop.version import __version__


@dataclass(frozen=True)
class Trained:
    """A fitted model with all that its version records."""

    fitted: Fitted
    model_type: str
    label: Feature | None
    features: tuple[Feature, ...]
    options: Mapping[str, Any]
    training_fingerprint: str
    training_rows: int
    evaluation_rows: int
    function_sql: str | None
    metrics: Mapping[str, float | None]
    extra: tuple[Detail, ...] = ()
    scoring: str = "sql"
    version_id: str = ""


def champion_of(con: duckdb.DuckDBPyConnection, name: ModelName) -> ModelCard | None:
    """Return the card of the serving version, None for a new model."""
    try:
        return find_model(con, name)
    except ModelNotFoundError:
        return None


def install(
    con: duckdb.DuckDBPyConnection, trained: Trained, request: BuildRequest, started: float
) -> BuildReport:
    """Record the trained version and let it serve."""
    name, number = request.name, write.next_number(con, request.name)
    version_id = trained.version_id or write.new_version_id()
    seconds = time.monotonic() - started
    write.record_version(
        con,
        write.Version(
            name,
            number,
            version_id,
            trained.model_type,
            trained.fitted.problem_type,
            trained.label.name if trained.label else None,
            trained.fitted.classes,
            trained.features,
            trained.options,
            trained.scoring,
            request.training_sql,
            trained.training_fingerprint,
            trained.training_rows,
            trained.evaluation_rows,
            trained.function_sql,
            request.lineage,
            request.comment,
            __version__,
            request.invocation_id,
            seconds,
        ),
    )
    if trained.function_sql:
        create_score(con, version_id, name, trained.function_sql)
    details = (*details_of(trained.fitted, trained.metrics), *trained.extra)
    write.record_details(con, name, number, details)
    write.promote(con, name, number, trained.function_sql, "trained", request.invocation_id)
    write.record_build(con, name, number, "trained", request.invocation_id, seconds)
    return BuildReport(
        name,
        number,
        "trained",
        seconds,
        trained.training_rows,
        trained.evaluation_rows,
        headline(trained.fitted.problem_type, trained.metrics),
        trained.metrics,
    )


def unchanged(
    con: duckdb.DuckDBPyConnection,
    name: ModelName,
    champion: ModelCard,
    invocation_id: str | None,
    started: float,
) -> BuildReport:
    """Record that the serving version still stands, and see that it does."""
    write.restore(con, name, champion.version)
    seconds = time.monotonic() - started
    write.record_build(con, name, champion.version, "unchanged", invocation_id, seconds)
    return BuildReport(
        name,
        champion.version,
        "unchanged",
        seconds,
        champion.training_rows,
        champion.evaluation_rows,
        headline(champion.problem_type, champion.metrics),
        champion.metrics,
    )
