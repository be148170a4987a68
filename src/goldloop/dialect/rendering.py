"""ML functions in a statement, replaced by the queries they stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb import duckdb_sql, with_bigquery_meaning
from goldloop.dialect.catalogue import FUNCTIONS, Standing, require_served
from goldloop.dialect.functions import Call, Separations, Source, metrics_query, predict_query
from goldloop.dialect.grammar import MLCall, ModelArgument
from goldloop.dialect.values import python_value
from goldloop.errors import StatementError
from goldloop.registry.cards import ModelCard


class Warehouse(Protocol):
    """What rendering asks of a warehouse."""

    def find_model(self, name: exp.Table) -> ModelCard:
        """Return the champion's card, its name as it is to be called.

        Raises:
            ModelNotFoundError: no such model.
        """

    def find_separations(self, card: ModelCard) -> Separations:
        """Return the distance of every two centroids of a clustering model."""


@dataclass(frozen=True)
class Rendered:
    """A statement in DuckDB's SQL, and the calls over models that it makes."""

    sql: str
    calls: tuple[Call, ...]


def render(tree: exp.Expr, warehouse: Warehouse, dialect: str = "bigquery") -> Rendered:
    """Return `tree`, read from SQL of `dialect`, as DuckDB runs it.

    Raises:
        StatementError: a function is not served or not called as it should be, or DuckDB has no
            such SQL.
        ModelNotFoundError: no such model.
        ModelKindError: the model is of a kind that the function or a parameter does not serve.
        OptionError: a parameter does not exist or has a bad value.
    """
    tree = with_bigquery_meaning(tree) if dialect == "bigquery" else tree.copy()
    _refuse_expressions(tree)
    calls: list[Call] = []
    # Innermost first: a call's source may hold calls.
    for node in reversed(list(tree.find_all(MLCall))):
        call = _read(node, warehouse)
        calls.append(call)
        table = node.parent
        if not isinstance(table, exp.Table):
            raise StatementError(f"{call.function} is called in FROM.")
        table.replace(_subquery(table, query_of(call, warehouse)))
    return Rendered(duckdb_sql(tree), tuple(calls))


def query_of(call: Call, warehouse: Warehouse) -> exp.Select:
    """Return the query that a call of a function over a model stands for; raises as `render`."""
    if call.function == "ML.PREDICT":
        return predict_query(call)
    is_clustering = call.card.problem_type == "clustering" and call.source is not None
    return metrics_query(call, warehouse.find_separations(call.card) if is_clustering else ())


def _subquery(table: exp.Table, query: exp.Query) -> exp.Subquery:
    around = {
        name: value
        for name, value in table.args.items()
        if value and name not in {"this", "db", "catalog"}
    }
    return exp.Subquery(this=query, **around)


def _read(node: MLCall, warehouse: Warehouse) -> Call:
    require_served(node.name)
    match node.expressions:
        case [ModelArgument() as model, *rest]:
            pass
        case _:
            raise StatementError(f"{node.name} takes the model first: {node.name}(MODEL name, …).")
    source: Source | None = None
    if rest and isinstance(rest[0], exp.Table | exp.Subquery):
        source = rest.pop(0)
    parameters: dict[str, object] = {}
    if rest and isinstance(rest[0], exp.Struct):
        parameters = _parameters(node.name, rest.pop(0))
    if rest:
        raise StatementError(
            f"{node.name}: '{rest[0].sql(dialect='duckdb')}' is not an argument; expected "
            f"{node.name}(MODEL name, TABLE t or (query), STRUCT(value AS parameter, …))."
        )
    return Call(node.name, warehouse.find_model(model.this), source, parameters, _visible(node))


def _visible(node: exp.Expr) -> tuple[exp.Expr, ...]:
    visible: list[exp.Expr] = []
    inner, outer = node, node.parent
    while outer is not None:
        if isinstance(outer, exp.With):
            visible[:0] = outer.expressions[: outer.expressions.index(inner)]
        elif (ctes := outer.args.get("with_")) and ctes is not inner:
            visible[:0] = ctes.expressions
        inner, outer = outer, outer.parent
    return tuple(visible)


def _parameters(function: str, struct: exp.Expr) -> dict[str, object]:
    parameters: dict[str, object] = {}
    for field in struct.expressions:
        if not isinstance(field, exp.PropertyEQ):
            raise StatementError(
                f"{function}: a value of its STRUCT has no name; write STRUCT(value AS parameter)."
            )
        name = field.this.name.lower()
        parameters[name] = python_value(name, field.expression)
    return parameters


def _refuse_expressions(tree: exp.Expr) -> None:
    for node in tree.find_all(exp.Dot):
        if isinstance(node.this, exp.Identifier) and isinstance(node.expression, exp.Anonymous):
            function = FUNCTIONS.get(f"{node.this.name}.{node.expression.name}".upper())
            if function and function.standing is not Standing.SERVED:
                raise StatementError(f"{function.name} {function.standing.value}.")
            if function:
                raise StatementError(f"{function.name} is called {function.position.value}.")
    if tree.find(exp.VectorSearch):
        raise StatementError(f"VECTOR_SEARCH {Standing.NOT_YET.value}.")
