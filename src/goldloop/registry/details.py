"""The facts of a version, read back from the warehouse's metrics."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import duckdb

from goldloop.registry.cards import ModelCard
from goldloop.registry.names import MODEL_SCHEMA


@dataclass(frozen=True)
class Recorded:
    """A fact, as training recorded it; `json` is empty where it had none."""

    key: str
    value: float | None
    json: dict[str, Any]


def find_details(con: duckdb.DuckDBPyConnection, card: ModelCard, section: str) -> list[Recorded]:
    """Return the facts of a version in that section, by their value, then by key."""
    rows = con.execute(
        f"select key, value, json from {MODEL_SCHEMA}.metrics where model_schema = ? "
        "and model_name = ? and version = ? and section = ? order by value, key",
        [card.name.schema, card.name.name, card.version, section],
    ).fetchall()
    return [Recorded(key, value, json.loads(text or "{}")) for key, value, text in rows]
