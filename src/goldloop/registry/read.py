"""Cards read back from the warehouse."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from goldloop.errors import ModelNotFoundError, nearest
from goldloop.registry.cards import Feature, ModelCard
from goldloop.registry.names import MODEL_SCHEMA, ModelName

_COLUMNS = (
    "model_schema, model_name, version, status, model_type, problem_type, label, classes, features,"
    " options, metrics, scoring, training_rows, evaluation_rows, training_fingerprint,"
    " training_sql, trained_at, seconds, comment, version_id, settings, lineage"
)


def find_model(con: duckdb.DuckDBPyConnection, name: ModelName) -> ModelCard:
    """Return the card of the serving version (the champion) of `name`.

    Raises:
        ModelNotFoundError: no such model; the message gives the nearest name.
    """
    for card in versions(con, name):
        if card.status == "champion":
            return card
        if card.status == "expired":
            raise ModelNotFoundError(
                f"Model {name} expired at {card.settings['expiration_timestamp']} UTC; train it "
                "again with CREATE OR REPLACE MODEL."
            )
    known = sorted({str(card.name) for card in list_models(con)})
    listed = f" Models here: {', '.join(known)}." if known else " The warehouse has no models."
    raise ModelNotFoundError(f"No model {name}.{nearest(str(name), known)}{listed}")


def versions(con: duckdb.DuckDBPyConnection, name: ModelName) -> list[ModelCard]:
    """Return the cards of all versions of `name`, newest first; none when there is no model."""
    return _cards(
        con,
        "where lower(model_schema) = lower(?) and lower(model_name) = lower(?)",
        [name.schema, name.name],
    )


def list_models(con: duckdb.DuckDBPyConnection) -> list[ModelCard]:
    """Return the cards of all versions of all models, by name, newest first."""
    return _cards(con, "", [])


def _cards(con: duckdb.DuckDBPyConnection, where: str, values: list[str]) -> list[ModelCard]:
    has_registry = con.execute(
        "select count(*) from information_schema.tables where table_catalog = current_database() "
        "and table_schema = ? and table_name = 'models'",
        [MODEL_SCHEMA],
    ).fetchall()[0][0]
    if not has_registry:
        return []
    rows = con.execute(
        f"select {_COLUMNS} from {MODEL_SCHEMA}.models {where} "
        "order by model_schema, model_name, version desc",
        values,
    ).fetchall()
    return [_card(row) for row in rows]


def _card(row: tuple[Any, ...]) -> ModelCard:
    schema, name, version, status, model_type, problem, label, classes, features, *rest = row
    options, metrics, scoring, trained, evaluated, fingerprint, sql, *last = rest
    trained_at, seconds, comment, version_id, settings, lineage = last
    return ModelCard(
        ModelName(schema, name),
        version,
        status,
        model_type,
        problem,
        label,
        tuple(json.loads(classes or "[]")),
        tuple(Feature(each["name"], each["sql_type"]) for each in json.loads(features)),
        json.loads(options),
        json.loads(metrics or "{}"),
        scoring,
        trained,
        evaluated,
        fingerprint,
        sql,
        trained_at,
        seconds,
        comment,
        version_id,
        json.loads(settings or "{}"),
        json.loads(lineage or "{}"),
    )
