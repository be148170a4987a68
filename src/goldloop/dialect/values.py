"""The values of OPTIONS(...) and STRUCT(...): constants of SQL as Python values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlglot import exp

from goldloop.dialect.statements import HparamCandidates, HparamRange
from goldloop.errors import OptionError


def python_value(option: str, node: exp.Expr) -> object:
    """Return the constant `node` of the option `option` as Python has it.

    Arrays become lists, tuples and STRUCTs without field names tuples, STRUCTs
    with names dicts, `HPARAM_RANGE` and `HPARAM_CANDIDATES` their dataclasses.

    Raises:
        OptionError: it is not a constant.
    """
    for kind, read in _READERS.items():
        if isinstance(node, kind):
            return read(option, node)
    raise _not_a_constant(option, node)


def options(nodes: list[exp.Expr]) -> dict[str, object]:
    """Return the options of `name = value` nodes; names as written.

    Raises:
        OptionError: a value is not a constant, or a name is given twice.
    """
    values: dict[str, object] = {}
    for node in nodes:
        name = node.this.name
        if name.casefold() in {given.casefold() for given in values}:
            raise OptionError(f"Option {name} is given twice; keep one.")
        values[name] = python_value(name, node.expression)
    return values


def _literal(_option: str, node: exp.Expr) -> object:
    if node.args["is_string"]:
        return str(node.this)
    number = float(node.this)
    return int(node.this) if node.this.isdigit() else number


def _negated(option: str, node: exp.Expr) -> object:
    value = python_value(option, node.this)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _not_a_constant(option, node)
    return -value


def _list(option: str, node: exp.Expr) -> list[object]:
    return [python_value(option, each) for each in node.expressions]


def _tuple(option: str, node: exp.Expr) -> tuple[object, ...]:
    return tuple(_list(option, node))


def _struct(option: str, node: exp.Expr) -> object:
    fields = node.expressions
    if not any(isinstance(field, exp.PropertyEQ) for field in fields):
        return _tuple(option, node)
    if not all(isinstance(field, exp.PropertyEQ) for field in fields):
        raise OptionError(f"Option {option}: {node.sql()} names some fields only; name all.")
    return {field.this.name: python_value(option, field.expression) for field in fields}


def _typed_literal(option: str, node: exp.Expr) -> object:
    text = node.this
    if not (isinstance(text, exp.Literal) and text.is_string):
        raise _not_a_constant(option, node)
    parse = dt.date.fromisoformat if node.is_type(exp.DType.DATE) else dt.datetime.fromisoformat
    if not node.is_type(exp.DType.DATE, *exp.DataType.TEMPORAL_TYPES):
        raise _not_a_constant(option, node)
    try:
        return parse(text.name.removesuffix(" UTC") + "+00:00" * text.name.endswith(" UTC"))
    except ValueError:
        raise OptionError(
            f"Option {option}: '{text.name}' is not a {node.args['to'].sql().lower()}; "
            "write YYYY-MM-DD [HH:MM:SS]."
        ) from None


def _search(option: str, node: exp.Expr) -> object:
    arguments = [python_value(option, each) for each in node.expressions]
    name = node.name.upper()
    if name == "HPARAM_RANGE":
        match arguments:
            case [int() | float() as low, int() | float() as high]:
                return HparamRange(low, high)
        raise OptionError(f"Option {option}: HPARAM_RANGE takes two numbers, low and high.")
    if name == "HPARAM_CANDIDATES":
        match arguments:
            case [list() as candidates]:
                return HparamCandidates(tuple(candidates))
        raise OptionError(f"Option {option}: HPARAM_CANDIDATES takes one array of values.")
    raise _not_a_constant(option, node)


def _not_a_constant(option: str, node: exp.Expr) -> OptionError:
    quote = f"; quote it, '{node.name}', if it is text" if isinstance(node, exp.Column) else ""
    return OptionError(
        f"Option {option} is {node.sql()}; expected a constant (text, number, true, false, null, "
        f"an array, a STRUCT or HPARAM_RANGE/HPARAM_CANDIDATES){quote}."
    )


_READERS: dict[type[exp.Expr], Callable[[str, exp.Expr], object]] = {
    exp.Literal: _literal,
    exp.RawString: lambda _option, node: str(node.this),
    exp.Neg: _negated,
    exp.Boolean: lambda _option, node: bool(node.this),
    exp.Null: lambda _option, _node: None,
    exp.Array: _list,
    exp.Tuple: _tuple,
    exp.Struct: _struct,
    exp.Paren: lambda option, node: python_value(option, node.this),
    exp.Cast: _typed_literal,
    exp.Anonymous: _search,
}
