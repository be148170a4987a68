"""`TO_JSON_STRING`: the JSON text of a value exactly as BigQuery writes it.

DuckDB's own JSON comes in with the value's type, which decides how numbers and moments are
written: https://cloud.google.com/bigquery/docs/reference/standard-sql/json_functions#json_encodings
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa

from goldloop.native.function import NativeFunction

Writer = Callable[[Any], Any]

# Beyond them a reader that takes numbers for doubles would lose digits: they become texts.
_SAFE_INTEGER = 2**53
_INTEGERS = frozenset(
    f"{sign}{size}" for sign in ("", "u") for size in ("tinyint", "smallint", "integer", "bigint")
) | {"hugeint", "uhugeint"}


def to_json_string(texts: pa.Array, types: pa.Array, pretty: pa.Array) -> pa.Array:
    """Return the text of each value; `texts` is its JSON by DuckDB and `types` DuckDB's type."""
    written = [
        _written(text, kind, bool(is_pretty))
        for text, kind, is_pretty in zip(
            texts.to_pylist(), types.to_pylist(), pretty.to_pylist(), strict=True
        )
    ]
    return pa.array(written, pa.string())


TO_JSON_STRING = NativeFunction(
    "goldloop_to_json_string",
    to_json_string,
    ("VARCHAR", "VARCHAR", "BOOLEAN"),
    "VARCHAR",
    stands_for="TO_JSON_STRING",
)


class _Number(float):
    """A FLOAT64 that is written as BigQuery's text of it."""

    def __repr__(self) -> str:
        short = f"{float(self):.15g}"
        return short if float(short) == float(self) else f"{float(self):.17g}"


def _written(text: str | None, kind: str | None, is_pretty: bool) -> str:
    if text is None or kind is None:
        return "null"
    value = _writer(kind)(json.loads(text))
    if is_pretty:
        return _dumped(value, indent="  ")
    return _dumped(value)


def _dumped(value: Any, indent: str = "", margin: str = "") -> str:
    """Return JSON of plain values; the standard library would write a float in its own way."""
    inner = margin + indent
    between = f",\n{inner}" if indent else ","
    if isinstance(value, dict) and value:
        colon = ": " if indent else ":"
        items = [
            f"{_text(key)}{colon}{_dumped(item, indent, inner)}" for key, item in value.items()
        ]
        return (
            f"{{\n{inner}{between.join(items)}\n{margin}}}" if indent else f"{{{','.join(items)}}}"
        )
    if isinstance(value, list) and value:
        items = [_dumped(item, indent, inner) for item in value]
        return f"[\n{inner}{between.join(items)}\n{margin}]" if indent else f"[{','.join(items)}]"
    if isinstance(value, _Number):
        return repr(value)
    return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=512)
def _writer(kind: str) -> Writer:
    return _of_type(duckdb.sqltype(kind))


def _of_type(kind: Any) -> Writer:
    match kind.id:
        case "list" | "array":
            item = _of_type(kind.children[0][1])
            return _nullable(lambda value: [item(each) for each in value])
        case "struct":
            fields = {name: _of_type(child) for name, child in kind.children}
            return _nullable(lambda value: {name: fields[name](value[name]) for name in fields})
        case "double" | "float":
            return _nullable(_float)
        case "timestamp" | "timestamp_ns" | "timestamp_ms" | "timestamp_s":
            return _nullable(lambda value: value.replace(" ", "T"))
        case "timestamp with time zone":
            return _nullable(_moment)
        case name if name in _INTEGERS:
            return _nullable(_integer)
    return lambda value: value


def _nullable(writer: Writer) -> Writer:
    return lambda value: None if value is None else writer(value)


def _integer(value: int) -> int | str:
    return value if -_SAFE_INTEGER <= value <= _SAFE_INTEGER else str(value)


def _float(value: Any) -> Any:
    number = float(value)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return _Number(number + 0.0)


def _moment(value: str) -> str:
    # DuckDB writes the session's offset, which is UTC's in Goldloop's sessions.
    return f"{value.removesuffix('+00').replace(' ', 'T')}Z" if value.endswith("+00") else value
