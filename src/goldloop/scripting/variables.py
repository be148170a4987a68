"""The variables of a script: values that later statements name.

Their values are variables of the DuckDB connection, so that any type is held.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import duckdb
from sqlglot import exp

from goldloop.dialect.bigquery_to_duckdb.building import call
from goldloop.dialect.grammar import MLCall
from goldloop.errors import StatementError, nearest

_WHOLE = frozenset({"BIGINT", "INTEGER", "SMALLINT", "TINYINT"})
_AS_TEXT = ("DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "DECIMAL", "JSON")


class Variables:
    """Names that a script has declared; `columns_of` tells the columns that a query reads from."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        columns_of: Callable[[exp.Expr], frozenset[str]],
    ) -> None:
        self._connection = connection
        self._columns_of = columns_of
        self._kinds: dict[str, exp.DataType | None] = {}

    def names(self) -> set[str]:
        """Return the names in sight, folded."""
        return set(self._kinds)

    def forget(self, names: set[str]) -> None:
        """Take names out of sight, at the end of the block that declared them."""
        for name in names:
            self._kinds.pop(name, None)

    def declare(self, name: str, kind: exp.DataType | None) -> None:
        """Bring a name into sight; without a type it has that of its first value.

        Raises:
            StatementError: it is in sight already.
        """
        if name.casefold() in self._kinds:
            raise StatementError(f"Variable {name} is declared twice.")
        self._kinds[name.casefold()] = kind

    def kind_of(self, name: str) -> exp.DataType | None:
        """Return the type of a variable, None before it has one.

        Raises:
            StatementError: there is no such variable.
        """
        if name.casefold() not in self._kinds:
            known = sorted(self._kinds)
            listed = f" Declared are {', '.join(known)}." if known else ""
            raise StatementError(
                f"Variable {name} is not declared; write DECLARE {name} first."
                f"{nearest(name, known)}{listed}"
            )
        return self._kinds[name.casefold()]

    def assign(self, name: str, sql: str) -> None:
        """Give a variable the value of a query of one value, in DuckDB's SQL."""
        self._connection.execute(f"set variable {_identifier(name)} = ({sql})")
        if self._kinds.get(name.casefold(), True) is None:
            (kind,) = self._fetch(f"select typeof({_read(name).sql('duckdb')})")
            self._kinds[name.casefold()] = exp.DataType.build(kind, dialect="duckdb")

    def put_into(self, tree: exp.Expr) -> exp.Expr:
        """Return `tree` with values in the place of variables; a column goes before a variable.

        Raises:
            StatementError: a view would read a variable, which it outlives.
        """
        tree = tree.copy()
        # The innermost first: what an outer query reads from can be asked once it has its values.
        for column in reversed(list(tree.find_all(exp.Column))):
            name, field = (column.table, column.name) if column.table else (column.name, "")
            is_variable = name.casefold() in self._kinds and not column.args.get("db")
            if not is_variable or self._is_column(column, name):
                continue
            if isinstance(tree, exp.Create) and tree.args["kind"] == "VIEW":
                raise StatementError(f"A view cannot read the variable {name}: it outlives it.")
            value = self._in_place_of(column, name, field)
            tree = value if column is tree else tree
            column.replace(value)
        return tree

    def _in_place_of(self, column: exp.Column, name: str, field: str) -> exp.Expr:
        if isinstance(column.find_ancestor(MLCall, exp.Query), MLCall):
            return self._constant(name, field)
        value = self._value(name)
        if field:
            value = call("STRUCT_EXTRACT", value, field)
        if isinstance(column.parent, exp.Select) and column.arg_key == "expressions":
            return exp.alias_(value, column.name, quoted=True)
        return value

    def _constant(self, name: str, field: str) -> exp.Expr:
        """Return the value as the constant that a parameter of an ML function is."""
        read = call("STRUCT_EXTRACT", _read(name), field) if field else _read(name)
        (value,) = self._fetch(f"select {read.sql('duckdb')}")
        return exp.convert(float(value) if isinstance(value, Decimal) else value)

    def _is_column(self, column: exp.Column, name: str) -> bool:
        folded = name.casefold()
        if isinstance(column.parent, exp.EQ) and column.arg_key == "this":
            changed = column.parent.parent
            if isinstance(changed, exp.Update):  # what an UPDATE sets
                return True
        scope = column.find_ancestor(exp.Select, exp.DML)
        while scope is not None:
            if isinstance(scope, exp.Select):
                aliases = {each.alias.casefold() for each in scope.selects if each.alias}
                clause = column.find_ancestor(
                    exp.Order, exp.Group, exp.Having, exp.Qualify, exp.Select
                )
                if not isinstance(clause, exp.Select) and folded in aliases:
                    return True
            if folded in self._columns_of(scope):
                return True
            scope = scope.find_ancestor(exp.Select, exp.DML)
        return False

    def _value(self, name: str) -> exp.Expr:
        """Return the value as a constant where its type has one: what is stored says it itself."""
        read = _read(name).sql("duckdb")
        kind, text = self._fetch(f"select typeof({read}), cast({read} as varchar)")
        target = exp.DataType.build(kind, dialect="duckdb") if kind != '"NULL"' else None
        if text is None:
            return exp.Cast(this=exp.Null(), to=target) if target is not None else exp.Null()
        if kind in _WHOLE or kind == "BOOLEAN":
            literal: exp.Expr = (
                exp.Boolean(this=text == "true")
                if kind == "BOOLEAN"
                else exp.Literal.number(text.lstrip("-"))
            )
            literal = exp.paren(exp.Neg(this=literal)) if text.startswith("-") else literal
            return exp.Cast(this=literal, to=target) if kind in _WHOLE else literal
        if kind == "VARCHAR":
            return exp.Literal.string(text)
        if kind.startswith(_AS_TEXT) and "[" not in kind:
            return exp.Cast(this=exp.Literal.string(text), to=target)
        value = _read(name)
        value.type = target
        return value

    def _fetch(self, sql: str) -> tuple:
        return self._connection.execute(sql).fetchall()[0]


def _identifier(name: str) -> str:
    return exp.to_identifier(f"goldloop_{name.casefold()}", quoted=True).sql("duckdb")


def _read(name: str) -> exp.Expr:
    return call("GETVARIABLE", f"goldloop_{name.casefold()}")
