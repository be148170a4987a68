"""EXPORT MODEL and `goldloop export`: which form is asked for, and the bytes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
from sqlglot import exp

from goldloop.errors import GoldloopError, NotExpressibleError, OptionError, nearest
from goldloop.exporting.forms import DIALECTS, Typed, ddl
from goldloop.exporting.lowering import lowered
from goldloop.exporting.macro import parsed_macro
from goldloop.exporting.onnx_graph import onnx_bytes
from goldloop.exporting.program import Program
from goldloop.registry.cards import ModelCard
from goldloop.registry.names import MODEL_SCHEMA, ModelName

FORMATS = ("sql", "json", "onnx")
_LOOKED_UP = frozenset({"explicit_recommendation", "implicit_recommendation"})


def exported(
    con: duckdb.DuckDBPyConnection,
    card: ModelCard,
    form: str,
    dialect: str = "duckdb",
    name: ModelName | None = None,
) -> bytes:
    """Return a model as the text of a function (`sql`), as `json` or as an `onnx` file.

    `name` is the function's, where it is not the card's, which may be a trial's.

    Raises:
        OptionError: there is no such form or dialect.
        NotExpressibleError: the form has no words for the model; the message says which.
    """
    _require("format", form, FORMATS)
    _require("dialect", dialect, DIALECTS)
    if form != "sql" and dialect != "duckdb":
        raise OptionError(f"The dialect '{dialect}' is of SQL, and the format is {form}; drop one.")
    if form == "json":
        return as_json(con, card).encode()
    if form == "onnx" and card.model_type == "onnx":
        return _stored_bytes(con, card)
    if card.problem_type in _LOOKED_UP:
        raise NotExpressibleError(
            f"Model {card.name}: a {card.model_type} looks the factors of users and items up in "
            "tables of its warehouse, which a function alone does not bring along. Export what "
            "ML.WEIGHTS or ML.RECOMMEND returns."
        )
    name = replace(name or card.name, database=None)
    macro = _macro(con, card, name)
    if form == "sql" and dialect == "duckdb":
        return f"{macro};\n".encode()
    target = "ONNX" if form == "onnx" else dialect
    try:
        row, body = parsed_macro(macro)
        program = lowered(body, row, card.features)
        if form == "onnx":
            return onnx_bytes(program, name.name)
        return ddl(_typed(con, name, program), dialect).encode()
    except NotExpressibleError as error:
        raise NotExpressibleError(
            f"Model {card.name} cannot be exported to {target}: {error}. Export it to the dialect "
            "duckdb, or as json."
        ) from error


def write_export(
    con: duckdb.DuckDBPyConnection,
    card: ModelCard,
    uri: str,
    dialect: str | None = None,
    name: ModelName | None = None,
) -> Path:
    """Write a model to the local file `uri`, whose ending says in which form.

    Raises:
        OptionError: the file is not local, or of another ending.
        GoldloopError: it cannot be written; and see `exported`.
    """
    scheme, separator, rest = uri.partition("://")
    if separator and scheme != "file":
        raise OptionError(
            f"EXPORT MODEL {card.name}: URI is '{uri}'; expected a path of this machine, as "
            f"nothing is written to {scheme}://."
        )
    path = Path(rest if separator else uri)
    form = path.suffix.removeprefix(".").casefold()
    if form not in FORMATS:
        known = ", ".join(f".{each}" for each in FORMATS)
        raise OptionError(
            f"EXPORT MODEL {card.name}: URI is '{uri}'; expected a file ending in one of {known}."
        )
    content = exported(con, card, form, dialect or "duckdb", name)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise GoldloopError(
            f"EXPORT MODEL {card.name}: '{uri}' cannot be written: {error.strerror or error}."
        ) from error
    return path


def as_json(con: duckdb.DuckDBPyConnection, card: ModelCard) -> str:
    """Return all that the registry knows of a version: card, details and function."""
    details: dict[str, list[dict[str, Any]]] = {}
    rows = con.execute(
        f"select section, key, value, json from {MODEL_SCHEMA}.metrics "
        "where model_schema = ? and model_name = ? and version = ? order by section, key",
        [card.name.schema, card.name.name, card.version],
    ).fetchall()
    for section, key, value, facts in rows:
        row = {"key": key, "value": value, **({"json": json.loads(facts)} if facts else {})}
        details.setdefault(section, []).append(row)
    known = {
        "model": str(card.name),
        "version": card.version,
        "model_type": card.model_type,
        "problem_type": card.problem_type,
        "label": card.label,
        "classes": list(card.classes),
        "features": [{"name": each.name, "sql_type": each.sql_type} for each in card.features],
        "options": dict(card.options),
        "metrics": dict(card.metrics),
        "scoring": card.scoring,
        "training_rows": card.training_rows,
        "evaluation_rows": card.evaluation_rows,
        "training_sql": card.training_sql,
        "trained_at": card.trained_at.isoformat(),
        "function": _definition(con, card, card.name),
        "details": details,
    }
    return json.dumps(known, indent=2, ensure_ascii=False, default=str) + "\n"


def _macro(con: duckdb.DuckDBPyConnection, card: ModelCard, name: ModelName) -> str:
    definition = _definition(con, card, name)
    if definition is None:
        raise NotExpressibleError(
            f"Model {card.name} is a {card.model_type}, which has no function of a row to export; "
            "export it as json."
        )
    if card.scoring == "native":
        raise NotExpressibleError(
            f"Model {card.name} is scored by a stored estimator, not by SQL, so its function says "
            "nothing elsewhere. Export it as json."
        )
    return definition


def _definition(con: duckdb.DuckDBPyConnection, card: ModelCard, name: ModelName) -> str | None:
    """Return the macro's DDL: as it was written, or a trial's, as DuckDB has it."""
    written = con.execute(
        f"select function_sql from {MODEL_SCHEMA}.model_versions "
        "where model_schema = ? and model_name = ? and version = ?",
        [card.name.schema, card.name.name, card.version],
    ).fetchall()
    if written:
        return written[0][0]
    forms = con.execute(
        "select parameters, macro_definition from duckdb_functions() "
        "where schema_name = ? and function_name = ? order by len(parameters)",
        [card.name.schema, card.name.name],
    ).fetchall()
    if not forms:
        return None
    listed = [f"({', '.join(parameters)}) as {body}" for parameters, body in forms]
    return f"create or replace macro {name.sql()}{', '.join(listed)}"


def _typed(con: duckdb.DuckDBPyConnection, name: ModelName, program: Program) -> Typed:
    typed_nulls = [
        exp.alias_(exp.cast(exp.null(), each.sql_type, dialect="duckdb"), each.name, quoted=True)
        for each in program.features
    ]
    steps = {
        step.name: exp.column(exp.to_identifier(step.name, quoted=True)) for step in program.steps
    }
    every = replace(program, outputs={**steps, **program.outputs})
    query = every.query(exp.select(*typed_nulls).subquery("features"))
    described = con.execute(f"describe {query.sql('duckdb')}").fetchall()
    return Typed(name, program, {column: sql_type for column, sql_type, *_ in described})


def _stored_bytes(con: duckdb.DuckDBPyConnection, card: ModelCard) -> bytes:
    rows = con.execute(
        f"select estimator from {MODEL_SCHEMA}.artifacts where version_id = ?", [card.version_id]
    ).fetchall()
    return rows[0][0]


def _require(what: str, asked: str, known: tuple[str, ...]) -> None:
    if asked not in known:
        raise OptionError(
            f"There is no {what} '{asked}' to export to; expected one of {', '.join(known)}."
            f"{nearest(asked, known)}"
        )
