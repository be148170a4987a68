"""ML functions in the expressions of a statement, written out in DuckDB's SQL."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from goldloop.dialect.grammar import PREFIXES
from goldloop.errors import StatementError, nearest
from goldloop.functions.analysis import Analysis, Deferred
from goldloop.functions.catalogue import FUNCTIONS
from goldloop.functions.declaration import (
    AnalyticFunction,
    Function,
    RefusedFunction,
    ScalarFunction,
    TableFunction,
)

Analytic = Callable[[AnalyticFunction, list[exp.Expr]], exp.Expr]


def over_all_rows(function: AnalyticFunction, arguments: list[exp.Expr]) -> exp.Expr:
    """Return an analytic call in a query: its statistics are of all rows of that query.

    Raises:
        StatementError: an argument is of all rows, too.
        OptionError: an argument is not what is expected.
    """
    if any(argument.find(exp.Window) for argument in arguments):
        raise StatementError(
            f"{function.name}: its argument is an analytic function, too; compute that one in a "
            "subquery, or in a TRANSFORM clause, where they nest."
        )
    return function.analysis(arguments).over_all_rows()


def deferred(function: AnalyticFunction, arguments: list[exp.Expr]) -> exp.Expr:
    """Return an analytic call in TRANSFORM, checked, for `analysis_of` to apply later.

    Raises:
        OptionError: an argument is not what is expected.
    """
    function.analysis(arguments)
    return Deferred(this=function.name, expressions=arguments)


def analysis_of(call: Deferred) -> Analysis:
    """Return the analysis of a call that was put off."""
    function = FUNCTIONS[call.this]
    assert isinstance(function, AnalyticFunction)
    return function.analysis(list(call.expressions))


def with_expressions(
    tree: exp.Expr,
    analytic: Analytic = over_all_rows,
    is_created: Callable[[str, str], bool] = lambda _schema, _name: False,
) -> exp.Expr:
    """Return `tree` with its scalar and analytic functions written out; innermost first.

    Args:
        tree: a statement or an expression; it is changed.
        analytic: what an analytic call becomes.
        is_created: tells whether users have a function of that schema and name: a schema may be
            called `ml`, too.

    Raises:
        StatementError: a function does not exist, is not served or not called as it should be.
        OptionError: an argument is not what is expected.
    """
    for node in reversed(list(tree.find_all(exp.Dot))):
        match _function(node):
            case ScalarFunction() as function:
                if isinstance(node.parent, exp.Window):
                    raise StatementError(f"{function.name} takes no OVER(): {function.signature}.")
                tree = _replaced(tree, node, function.expression(node.expression.expressions))
            case AnalyticFunction() as function:
                window = _window(function, node)
                tree = _replaced(tree, window, analytic(function, node.expression.expressions))
            case TableFunction() as function:
                raise StatementError(f"{function.name} is called in FROM: {function.form}.")
            case RefusedFunction() as function:
                raise StatementError(f"{function.name} {function.reason}.")
            case None:
                _check_unknown(node, is_created)
    return tree


def _check_unknown(node: exp.Dot, is_created: Callable[[str, str], bool]) -> None:
    called = node.expression
    if not isinstance(called, exp.Func) or node.this.name.upper() not in PREFIXES:
        return
    name = called.name if isinstance(called, exp.Anonymous) else called.sql_name()
    if not is_created(node.this.name, name):
        full = f"{node.this.name}.{name}".upper()
        raise StatementError(f"There is no function {full}.{nearest(full, FUNCTIONS)}")


def _function(node: exp.Dot) -> Function | None:
    if not (
        isinstance(node.this, exp.Identifier | exp.Column)
        and isinstance(node.expression, exp.Anonymous)
    ):
        return None
    return FUNCTIONS.get(f"{node.this.name}.{node.expression.name}".upper())


def _window(function: AnalyticFunction, node: exp.Dot) -> exp.Window:
    window = node.parent
    if not isinstance(window, exp.Window) or window.this is not node:
        raise StatementError(
            f"{function.name} is an analytic function, of all rows: {function.signature}."
        )
    if any(window.args.get(part) for part in ("partition_by", "order", "spec", "alias")):
        raise StatementError(
            f"{function.name} is of all rows, so its OVER() is empty: {function.signature}. "
            "For statistics of a group, select its rows."
        )
    return window


def _replaced(tree: exp.Expr, node: exp.Expr, written: exp.Expr) -> exp.Expr:
    if node is tree:
        return written
    node.replace(written)
    return tree
