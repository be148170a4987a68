"""What `ALTER MODEL … SET OPTIONS` sets: facts about a version that do not change what it says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from goldloop.errors import OptionError, nearest
from goldloop.registry.cards import ModelCard
from goldloop.registry.names import MODEL_SCHEMA
from goldloop.registry.write import utc_now


@dataclass(frozen=True)
class Setting:
    """An option of ALTER MODEL; `refused` says why it cannot be honoured here."""

    name: str
    expected: str = ""
    refused: str = ""


_VERTEX = "it registers the model with Vertex AI, a remote service that Goldloop does not call"
SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("description", "a text"),
        Setting("friendly_name", "a text"),
        Setting("labels", "pairs of texts, [('key', 'value'), ...]"),
        Setting("expiration_timestamp", "a TIMESTAMP, as TIMESTAMP '2030-01-01 00:00:00 UTC'"),
        Setting("kms_key_name", refused="a DuckDB file has no keys of Cloud KMS"),
        Setting("model_registry", refused=_VERTEX),
        Setting("vertex_ai_model_id", refused=_VERTEX),
        Setting("vertex_ai_model_version_aliases", refused=_VERTEX),
        Setting("deploy_model", refused="there is no endpoint: the model is a function here"),
        Setting("endpoint_idle_ttl", refused="there is no endpoint: the model is a function here"),
    )
}


def set_options(
    con: duckdb.DuckDBPyConnection, card: ModelCard, options: Mapping[str, object]
) -> None:
    """Write the options of a model's serving version; NULL takes one back.

    Raises:
        OptionError: an option does not exist, is refused or has a value of another kind.
    """
    rows = [(name, _checked(card, name, value)) for name, value in options.items()]
    for name, value in rows:
        con.execute(
            f"insert into {MODEL_SCHEMA}.settings values (?, ?, ?, ?, ?, ?)",
            [card.name.schema, card.name.name, card.version, name.lower(), value, utc_now()],
        )


def _checked(card: ModelCard, name: str, value: object) -> str:
    setting = SETTINGS.get(name.lower())
    if setting is None:
        raise OptionError(
            f"ALTER MODEL {card.name}: there is no option {name}; expected one of "
            f"{', '.join(each.name for each in SETTINGS.values() if not each.refused)}."
            f"{nearest(name, SETTINGS)}"
        )
    if setting.refused:
        raise OptionError(
            f"ALTER MODEL {card.name}: {setting.name} is not available, as {setting.refused}."
        )
    plain = _plain(setting.name, value)
    if plain is None and value is not None:
        raise OptionError(
            f"ALTER MODEL {card.name}: {setting.name} is {value!r}; expected {setting.expected}, "
            "or NULL to take it back."
        )
    return json.dumps(plain)


def _plain(name: str, value: object) -> object:
    """Return a value as JSON holds it, None where it is not of the setting's kind."""
    match name, value:
        case (("description" | "friendly_name"), str()):
            return value
        case "labels", list() if all(_is_pair(each) for each in value):
            return dict(value)
        case "expiration_timestamp", dt.datetime():
            moment = value.astimezone(dt.UTC) if value.tzinfo else value
            return moment.replace(tzinfo=None).isoformat(sep=" ")
    return None


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and all(isinstance(part, str) for part in value)
    )
