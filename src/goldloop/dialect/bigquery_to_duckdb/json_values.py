"""JSON: paths, scalars and the text of values."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import Rule, call, cast, of_type, once
from goldloop.dialect.bigquery_to_duckdb.types import BIGINT, BOOLEAN, DOUBLE, TEXT
from goldloop.errors import StatementError


def _path(node: exp.Expr, function: str) -> exp.Expr:
    path = node.expression
    if path is None:
        return exp.Literal.string("$")
    if not isinstance(path, exp.JSONPath):
        raise StatementError(f"{function}: the path must be a text literal, as '$.name[0]'.")
    steps = []
    for step in path.expressions:
        if isinstance(step, exp.JSONPathKey) and isinstance(step.this, str):
            steps.append(f'."{step.this}"')
        elif isinstance(step, exp.JSONPathSubscript) and isinstance(step.this, int | str):
            steps.append(f"[{step.this}]" if isinstance(step.this, int) else f'."{step.this}"')
        elif not isinstance(step, exp.JSONPathRoot):
            raise StatementError(
                f"{function}: the path {path.sql('bigquery')} has a step that is not available; "
                "expected names and numbers, as '$.name[0]'."
            )
    return exp.Literal.string("".join(["$", *steps]))


def _scalar(node: exp.Expr) -> exp.Expr:
    # JSON_VALUE of DuckDB is NULL where there is an object or array, and JSON text elsewhere.
    value = call("JSON_VALUE", node.this, _path(node, "JSON_VALUE"))
    return of_type(call("JSON_EXTRACT_STRING", value, "$"), TEXT)


def _part(node: exp.Expr) -> exp.Expr:
    return of_type(call("JSON_EXTRACT", node.this, _path(node, "JSON_QUERY")), exp.DType.JSON)


def _parts(node: exp.Expr) -> exp.Expr:
    part = call("JSON_EXTRACT", node.this, _path(node, "JSON_QUERY_ARRAY"))
    return cast(part, exp.DataType.build("JSON[]", dialect="duckdb"))


def _texts(node: exp.Expr) -> exp.Expr:
    part = call("JSON_EXTRACT", node.this, _path(node, "JSON_VALUE_ARRAY"))
    return cast(part, exp.DataType.build("VARCHAR[]", dialect="duckdb"))


def _written(node: exp.Expr) -> exp.Expr:
    """TO_JSON, or TO_JSON_STRING: the text needs to know the type, which JSON does not tell."""
    if node.args.get("to_json"):
        return of_type(call("TO_JSON", node.this), exp.DType.JSON)
    options = node.args.get("options")
    pretty = exp.Boolean(this=False) if options is None else options

    def text(value: exp.Expr) -> exp.Expr:
        return call(
            "GOLDLOOP_TO_JSON_STRING",
            cast(call("TO_JSON", value), TEXT),
            call("TYPEOF", value),
            pretty,
        )

    return of_type(once([node.this], text), TEXT)


def _parsed(node: exp.Expr) -> exp.Expr:
    return cast(node.this, exp.DType.JSON)


def _converted(kind: exp.DType) -> Rule:
    return lambda node: cast(call("JSON_EXTRACT_STRING", node.this, "$"), kind)


RULES: dict[type[exp.Expr], Rule] = {
    exp.JSONExtractScalar: _scalar,
    exp.JSONExtract: _part,
    exp.JSONExtractArray: _parts,
    exp.JSONValueArray: _texts,
    exp.JSONFormat: _written,
    exp.ParseJSON: _parsed,
    exp.JSONBool: _converted(BOOLEAN),
    exp.Int64: _converted(BIGINT),
    exp.Float64: _converted(DOUBLE),
}
