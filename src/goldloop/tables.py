"""Rows as text: a table for people, CSV or JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any

from tabulate import tabulate  # type: ignore[import-untyped]

Rows = Sequence[Sequence[Any]]


def written(columns: Sequence[str], rows: Rows, form: str) -> str:
    """Return rows as `table`, `csv` (with a header, empty = NULL) or `json` (an array of objects).

    Nested values of a CSV are JSON; in JSON, dates, decimals and blobs are text.
    """
    return _FORMS[form](columns, rows)


def as_json(value: Any) -> str:
    """Return `value` as JSON, indented; what JSON does not have is text."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)


def _table(columns: Sequence[str], rows: Rows) -> str:
    cells = [[shown(value) for value in row] for row in rows]
    if not rows:
        return "  ".join(columns) + "\n(no rows)"
    sides = ["right" if _is_numeric(rows, i) else "left" for i in range(len(columns))]
    return tabulate(
        cells, headers=list(columns), tablefmt="simple", disable_numparse=True, colalign=sides
    )


def _csv(columns: Sequence[str], rows: Rows) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            [_compact(value) if isinstance(value, list | dict | tuple) else value for value in row]
        )
    return text.getvalue().rstrip("\n")


def _json(columns: Sequence[str], rows: Rows) -> str:
    return as_json([dict(zip(columns, row, strict=True)) for row in rows])


def _is_numeric(rows: Rows, column: int) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def shown(value: Any) -> str:
    """Return one value as a person reads it: NULL is empty, doubles have six digits."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown(each)}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return f"[{'; '.join(shown(each) for each in value)}]"
    return str(value)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


_FORMS: dict[str, Callable[[Sequence[str], Rows], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
}
