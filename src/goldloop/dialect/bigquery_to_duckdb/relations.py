"""What stands in FROM: UNNEST, PIVOT, TABLESAMPLE and tables."""

from __future__ import annotations

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.aggregates import narrowed
from goldloop.dialect.bigquery_to_duckdb.building import Rule, call, cast, number
from goldloop.dialect.bigquery_to_duckdb.types import BIGINT
from goldloop.errors import StatementError


def _unnest(node: exp.Expr) -> exp.Expr:
    """A subquery whose columns are the elements, or their fields if they are structs."""
    if not isinstance(node.parent, exp.From | exp.Join):
        return node
    if len(node.expressions) != 1:
        raise StatementError(
            "UNNEST of several arrays is not available; UNNEST one WITH OFFSET and join the others "
            "by their offset."
        )
    join = node.parent
    if (
        isinstance(join, exp.Join)
        and join.side
        and not (join.args.get("on") or join.args.get("using"))
    ):
        join.set("on", exp.true())
    array, name = node.expressions[0], _alias(node)
    offset = node.args.get("offset")
    if not offset:
        # At depth 2 structs are spread into columns; the table's alias is the element still.
        elements = call("UNNEST", array)
        elements.append(
            "expressions",
            exp.Kwarg(this=exp.var("max_depth"), expression=number(2)),
        )
        query = exp.select(exp.alias_(elements, name) if name else elements)
        return query.subquery(name)
    counted = exp.alias_(
        call("UNNEST", call("RANGE", call("LEN", array))),
        offset if isinstance(offset, exp.Identifier) else exp.to_identifier("offset"),
    )
    element = call("UNNEST", array)
    if name is None:
        element.append("expressions", exp.Kwarg(this=exp.var("max_depth"), expression=number(2)))
        return exp.select(element, counted).subquery()
    return exp.select(exp.alias_(element, name), counted).subquery("_elements")


def _alias(node: exp.Expr) -> exp.Identifier | None:
    alias = node.args.get("alias")
    if alias is not None:
        columns = alias.args.get("columns") or []
        return (columns[0] if columns else alias.this).copy()
    array = node.expressions[0]
    if isinstance(array, exp.Column) and not node.args.get("explode_array"):
        return array.this.copy()  # FROM t, t.items
    return None


def _pivot(node: exp.Expr) -> exp.Expr:
    """A query that aggregates each value of the pivot's column by itself.

    DuckDB's own PIVOT would name `Q1_total` what BigQuery names `total_Q1`.
    """
    pivots = node.args.get("pivots") or []
    if any(pivot.args.get("unpivot") for pivot in pivots):
        return _unpivoted(node, pivots)
    if not pivots:
        return node
    pivot = pivots[0]
    source = node.copy()
    source.set("pivots", None)
    source.set("alias", None)
    (field,) = pivot.args["fields"]
    column, values = field.this, field.expressions
    aggregates = pivot.expressions
    used = [column.name, *_columns_of(aggregates)]
    star = exp.Star(
        **{"except_": [exp.to_identifier(name, quoted=True) for name in dict.fromkeys(used)]}
    )
    pivoted = [
        _pivoted(aggregate, column, value, is_single=len(aggregates) == 1)
        for value in values
        for aggregate in aggregates
    ]
    query = exp.select(star, *pivoted).from_(source)
    query.set("group", exp.Group(all=True))
    alias = pivot.args.get("alias") or node.args.get("alias")
    return query.subquery(alias.this.copy() if alias is not None else None)


def _unpivoted(node: exp.Expr, pivots: list[exp.Expr]) -> exp.Expr:
    """The unpivoted table with the column of names last, where DuckDB puts it before the values."""
    if len(pivots) > 1 or len(pivots[0].args["fields"]) != 1:
        raise StatementError("UNPIVOT and PIVOT of one table: write a subquery between them.")
    source = node.copy()
    source.set("alias", None)
    names = pivots[0].args["fields"][0].this
    star = exp.Star(**{"except_": [exp.to_identifier(names.name, quoted=True)]})
    query = exp.select(star, exp.column(names.name, quoted=True)).from_(source)
    alias = pivots[0].args.get("alias") or node.args.get("alias")
    return query.subquery(alias.this.copy() if alias is not None else None)


def _columns_of(aggregates: list[exp.Expr]) -> list[str]:
    return [column.name for aggregate in aggregates for column in aggregate.find_all(exp.Column)]


def _pivoted(aggregate: exp.Expr, column: exp.Expr, value: exp.Expr, is_single: bool) -> exp.Expr:
    name = value.alias or _name_of(value)
    constant = value.this if isinstance(value, exp.PivotAlias | exp.Alias) else value
    prefix = aggregate.alias
    if not prefix and not is_single:
        raise StatementError(
            f"PIVOT: give each of several aggregates a name, {aggregate.sql('bigquery')} AS name."
        )
    function = aggregate.unalias().copy()
    chosen = exp.Where(
        this=exp.NullSafeEQ(this=exp.column(column.name), expression=constant.copy())
    )
    filtered = exp.Filter(this=function, expression=chosen)
    shown: exp.Expr = filtered
    if isinstance(function, exp.Sum):
        shown = narrowed(filtered, function.this, is_windowed=False)
    elif isinstance(function, exp.CountIf):
        shown = cast(filtered, BIGINT)
    return exp.alias_(shown, f"{prefix}_{name}" if prefix else name, quoted=True)


def _name_of(value: exp.Expr) -> str:
    if isinstance(value, exp.Literal):
        return str(value.this) if value.is_string else f"_{value.this}".replace(".", "_point_")
    if isinstance(value, exp.Null | exp.Boolean):
        return value.sql("bigquery")
    raise StatementError(f"PIVOT: give the value {value.sql('bigquery')} a name, value AS name.")


def _table(node: exp.Expr) -> exp.Expr:
    if "*" in node.name:
        raise StatementError(
            f"The wildcard table `{node.name}` is not available; name the tables, or union them in "
            "a view."
        )
    if node.args.get("version") is not None:
        raise StatementError(
            f"{node.name} FOR SYSTEM_TIME AS OF is not available: DuckDB keeps no past states."
        )
    return _pivot(node)


def _suffix(node: exp.Expr) -> exp.Expr:
    if node.name.upper() in ("_TABLE_SUFFIX", "_PARTITIONTIME", "_PARTITIONDATE"):
        raise StatementError(
            f"{node.name} is not available: it belongs to wildcard and partitioned tables of "
            "BigQuery. Filter on a column of the table."
        )
    return node


RULES: dict[type[exp.Expr], Rule] = {
    exp.Unnest: _unnest,
    exp.Table: _table,
    exp.Subquery: _pivot,
    exp.Column: _suffix,
}
