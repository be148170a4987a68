"""What people say of a model on its card: a fact beside the version, not a reason to train anew.

The four headings are of Mitchell et al., "Model Cards for Model Reporting" (2019).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import duckdb

from goldloop.errors import OptionError
from goldloop.registry.names import MODEL_SCHEMA, ModelName
from goldloop.registry.write import utc_now

# What each is: a text, or a list of texts.
WORDS: dict[str, type] = {
    "intended_use": str,
    "not_for": str,
    "evaluated_on": str,
    "limits": list,
}


def record_words(
    con: duckdb.DuckDBPyConnection, name: ModelName, number: int, words: Mapping[str, Any]
) -> None:
    """Write to the settings of version `number` what its card does not say yet, or says otherwise.

    Args:
        con: the connection, whose transaction the caller owns.
        name: the model.
        number: its version.
        words: by the keys of `WORDS`; what is None or missing is taken back.

    Raises:
        OptionError: a value is of another kind.
    """
    wanted = {key: _checked(name, key, words.get(key)) for key in WORDS}
    said = con.execute(
        "select option, arg_max(value::varchar, set_at) "
        f"from {MODEL_SCHEMA}.settings where model_schema = ? and model_name = ? and version = ? "
        "group by option",
        [name.schema, name.name, number],
    ).fetchall()
    known = {option: json.loads(value or "null") for option, value in said}
    for key, value in wanted.items():
        if value != known.get(key):
            con.execute(
                f"insert into {MODEL_SCHEMA}.settings values (?, ?, ?, ?, ?, ?)",
                [name.schema, name.name, number, key, json.dumps(value), utc_now()],
            )


def _checked(name: ModelName, key: str, value: Any) -> Any:
    """Return the text or the list of texts, without the blanks of YAML's folding."""
    if not value:
        return None
    if WORDS[key] is str and isinstance(value, str):
        return " ".join(value.split())
    if (
        WORDS[key] is list
        and isinstance(value, list)
        and all(isinstance(each, str) for each in value)
    ):
        return [" ".join(each.split()) for each in value]
    expected = "a text" if WORDS[key] is str else "a list of texts"
    raise OptionError(f"Model {name}: {key} is {value!r}; expected {expected}.")
