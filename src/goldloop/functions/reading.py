"""A call as it stands in a statement, read into a `Call`."""

from __future__ import annotations

from typing import Any

from sqlglot import exp

from goldloop.dialect.grammar import MLCall, ModelArgument
from goldloop.dialect.values import python_value
from goldloop.errors import OptionError, StatementError
from goldloop.functions.call import Call, checked_call
from goldloop.functions.catalogue import table_function
from goldloop.functions.declaration import Source, TableFunction, Warehouse
from goldloop.options.declaration import Kind
from goldloop.registry.cards import ModelCard


def read_call(node: MLCall, warehouse: Warehouse) -> Call:
    """Return the call of `node`: MODEL, sources, STRUCT and named arguments in any order.

    Raises:
        StatementError: the function is not served, or is not called as it should be.
        ModelNotFoundError, ModelKindError, OptionError: see `checked_call`.
    """
    function = table_function(node.name)
    model: ModelCard | None = None
    sources: list[Source] = []
    parameters: dict[str, Any] = {}
    arguments: list[exp.Expr] = []
    for argument in node.expressions:
        match argument:
            case ModelArgument():
                model = warehouse.find_model(argument.this)
            case exp.Table() | exp.Subquery():
                sources.append(argument)
            case exp.Struct():
                for field in argument.expressions:
                    _add(function, parameters, field)
            case exp.Kwarg() | exp.PropertyEQ():
                _add(function, parameters, argument)
            case _:
                arguments.append(argument)
    return checked_call(
        function, model, tuple(sources), parameters, tuple(arguments), _visible(node)
    )


def _add(function: TableFunction, parameters: dict[str, Any], field: exp.Expr) -> None:
    if not isinstance(field, exp.PropertyEQ | exp.Kwarg):
        raise StatementError(
            f"{function.name}: a value of its STRUCT has no name; write STRUCT(value AS parameter)."
        )
    name = field.this.name.lower()
    if name in parameters:
        raise OptionError(f"{function.name}: {name} is given twice; keep one.")
    declared = function.parameter(name)
    if declared is not None and declared.option.kind is Kind.EXPRESSION:
        parameters[name] = field.expression
    else:
        parameters[name] = python_value(name, field.expression)


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
