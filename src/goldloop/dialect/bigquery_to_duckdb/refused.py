"""Functions of BigQuery whose values DuckDB cannot compute: refused by name."""

from __future__ import annotations

import re

from sqlglot import exp

from goldloop.errors import StatementError

_CLASSES: dict[type[exp.Expr], str] = {
    exp.ApproxTopSum: "APPROX_TOP_SUM",
    exp.CodePointsToBytes: "CODE_POINTS_TO_BYTES",
    exp.Collate: "COLLATE",
    exp.FromBase32: "FROM_BASE32",
    exp.JSONRemove: "JSON_REMOVE",
    exp.JSONSet: "JSON_SET",
    exp.JSONStripNulls: "JSON_STRIP_NULLS",
    exp.JSONType: "JSON_TYPE",
    exp.JSONKeysAtDepth: "JSON_KEYS",
    exp.JustifyDays: "JUSTIFY_DAYS",
    exp.JustifyHours: "JUSTIFY_HOURS",
    exp.JustifyInterval: "JUSTIFY_INTERVAL",
    exp.LaxBool: "LAX_BOOL",
    exp.LaxFloat64: "LAX_FLOAT64",
    exp.LaxInt64: "LAX_INT64",
    exp.LaxString: "LAX_STRING",
    exp.NetFunc: "NET.",
    exp.SafeConvertBytesToString: "SAFE_CONVERT_BYTES_TO_STRING",
    exp.SessionUser: "SESSION_USER",
    exp.Soundex: "SOUNDEX",
    exp.ToBase32: "TO_BASE32",
}
# Those that sqlglot has no class for, by name or by the namespace before it.
_NAMES = re.compile(
    r"ST_\w+|S2_\w+|SEARCH|RANGE_CONTAINS|RANGE_END|RANGE_START|RANGE_INTERSECT|RANGE_OVERLAPS|"
    r"RANGE_SESSIONIZE|GENERATE_RANGE_ARRAY|EXTERNAL_QUERY|DETERMINISTIC_\w+|APPENDS|CHANGES|"
    r"TIMESTAMP_FROM_UNIX_\w+|JSON_ARRAY_APPEND|JSON_ARRAY_INSERT|JSON_CONTAINS|JSON_FLATTEN|"
    r"GAP_FILL",
    re.IGNORECASE,
)
_STATEMENTS: dict[type[exp.Expr], str] = {
    exp.Grant: "GRANT: a DuckDB file has no users",
    exp.Revoke: "REVOKE: a DuckDB file has no users",
    exp.LoadData: "LOAD DATA: with dialect='duckdb', INSERT INTO t FROM 'files/*.parquet' loads",
    exp.Export: "EXPORT DATA: with dialect='duckdb', COPY (query) TO 'file.parquet' writes",
}
_NAMESPACES = frozenset({"NET", "KEYS", "AEAD", "HLL_COUNT", "KLL_QUANTILES", "OBJ", "BQML"})


def check(node: exp.Expr) -> None:
    """Check that a function without a rule is none of those.

    Raises:
        StatementError: it is.
    """
    if type(node) in _STATEMENTS:
        name, _, reason = _STATEMENTS[type(node)].partition(": ")
        raise StatementError(f"{name} is not available; {reason}.")
    refused = _CLASSES.get(type(node))
    if refused == "NET.":
        raise _refusal(f"NET.{node.this.sql('bigquery').split('(')[0].upper()}")
    if refused:
        raise _refusal(refused)
    if not isinstance(node, exp.Anonymous):
        return
    if isinstance(node.parent, exp.Dot) and node.arg_key == "expression":
        namespace = node.parent.this.name.upper()
        if namespace in _NAMESPACES:
            raise _refusal(f"{namespace}.{node.name.upper()}")
    elif _NAMES.fullmatch(node.name):
        raise _refusal(node.name.upper())


def _refusal(name: str) -> StatementError:
    return StatementError(
        f"{name} is not available: DuckDB has no function of its values. If one of your own will "
        "do, call that by its name."
    )
