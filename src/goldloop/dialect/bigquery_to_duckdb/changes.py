"""INSERT, UPDATE, DELETE and MERGE."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import Rule
from goldloop.errors import StatementError


def _update(node: exp.Expr) -> exp.Expr:
    """What is set may be named with its table in BigQuery, not in DuckDB."""
    table = node.this
    if table is None:  # of a MERGE, which knows the table
        return node
    own = {table.alias_or_name.casefold(), table.name.casefold()}
    update = node.copy()
    for assignment in update.expressions:
        assignment.set("this", _unqualified(assignment.this, own))
    return update


def _unqualified(target: exp.Expr, own: set[str]) -> exp.Expr:
    if isinstance(target, exp.Column) and target.table and target.table.casefold() in own:
        return exp.column(target.this.copy())
    if isinstance(target, exp.Dot) or (isinstance(target, exp.Column) and target.table):
        raise StatementError(
            f"UPDATE … SET {target.sql('bigquery')}: a field of a STRUCT cannot be set by itself; "
            "set the whole column, SET column = STRUCT(…)."
        )
    return target


def _merge(node: exp.Expr) -> exp.Expr:
    merge = node.copy()
    own = {merge.this.alias_or_name.casefold(), merge.this.name.casefold()}
    for when in merge.args["whens"].expressions:
        then = when.args["then"]
        if isinstance(then, exp.Update):
            for assignment in then.expressions:
                assignment.set("this", _unqualified(assignment.this, own))
        if (
            isinstance(then, exp.Insert)
            and then.this is not None
            and then.this.name.upper() == "ROW"
        ):
            then.set("this", exp.Star())
    return merge


def _delete(node: exp.Expr) -> exp.Expr:
    if isinstance(node.this, exp.Expr):
        return node
    delete = node.copy()
    (table,) = node.args["tables"]  # DELETE without FROM
    delete.set("this", table.copy())
    delete.set("tables", None)
    return delete


RULES: dict[type[exp.Expr], Rule] = {
    exp.Update: _update,
    exp.Merge: _merge,
    exp.Delete: _delete,
}
