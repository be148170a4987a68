"""CREATE, ALTER and DROP of tables, views, schemas and functions.

Clauses about storage (PARTITION BY, CLUSTER BY, OPTIONS, keys that are not enforced) are left out,
as they change no result.
"""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import Rule
from goldloop.errors import StatementError

_STORAGE = (
    exp.PartitionedByProperty,
    exp.ClusterProperty,
    exp.Cluster,
    exp.LocationProperty,
    exp.MaterializedProperty,
)
# sqlglot reads OPTIONS(name = value, …) as properties of these classes.
_OPTIONS = (exp.Property, exp.FileFormatProperty)


def with_typed_parameters(tree: exp.Expr) -> exp.Expr:
    """Return a CREATE FUNCTION whose parameters are cast to their types where they are used.

    Raises:
        StatementError: it is a function of JavaScript or Python, of a table, or a procedure.
    """
    if not (isinstance(tree, exp.Create) and isinstance(tree.this, exp.UserDefinedFunction)):
        return tree
    name = tree.this.this.sql("bigquery")
    body = tree.expression
    if tree.args["kind"] != "FUNCTION":
        raise StatementError(f"CREATE {tree.args['kind']} {name} is not available.")
    properties = tree.args.get("properties")
    for each in properties.expressions if properties else []:
        if isinstance(each, exp.LanguageProperty):
            raise StatementError(
                f"CREATE FUNCTION {name}: functions in {each.this.name} are not available; write "
                "the function in SQL."
            )
    if isinstance(body, exp.Query) or body is None:
        raise StatementError(f"CREATE TABLE FUNCTION {name} is not available; make it a view.")
    tree = tree.copy()
    kinds = {
        parameter.name.casefold(): parameter.args["kind"]
        for parameter in tree.this.expressions
        if isinstance(parameter, exp.ColumnDef)
        and not parameter.args["kind"].is_type(exp.DType.VARIANT)
    }
    for column in list(tree.expression.find_all(exp.Column)):
        kind = kinds.get(column.name.casefold())
        if kind is not None and not column.table:
            column.replace(exp.Cast(this=column.copy(), to=kind.copy()))
    for parameter in tree.this.expressions:
        parameter.replace(exp.to_identifier(parameter.name))
    return tree


def _create(node: exp.Expr) -> exp.Expr:
    made = node.copy()
    kept, returned, is_temporary = _properties(made)
    if isinstance(made.this, exp.UserDefinedFunction):
        if returned is not None:
            body = exp.Cast(this=made.expression.copy(), to=returned.this.copy())
            made.set("expression", exp.paren(body))
    elif made.args["kind"] not in ("TABLE", "VIEW", "SCHEMA"):
        raise StatementError(f"CREATE {made.args['kind']} is not available.")
    if is_temporary and not made.args.get("exists"):
        # It lasts for a script in BigQuery, for a session here: a script may run again.
        made.set("replace", True)
    made.set("properties", exp.Properties(expressions=kept) if kept else None)
    clone = made.args.get("clone")
    if clone is not None:
        made.set("clone", None)
        made.set("expression", exp.select("*").from_(clone.this.copy()))
    return made


def _properties(made: exp.Expr) -> tuple[list[exp.Expr], exp.Expr | None, bool]:
    """Return the properties to keep, the type a function returns, and whether it is temporary."""
    kept: list[exp.Expr] = []
    returned, is_temporary = None, False
    properties = made.args.get("properties")
    for each in properties.expressions if properties else []:
        if isinstance(each, exp.ExternalProperty):
            raise StatementError(
                f"CREATE EXTERNAL TABLE {made.this.sql('bigquery')} is not available; make a view "
                "of the files, with dialect='duckdb': CREATE VIEW v AS FROM 'data/*.parquet'."
            )
        if isinstance(each, exp.ReturnsProperty):
            returned = each
        elif isinstance(each, exp.TemporaryProperty):
            is_temporary = True
            kept.append(each.copy())
        elif isinstance(each, exp.LikeProperty):
            made.set("expression", exp.select("*").from_(each.this.copy()).limit(0))
        elif not isinstance(each, (*_STORAGE, *_OPTIONS)):
            kept.append(each.copy())
    return kept, returned, is_temporary


def _schema(node: exp.Expr) -> exp.Expr:
    """A table's columns, without keys that BigQuery does not enforce."""
    kept = [
        each
        for each in node.expressions
        if not isinstance(each, exp.PrimaryKey | exp.ForeignKey | exp.Constraint)
    ]
    if len(kept) == len(node.expressions):
        return node
    schema = node.copy()
    schema.set("expressions", [each.copy() for each in kept])
    return schema


def _column(node: exp.Expr) -> exp.Expr:
    constraints = node.args.get("constraints") or []
    kept = [
        each
        for each in constraints
        if not isinstance(
            each.args.get("kind"),
            exp.Properties | exp.PrimaryKeyColumnConstraint | exp.Reference,
        )
    ]
    if len(kept) == len(constraints):
        return node
    column = node.copy()
    column.set("constraints", [each.copy() for each in kept])
    return column


def _alter(node: exp.Expr) -> exp.Expr:
    actions = node.args.get("actions") or []
    if not any(isinstance(action, exp.AlterSet) for action in actions):
        return node
    options = {
        option.name.lower(): option.args["value"]
        for action in actions
        for option in action.find_all(exp.Property)
    }
    others = [name for name in options if name != "description"]
    if others or not options:
        raise StatementError(
            f"ALTER {node.args['kind']} {node.this.sql('bigquery')} SET OPTIONS: "
            f"{', '.join(others) or 'nothing'} cannot be set in DuckDB; description can."
        )
    return exp.Comment(
        this=node.this.copy(), kind=node.args["kind"], expression=options["description"].copy()
    )


RULES: dict[type[exp.Expr], Rule] = {
    exp.Create: _create,
    exp.Schema: _schema,
    exp.ColumnDef: _column,
    exp.Alter: _alter,
}
