"""`SAFE.function(…)`: NULL where the function fails."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import Rule, call, of_type
from goldloop.errors import StatementError

_MAKER = "made_by"


def mark_errors(made: exp.Expr) -> None:
    """Let the errors that a rule wrote into what it made be known as its own."""
    for error in _errors_in(made):
        error.meta.setdefault(_MAKER, id(made))


def _safe(node: exp.Expr) -> exp.Expr:
    function = node.this.copy()
    for error in _errors_in(function):
        if error.meta.get(_MAKER) != id(node.this):
            raise StatementError(
                f"SAFE.{node.this.sql('bigquery')[:60]}: SAFE over an argument that may fail "
                "itself is not available; compute the argument in a subquery."
            )
        if error is function:
            return exp.Null()
        error.replace(exp.Null())
    return (
        of_type(call("TRY", function), node.this.type) if node.this.type else call("TRY", function)
    )


def _errors_in(tree: exp.Expr) -> list[exp.Anonymous]:
    return [each for each in tree.find_all(exp.Anonymous) if each.name == "ERROR"]


RULES: dict[type[exp.Expr], Rule] = {exp.SafeFunc: _safe}
