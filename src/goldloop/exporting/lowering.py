"""A macro's body, evaluated symbolically: lists and structs vanish, numbers stay as SQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from goldloop.errors import NotExpressibleError
from goldloop.exporting.program import Program, Step
from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import balanced_sum, double

# What every dialect has, under whatever name; anything else is refused by its name.
_PORTABLE = (
    exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Paren,
    exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between, exp.In,
    exp.And, exp.Or, exp.Not, exp.Is, exp.Case, exp.If, exp.Coalesce, exp.Nullif,
    exp.Cast, exp.DataType, exp.Literal, exp.Boolean, exp.Null,
    exp.Abs, exp.Sqrt, exp.Exp, exp.Ln, exp.Pow, exp.Greatest, exp.Least,
    exp.Floor, exp.Ceil, exp.Sign, exp.Tanh,
)  # fmt: skip


@dataclass(frozen=True)
class Scalar:
    """One value of SQL."""

    expression: exp.Expr


@dataclass(frozen=True)
class Items:
    """A list of known length; `is_sorted` by the first field of its structs, ascending."""

    values: tuple[Value, ...]
    is_sorted: bool = False


@dataclass(frozen=True)
class Record:
    """A struct."""

    fields: Mapping[str, Value]

    def __getitem__(self, name: str) -> Value:
        """Return a field; names are of any case."""
        for known, value in self.fields.items():
            if known.casefold() == name.casefold():
                return value
        raise NotExpressibleError(f"it reads a field '{name}' that it does not have")


Value = Scalar | Items | Record
Scope = Mapping[str, Value]


def lowered(body: exp.Expr, row: str, features: Sequence[Feature]) -> Program:
    """Return the program of a macro's body over the row parameter `row`.

    Raises:
        NotExpressibleError: it uses what other dialects do not have; the message names it.
    """
    columns = {each.name: Scalar(_column(each.name)) for each in features}
    lowering = _Lowering()
    result = lowering.value(body, {row: Record(columns)})
    if not isinstance(result, Record):
        raise NotExpressibleError("it returns no struct")
    outputs: dict[str, exp.Expr] = {}
    for name, value in result.fields.items():
        outputs |= dict(_flattened(name, value))
    return Program(tuple(features), tuple(lowering.steps), outputs)


def _flattened(name: str, value: Value) -> list[tuple[str, exp.Expr]]:
    """Return a field as columns: probabilities by their labels, distances by their centroids."""
    if isinstance(value, Scalar):
        return [(name, value.expression)]
    if isinstance(value, Record):
        return [
            pair for key, each in value.fields.items() for pair in _flattened(f"{name}_{key}", each)
        ]
    columns = []
    for number, item in enumerate(value.values, start=1):
        if isinstance(item, Record) and len(item.fields) == 2:
            key, each = item.fields.values()
            prefix = name.removesuffix("s") if name.endswith("_probs") else "distance_to_centroid"
            columns += _flattened(f"{prefix}_{_constant(key)}", each)
        else:
            columns += _flattened(f"{name}_{number}", item)
    return columns


def _constant(value: Value) -> str:
    literal = value.expression.find(exp.Literal, exp.Boolean) if isinstance(value, Scalar) else None
    if literal is None:
        raise NotExpressibleError("a list of its result has no constant key")
    text = str(literal.this).lower() if isinstance(literal, exp.Boolean) else str(literal.this)
    is_negative = isinstance(value, Scalar) and value.expression.find(exp.Neg) is not None
    return f"-{text}" if is_negative else text


def _column(name: str) -> exp.Column:
    return exp.column(exp.to_identifier(name, quoted=True))


@dataclass
class _Lowering:
    steps: list[Step] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    def value(self, node: exp.Expr, scope: Scope) -> Value:
        """Return what `node` is in `scope`.

        Raises:
            NotExpressibleError: it uses what other dialects do not share.
        """
        for kind, read in _READERS.items():
            if isinstance(node, kind):
                return read(self, node, scope)
        if isinstance(node, exp.Anonymous):
            called = _CALLS.get(node.name.upper())
            if called:
                return called(self, node.expressions, scope)
        if not isinstance(node, _PORTABLE):
            name = (
                node.name
                if isinstance(node, exp.Anonymous)
                else node.sql_name()
                if isinstance(node, exp.Func)
                else type(node).__name__
            )
            raise NotExpressibleError(f"it uses {name.upper()}, which other dialects do not share")
        return Scalar(self.copied(node, scope))

    def scalar(self, node: exp.Expr, scope: Scope) -> exp.Expr:
        """Return `node` as one value of SQL; raises as `value`, and for a list or struct."""
        value = self.value(node, scope)
        if not isinstance(value, Scalar):
            raise NotExpressibleError(f"it uses {type(node).__name__.upper()} of a list or struct")
        return value.expression.copy()

    def items(self, node: exp.Expr, scope: Scope) -> Items:
        """Return `node` as a list of known length; raises as `value`, and for other arrays."""
        value = self.value(node, scope)
        if not isinstance(value, Items):
            raise NotExpressibleError("it uses an array, which other dialects do not share")
        return value

    def bound(self, value: Value, hint: str) -> Value:
        """Return `value` by name, so that it is computed once."""
        if isinstance(value, Items):
            return Items(tuple(self.bound(each, hint) for each in value.values), value.is_sorted)
        if isinstance(value, Record):
            return Record({k: self.bound(v, hint) for k, v in value.fields.items()})
        inner = value.expression
        while isinstance(inner, exp.Cast | exp.Paren | exp.Neg):
            inner = inner.this
        if isinstance(inner, exp.Column | exp.Literal | exp.Boolean | exp.Null):
            return value
        text = value.expression.sql("duckdb")
        if text not in self._known:
            self._known[text] = f"_{hint}{len(self.steps) + 1}"
            self.steps.append(Step(self._known[text], value.expression))
        return Scalar(_column(self._known[text]))

    def copied(self, node: exp.Expr, scope: Scope) -> exp.Expr:
        """Return `node` with what it is made of as values of SQL."""
        copied = node.copy()
        for name, child in list(node.args.items()):
            if isinstance(child, list):
                copied.set(name, [self._child(each, scope) for each in child])
            else:
                copied.set(name, self._child(child, scope))
        return copied

    def _child(self, child: object, scope: Scope) -> object:
        if isinstance(child, exp.DataType) or not isinstance(child, exp.Expr):
            return child
        return self.scalar(child, scope)


def _named(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    name = node.name
    for known, value in scope.items():
        if known.casefold() == name.casefold():
            return value
    raise NotExpressibleError(f"it names '{name}', which is no feature")


def _field(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    if isinstance(node, exp.Column) and not node.table:
        return _named(lowering, node, scope)
    row = exp.column(node.table) if isinstance(node, exp.Column) else node.this
    record = (
        _named(lowering, row, scope) if isinstance(node, exp.Column) else lowering.value(row, scope)
    )
    if not isinstance(record, Record):
        raise NotExpressibleError(f"it reads '{node.name}' of what is no struct")
    return record[node.name if isinstance(node, exp.Column) else node.expression.name]


def _struct(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    return Record(
        {each.this.name: lowering.value(each.expression, scope) for each in node.expressions}
    )


def _array(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    return Items(tuple(lowering.value(each, scope) for each in node.expressions))


def _struct_extract(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    record = lowering.value(node.this, scope)
    if not isinstance(record, Record):
        raise NotExpressibleError("it reads a field of what is no struct")
    return record[node.expression.name]


def _transform(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    items = lowering.items(node.this, scope)
    function = node.expression
    variable = function.expressions[0].name
    results = []
    for item in items.values:
        inner = {**scope, variable: lowering.bound(item, variable.strip("_") or "x")}
        results.append(lowering.value(function.this, inner))
    return Items(tuple(results), items.is_sorted)


def _sorted(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    items = lowering.bound(lowering.items(node.this, scope), "d")
    assert isinstance(items, Items)
    return Items(items.values, is_sorted=True)


def _largest(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    values = [_expression(each) for each in lowering.items(node.this, scope).values]
    if len(values) == 1:
        return Scalar(values[0])
    return lowering.bound(Scalar(exp.Greatest(this=values[0], expressions=values[1:])), "max")


def _cast(lowering: _Lowering, node: exp.Expr, scope: Scope) -> Value:
    """Return a cast; a list of constants may be written as the cast of its text."""
    if node.args["to"].is_type(exp.DType.ARRAY) and isinstance(node.this, exp.Literal):
        return Items(tuple(Scalar(double(number)) for number in json.loads(node.this.name)))
    return Scalar(lowering.copied(node, scope))


def _product(lowering: _Lowering, arguments: Sequence[exp.Expr], scope: Scope) -> Value:
    left, right = (lowering.items(each, scope).values for each in arguments)
    pairs = zip(left, right, strict=True)
    terms = [exp.Mul(this=_expression(one), expression=_expression(other)) for one, other in pairs]
    return Scalar(balanced_sum(terms))


def _zipped(lowering: _Lowering, arguments: Sequence[exp.Expr], scope: Scope) -> Value:
    lists = [lowering.items(each, scope).values for each in arguments]
    rows = zip(*lists, strict=True)
    return Items(tuple(Record({str(i): v for i, v in enumerate(row, start=1)}) for row in rows))


def _count(lowering: _Lowering, arguments: Sequence[exp.Expr], scope: Scope) -> Value:
    counts = []
    for item in lowering.items(arguments[0], scope).values:
        is_missing = exp.Is(this=_expression(item), expression=exp.Null())
        counts.append(exp.Case(default=double(1.0)).when(is_missing, double(0.0)))
    return Scalar(balanced_sum(counts))


def _total(lowering: _Lowering, arguments: Sequence[exp.Expr], scope: Scope) -> Value:
    values = [_expression(each) for each in lowering.items(arguments[0], scope).values]
    total = values[0]
    for value in values[1:]:
        total = exp.Add(this=total, expression=value)
    return lowering.bound(Scalar(exp.paren(total)), "sum")


def _position(lowering: _Lowering, arguments: Sequence[exp.Expr], scope: Scope) -> Value:
    items = lowering.items(arguments[0], scope)
    wanted = lowering.scalar(arguments[1], scope)
    found = exp.Case()
    for number, item in enumerate(items.values, start=1):
        equal = exp.EQ(this=_expression(item), expression=wanted.copy())
        found = found.when(equal, exp.Literal.number(number))
    return lowering.bound(Scalar(found), "position")


def _item(lowering: _Lowering, arguments: Sequence[exp.Expr], scope: Scope) -> Value:
    items = lowering.items(arguments[0], scope)
    index = lowering.scalar(arguments[1], scope)
    if isinstance(index, exp.Literal):
        position = int(index.this)
        if items.is_sorted and len(items.values) > 1:
            return _first(lowering, items, position)
        return items.values[position - 1]
    found = exp.Case()
    for number, item in enumerate(items.values, start=1):
        equal = exp.EQ(this=index.copy(), expression=exp.Literal.number(number))
        found = found.when(equal, _expression(item))
    return Scalar(found)


def _first(lowering: _Lowering, items: Items, position: int) -> Value:
    """Return the struct whose first field is least, the earlier of equals."""
    records = [item for item in items.values if isinstance(item, Record)]
    if position != 1 or len(records) < len(items.values):
        raise NotExpressibleError("it sorts a list, of which other dialects get the first only")
    names = list(records[0].fields)
    keys = [_expression(record[names[0]]) for record in records]
    least = lowering.bound(Scalar(exp.Least(this=keys[0], expressions=keys[1:])), "least")
    fields: dict[str, Value] = {names[0]: least}
    for name in names[1:]:
        found = exp.Case()
        for key, record in zip(keys, records, strict=True):
            equal = exp.EQ(this=key.copy(), expression=_expression(least))
            found = found.when(equal, _expression(record[name]))
        fields[name] = Scalar(found)
    return Record(fields)


def _slice(lowering: _Lowering, arguments: Sequence[exp.Expr], scope: Scope) -> Value:
    items = lowering.items(arguments[0], scope)
    # Of a sorted list all are kept: which are the nearest is a matter of the row.
    return (
        items
        if items.is_sorted
        else Items(items.values[int(arguments[1].name) - 1 : int(arguments[2].name)])
    )


def _expression(value: Value) -> exp.Expr:
    if not isinstance(value, Scalar):
        raise NotExpressibleError("it uses a list of lists")
    return value.expression.copy()


_Reader = Callable[[_Lowering, exp.Expr, Scope], Value]
_READERS: dict[type[exp.Expr], _Reader] = {
    exp.Identifier: _named,
    exp.Column: _field,
    exp.Dot: _field,
    exp.Struct: _struct,
    exp.Array: _array,
    exp.StructExtract: _struct_extract,
    exp.Transform: _transform,
    exp.ArraySort: _sorted,
    exp.ArrayMax: _largest,
    exp.Cast: _cast,
}
_CALLS: dict[str, Callable[[_Lowering, Sequence[exp.Expr], Scope], Value]] = {
    "LIST_SUM": _total,
    "LIST_DOT_PRODUCT": _product,
    "LIST_ZIP": _zipped,
    "LIST_COUNT": _count,
    "LIST_POSITION": _position,
    "LIST_EXTRACT": _item,
    "LIST_SLICE": _slice,
}
