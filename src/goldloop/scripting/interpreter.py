"""Runs a script's statements one after another, as its conditions and loops say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import duckdb
from sqlglot import exp

from goldloop.dialect import CreateModel, SqlStatement, Statement, parse_script
from goldloop.dialect.scripting import (
    SCRIPT_STATEMENTS,
    Assert,
    Assign,
    Block,
    Branches,
    Declare,
    Execute,
    ForEach,
    Leave,
    Loop,
    Raise,
    Transact,
    UseDataset,
)
from goldloop.dialect.statements import PlainStatement
from goldloop.errors import GoldloopError, StatementError
from goldloop.failures import in_statement
from goldloop.functions.rendering import render
from goldloop.scripting.variables import Variables
from goldloop.warehouse import ConnectedWarehouse

Result = duckdb.DuckDBPyRelation | None


class _LeavingError(Exception):
    """A BREAK, CONTINUE or RETURN on its way out."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Script:
    """A script that runs on a connection; `run_plain` runs what is not of scripting itself.

    `on_result` is called with the result of each query that the script runs for its rows.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        warehouse: ConnectedWarehouse,
        run_plain: Callable[[PlainStatement], Result],
        on_result: Callable[[duckdb.DuckDBPyRelation], None] | None = None,
    ) -> None:
        self._connection = connection
        self._warehouse = warehouse
        self._run_plain = run_plain
        self._on_result = on_result
        self._variables = Variables(connection, self._columns_of)
        self._error = ""
        self._result: Result = None
        self._runs: dict[type, Callable[[Any], None]] = {
            Declare: self._declare,
            Assign: self._assign,
            UseDataset: self._use_dataset,
            Branches: self._branches,
            Loop: self._loop,
            ForEach: self._for_each,
            Block: self._block,
            Leave: self._leave,
            Execute: self._execute,
            Raise: self._raise,
            Assert: self._assert,
            Transact: self._transact,
        }

    def run(self, statements: Iterable[Statement]) -> Result:
        """Run the statements and return the last result of one that has results.

        Raises:
            GoldloopError: one of them cannot be run; the message begins with its line.
            StatementError: a loop is left outside of any.
        """
        try:
            self._run_all(statements)
        except _LeavingError as leaving:
            if leaving.kind != "RETURN":
                raise StatementError(f"{leaving.kind} is outside of a loop.") from None
        return self._result

    def _run_all(self, statements: Iterable[Statement]) -> None:
        for statement in statements:
            if isinstance(statement, (Branches, Loop, ForEach, Block, Execute)):
                self._runs[type(statement)](statement)  # what is within tells its own line
                continue
            with in_statement(statement.line):
                if isinstance(statement, SCRIPT_STATEMENTS):
                    self._runs[type(statement)](statement)
                else:
                    self._keep(statement)

    def _keep(self, statement: PlainStatement) -> None:
        self._result = self._run_plain(self._with_values(statement))
        is_query = isinstance(statement, SqlStatement) and isinstance(statement.tree, exp.Query)
        if is_query and self._on_result is not None and self._result is not None:
            self._on_result(self._result)

    def _with_values(self, statement: PlainStatement) -> PlainStatement:
        match statement:
            case SqlStatement():
                return replace(statement, tree=self._given(statement.tree))
            case CreateModel():
                return replace(
                    statement,
                    transform=_each(statement.transform, self._given),
                    queries={name: self._given(q) for name, q in statement.queries.items()},
                )
        return statement

    def _given(self, tree: Any) -> Any:
        """Return `tree` with the values of variables and of the last error."""
        if self._error:
            tree = tree.copy()
            for found in list(tree.find_all(exp.Dot)):
                if found.sql("bigquery").casefold() == "@@error.message":
                    found.replace(exp.Literal.string(self._error))
        return self._variables.put_into(tree) if self._variables.names() else tree

    def _sql(self, value: exp.Expr) -> str:
        """Return the query of a value, in DuckDB's SQL."""
        return render(exp.select(self._given(value)), self._warehouse).sql

    def _value(self, line: int, value: exp.Expr) -> Any:
        with in_statement(line):
            return self._connection.execute(self._sql(value)).fetchall()[0][0]

    def _holds(self, line: int, condition: exp.Expr) -> bool:
        value = self._value(line, condition)
        if not isinstance(value, bool | None):
            raise StatementError(f"Line {line}: a condition is {value!r}; expected true or false.")
        return bool(value)

    def _declare(self, statement: Declare) -> None:
        default = statement.default if statement.default is not None else exp.Null()
        sql = self._sql(self._typed(default, statement.kind))
        for name in statement.names:
            self._variables.declare(name, statement.kind)
            self._variables.assign(name, sql)

    def _assign(self, statement: Assign) -> None:
        kinds = [self._variables.kind_of(name) for name in statement.names]
        if not statement.is_tuple:
            sql = self._sql(self._typed(statement.value, kinds[0]))
            self._variables.assign(statement.names[0], sql)
            return
        packed = self._sql(exp.alias_(statement.value, "packed"))
        fields = self._fields(packed, len(statement.names))
        for name, kind, field in zip(statement.names, kinds, fields, strict=True):
            source = f"select {field} as value from ({packed})"
            target = kind.sql("duckdb") if kind is not None else None
            self._variables.assign(
                name, f"select cast(value as {target}) from ({source})" if target else source
            )

    def _fields(self, packed: str, count: int) -> list[str]:
        (found,) = self._connection.execute(f"select typeof(packed) from ({packed})").fetchall()[0]
        children = duckdb.sqltype(found).children if found.startswith(("STRUCT", "TUPLE")) else []
        if len(children) != count:
            raise StatementError(
                f"SET ({count} names) needs a STRUCT of as many fields; the value is a {found}."
            )
        return [f"struct_extract_at(packed, {i + 1})" for i in range(count)]

    def _typed(self, value: exp.Expr, kind: exp.DataType | None) -> exp.Expr:
        return value if kind is None else exp.Cast(this=value.copy(), to=kind.copy())

    def _use_dataset(self, statement: UseDataset) -> None:
        schema = str(self._value(statement.line, statement.schema))
        self._connection.execute(f"use {exp.to_identifier(schema, quoted=True).sql('duckdb')}")

    def _branches(self, statement: Branches) -> None:
        for condition, body in statement.branches:
            if self._holds(statement.line, condition):
                return self._run_all(body)
        return self._run_all(statement.otherwise)

    def _loop(self, statement: Loop) -> None:
        while statement.condition is None or self._holds(statement.line, statement.condition):
            if not self._goes_on(statement.body):
                return
            if statement.until is not None and self._holds(statement.line, statement.until):
                return

    def _goes_on(self, body: Iterable[Statement]) -> bool:
        try:
            self._run_all(body)
        except _LeavingError as leaving:
            if leaving.kind == "RETURN":
                raise
            return leaving.kind == "CONTINUE"
        return True

    def _for_each(self, statement: ForEach) -> None:
        name = statement.name
        with in_statement(statement.line):
            query = statement.query.unnest()
            query = query.this if isinstance(query, exp.Subquery) else query
            rows = render(self._given(query), self._warehouse).sql
            listed = f"select coalesce(list(_row), []) from ({rows}) as _row"
            held = f"{name} of line {statement.line}"
            self._variables.declare(held, None)
            self._variables.assign(held, listed)
            self._variables.declare(name, None)
        read = f"getvariable('goldloop_{held.casefold().replace(chr(39), chr(39) * 2)}')"
        count = self._connection.execute(f"select len({read})").fetchall()[0][0]
        try:
            for i in range(count):
                self._variables.assign(name, f"select {read}[{i + 1}]")
                if not self._goes_on(statement.body):
                    return
        finally:
            self._variables.forget({name.casefold(), held.casefold()})

    def _block(self, statement: Block) -> None:
        outer = self._variables.names()
        try:
            self._run_all(statement.body)
        except GoldloopError as error:
            if statement.handler is None:
                raise
            self._variables.forget(self._variables.names() - outer)
            before, self._error = self._error, str(error)
            self._run_all(statement.handler)
            self._error = before
        finally:
            self._variables.forget(self._variables.names() - outer)

    def _leave(self, statement: Leave) -> None:
        raise _LeavingError(statement.kind)

    def _execute(self, statement: Execute) -> None:
        text = self._value(statement.line, statement.sql)
        with in_statement(statement.line):
            statements = parse_script(str(text))
            if len(statements) != 1:
                raise StatementError(
                    f"EXECUTE IMMEDIATE runs one statement; the text has {len(statements)}."
                )
            if isinstance(statements[0], SCRIPT_STATEMENTS):
                raise StatementError("EXECUTE IMMEDIATE runs SQL, no statement of a script.")
            inner = self._with_parameters(statements[0], statement)
            if not statement.into:
                self._keep(inner)
                return
            result = self._run_plain(self._with_values(inner))
            self._into(statement, result)

    def _with_parameters(self, inner: PlainStatement, statement: Execute) -> PlainStatement:
        if not isinstance(inner, SqlStatement):
            return inner
        tree = inner.tree.copy()
        named = {name.casefold(): value for name, value in statement.using if name}
        listed = [value for name, value in statement.using if not name]
        for found in list(tree.find_all(exp.Placeholder, exp.Parameter)):
            if isinstance(found, exp.Parameter):
                value = named.get(found.name.casefold())
            else:
                value = listed.pop(0) if listed else None
            if value is None:
                raise StatementError(
                    f"EXECUTE IMMEDIATE: USING gives no value for {found.sql('bigquery')}."
                )
            found.replace(exp.paren(value.copy()))
        return replace(inner, tree=tree)

    def _into(self, statement: Execute, result: Result) -> None:
        rows = result.fetchall() if result is not None else []
        columns = result.columns if result is not None else []
        if len(rows) > 1 or len(columns) != len(statement.into):
            raise StatementError(
                f"EXECUTE IMMEDIATE … INTO {', '.join(statement.into)} needs one row of "
                f"{len(statement.into)} columns; there are {len(rows)} rows of {len(columns)}."
            )
        for i, name in enumerate(statement.into):
            kind = self._variables.kind_of(name)
            value = rows[0][i] if rows else None
            target = kind.sql("duckdb") if kind is not None else None
            sql = f"cast($1 as {target})" if target else "$1"
            self._connection.execute(
                f"create or replace temp table _goldloop_into as select {sql} as value", [value]
            )
            self._variables.assign(name, "select value from _goldloop_into")
            self._connection.execute("drop table _goldloop_into")

    def _raise(self, statement: Raise) -> None:
        if statement.message is None:
            raise StatementError(self._error or "RAISE without an error to raise again.")
        raise StatementError(str(self._value(statement.line, statement.message)))

    def _assert(self, statement: Assert) -> None:
        if not self._holds(statement.line, statement.condition):
            what = statement.description or statement.condition.sql("bigquery")
            raise StatementError(f"Assertion failed: {what}")

    def _transact(self, statement: Transact) -> None:
        self._connection.execute(f"{statement.verb} TRANSACTION")

    def _columns_of(self, scope: exp.Expr) -> frozenset[str]:
        """Return the columns, folded, that a query or change reads from, none where unknown."""
        if isinstance(scope, exp.Select):
            source = scope.args.get("from_")
            if source is None:
                return frozenset()
            probe = exp.select("*")
            probe.set("from_", source.copy())
            probe.set("joins", [join.copy() for join in scope.args.get("joins") or []])
        elif isinstance(scope.this, exp.Table) and scope.this.this is not None:
            table = scope.this.copy()
            table.set("alias", None)
            probe = exp.select("*").from_(table)
        else:
            return frozenset()
        with_ = scope.find_ancestor(exp.With)
        root = scope.root()
        outer = with_ or root.args.get("with_")
        if outer is not None:
            probe.set("with_", outer.copy())
        try:
            sql = render(probe.limit(0), self._warehouse).sql
            description = self._connection.execute(sql).description
        except (duckdb.Error, GoldloopError):
            return frozenset()
        return frozenset(column[0].casefold() for column in description)


def _each(nodes: Any, change: Callable[[Any], Any]) -> Any:
    return None if nodes is None else tuple(change(node) for node in nodes)
