"""Whether a model must be trained again: its fingerprint, and the policy `retrain`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import duckdb

from goldloop.errors import OptionError
from goldloop.registry.cards import ModelCard

POLICIES = ("changed", "always", "never")


def fingerprint(*parts: object) -> str:
    """Return a hash of what a model is made of: SQL, options, engine version, data."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:32]


def check_policy(con: duckdb.DuckDBPyConnection, model: str, retrain: object) -> None:
    """Refuse a `retrain` that is no policy.

    Raises:
        OptionError: it is neither of `POLICIES` nor `{max_age: an interval of DuckDB}`.
    """
    is_policy = isinstance(retrain, str) and retrain in POLICIES
    if isinstance(retrain, Mapping) and set(retrain) == {"max_age"}:
        age = "select try_cast(? as interval) is not null"
        is_policy = con.execute(age, [str(retrain["max_age"])]).fetchall()[0][0]
    if not is_policy:
        raise OptionError(
            f"Model {model}: retrain is {retrain!r}; expected one of {', '.join(POLICIES)}, or "
            "{max_age: '7 days'}."
        )


def must_train(
    con: duckdb.DuckDBPyConnection,
    champion: ModelCard | None,
    retrain: str | Mapping[str, Any],
    found: str,
) -> bool:
    """Return whether the policy asks for a new version, the data's fingerprint being `found`."""
    if champion is None or retrain == "always":
        return True
    if retrain == "never":
        return False
    if isinstance(retrain, Mapping):
        return con.execute(
            "select ?::timestamp + ?::interval < now() at time zone 'UTC'",
            [champion.trained_at, str(retrain["max_age"])],
        ).fetchall()[0][0]
    return champion.training_fingerprint != found
