"""A program as an ONNX graph in double precision, a tensor [rows, 1] a feature and an output.

A NULL number is NaN; a NULL text is the text `_null_filler`. Numbers and booleans are doubles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from sqlglot import exp

from goldloop.errors import GoldloopError, NotExpressibleError
from goldloop.exporting.program import Program

NULL_TEXT = "_null_filler"
_OPSET, _IR = 19, 9


class _Kind(Enum):
    NUMBER = "number"
    TEXT = "text"
    FLAG = "flag"


_Tensor = tuple[str, _Kind]

_ARITHMETIC: dict[type[exp.Expr], str] = {
    exp.Add: "Add",
    exp.Sub: "Sub",
    exp.Mul: "Mul",
    exp.Div: "Div",
    exp.Pow: "Pow",
}
_FUNCTIONS: dict[type[exp.Expr], str] = {
    exp.Neg: "Neg",
    exp.Abs: "Abs",
    exp.Sqrt: "Sqrt",
    exp.Exp: "Exp",
    exp.Ln: "Log",
    exp.Floor: "Floor",
    exp.Ceil: "Ceil",
    exp.Sign: "Sign",
    exp.Tanh: "Tanh",
}
_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.LT: "Less",
    exp.LTE: "LessOrEqual",
    exp.GT: "Greater",
    exp.GTE: "GreaterOrEqual",
    exp.EQ: "Equal",
}


def onnx_bytes(program: Program, name: str) -> bytes:
    """Return the model as the bytes of an ONNX file.

    Raises:
        GoldloopError: the package onnx is not installed.
        NotExpressibleError: the program has a feature or an operation that ONNX has not.
    """
    try:
        import onnx
    except ImportError as error:
        raise GoldloopError(
            f"Exporting {name} as ONNX needs onnx; install it with `pip install goldloop[onnx]`."
        ) from error
    return _Graph(onnx).of(program, name)


class _Graph:
    def __init__(self, onnx: Any) -> None:
        self._onnx = onnx
        self._nodes: list[Any] = []
        self._constants: dict[tuple[str, object], str] = {}
        self._initializers: list[Any] = []
        self._columns: dict[str, _Tensor] = {}

    def of(self, program: Program, name: str) -> bytes:
        helper, kinds = self._onnx.helper, self._onnx.TensorProto
        inputs, outputs = [], []
        for each in program.features:
            kind = _feature_kind(each.sql_type)
            if kind is None:
                raise NotExpressibleError(
                    f"feature '{each.name}' is {each.sql_type}; ONNX takes numbers, booleans and "
                    "text"
                )
            self._columns[each.name] = (each.name, kind)
            element = kinds.STRING if kind is _Kind.TEXT else kinds.DOUBLE
            inputs.append(helper.make_tensor_value_info(each.name, element, ["rows", 1]))
        for step in program.steps:
            self._columns[step.name] = self._tensor(step.value)
        for output, value in program.outputs.items():
            tensor, kind = self._tensor(value)
            if kind is _Kind.FLAG:
                tensor, kind = self._as_number((tensor, kind)), _Kind.NUMBER
            self._nodes.append(helper.make_node("Identity", [tensor], [output]))
            element = kinds.STRING if kind is _Kind.TEXT else kinds.DOUBLE
            outputs.append(helper.make_tensor_value_info(output, element, ["rows", 1]))
        graph = helper.make_graph(self._nodes, name, inputs, outputs, self._initializers)
        opset = helper.make_opsetid("", _OPSET)
        model = helper.make_model(graph, opset_imports=[opset], ir_version=_IR)
        return model.SerializeToString()

    def _tensor(self, node: exp.Expr) -> _Tensor:
        for kind, write in self._writers():
            if isinstance(node, kind):
                return write(node)
        raise NotExpressibleError(f"it uses {type(node).__name__.upper()}, which ONNX has not")

    def _writers(self) -> Sequence[tuple[Any, Callable[[Any], _Tensor]]]:
        return (
            (exp.Paren, lambda node: self._tensor(node.this)),
            (exp.Column, lambda node: self._columns[node.name]),
            (exp.Cast, self._cast),
            ((exp.Literal, exp.Boolean, exp.Null), self._literal),
            (tuple(_ARITHMETIC), self._arithmetic),
            (tuple(_FUNCTIONS), self._function),
            (tuple(_COMPARISONS), self._comparison),
            (exp.Between, self._between),
            (exp.In, self._among),
            (exp.Is, self._is_null),
            (exp.Not, self._negation),
            ((exp.And, exp.Or), self._connective),
            (exp.Case, self._case),
            (exp.Coalesce, self._coalesce),
            (exp.Nullif, self._nullif),
            ((exp.Greatest, exp.Least), self._extreme),
        )

    def _cast(self, node: exp.Cast) -> _Tensor:
        tensor = self._tensor(node.this)
        wants_text = node.to.is_type(*exp.DataType.TEXT_TYPES)
        infinite = isinstance(node.this, exp.Literal) and node.this.is_string and not wants_text
        if infinite:
            return self._constant(float(node.this.name)), _Kind.NUMBER
        if (tensor[1] is _Kind.TEXT) != wants_text:
            raise NotExpressibleError(f"it casts to {node.to.sql()}, which ONNX would not alike")
        return tensor

    def _literal(self, node: exp.Expr) -> _Tensor:
        if isinstance(node, exp.Null):
            return self._constant(float("nan")), _Kind.NUMBER
        if isinstance(node, exp.Boolean):
            return self._constant(float(node.this)), _Kind.NUMBER
        if node.args["is_string"]:
            return self._constant(node.name), _Kind.TEXT
        return self._constant(float(node.name)), _Kind.NUMBER

    def _arithmetic(self, node: exp.Binary) -> _Tensor:
        return self._node(
            _ARITHMETIC[type(node)], self._number(node.left), self._number(node.right)
        )

    def _function(self, node: exp.Expr) -> _Tensor:
        return self._node(_FUNCTIONS[type(node)], self._number(node.this))

    def _comparison(self, node: exp.Binary) -> _Tensor:
        left, right = self._tensor(node.left), self._tensor(node.right)
        if _Kind.TEXT in (left[1], right[1]) and left[1] is not right[1]:
            raise NotExpressibleError("it compares text with a number, which ONNX cannot")
        if left[1] is not _Kind.TEXT:
            left, right = (
                (self._as_number(left), _Kind.NUMBER),
                (self._as_number(right), _Kind.NUMBER),
            )
        return self._node(_COMPARISONS[type(node)], left[0], right[0], kind=_Kind.FLAG)

    def _between(self, node: exp.Between) -> _Tensor:
        value = self._number(node.this)
        low = self._node("GreaterOrEqual", value, self._number(node.args["low"]), kind=_Kind.FLAG)
        high = self._node("LessOrEqual", value, self._number(node.args["high"]), kind=_Kind.FLAG)
        return self._node("And", low[0], high[0], kind=_Kind.FLAG)

    def _among(self, node: exp.In) -> _Tensor:
        found = [self._comparison(exp.EQ(this=node.this, expression=e)) for e in node.expressions]
        return self._joined("Or", found)

    def _is_null(self, node: exp.Is) -> _Tensor:
        tensor, kind = self._tensor(node.this)
        if kind is _Kind.TEXT:
            return self._node("Equal", tensor, self._constant(NULL_TEXT), kind=_Kind.FLAG)
        return self._node("IsNaN", tensor, kind=_Kind.FLAG)

    def _negation(self, node: exp.Not) -> _Tensor:
        inner = node.this.unnest()
        # A condition over NULL is false here: its negation must not become true.
        if not isinstance(inner, exp.Is | exp.Coalesce):
            raise NotExpressibleError("it negates a condition that may be NULL")
        return self._node("Not", self._flag(inner), kind=_Kind.FLAG)

    def _connective(self, node: exp.Binary) -> _Tensor:
        operator = "And" if isinstance(node, exp.And) else "Or"
        return self._node(operator, self._flag(node.left), self._flag(node.right), kind=_Kind.FLAG)

    def _case(self, node: exp.Case) -> _Tensor:
        branches = []
        for each in node.args["ifs"]:
            condition = each.this
            if node.this is not None:
                condition = exp.EQ(this=node.this.copy(), expression=condition.copy())
            branches.append((self._flag(condition), self._tensor(each.args["true"])))
        kind = branches[0][1][1]
        default = node.args.get("default")
        if default is None or isinstance(default, exp.Null):
            is_text = kind is _Kind.TEXT
            result = self._constant(NULL_TEXT if is_text else float("nan"))
        else:
            result = self._valued(self._tensor(default), kind)
        for condition, value in reversed(branches):
            result = self._node("Where", condition, self._valued(value, kind), result)[0]
        return result, _Kind.TEXT if kind is _Kind.TEXT else _Kind.NUMBER

    def _coalesce(self, node: exp.Coalesce) -> _Tensor:
        tensor, kind = self._tensor(node.this)
        for other in node.expressions:
            if kind is _Kind.FLAG:  # a condition is never NULL here, but false
                continue
            instead = self._valued(self._tensor(other), kind)
            is_null = self._is_null_of((tensor, kind))
            tensor = self._node("Where", is_null, instead, tensor)[0]
        return tensor, kind

    def _nullif(self, node: exp.Nullif) -> _Tensor:
        value = self._number(node.this)
        equal = self._node("Equal", value, self._number(node.expression), kind=_Kind.FLAG)
        return self._node("Where", equal[0], self._constant(float("nan")), value)

    def _extreme(self, node: exp.Func) -> _Tensor:
        values = [self._number(each) for each in (node.this, *node.expressions)]
        return self._node("Max" if isinstance(node, exp.Greatest) else "Min", *values)

    def _is_null_of(self, tensor: _Tensor) -> str:
        name, kind = tensor
        if kind is _Kind.TEXT:
            return self._node("Equal", name, self._constant(NULL_TEXT), kind=_Kind.FLAG)[0]
        return self._node("IsNaN", name, kind=_Kind.FLAG)[0]

    def _joined(self, operator: str, flags: Sequence[_Tensor]) -> _Tensor:
        result = flags[0]
        for flag in flags[1:]:
            result = self._node(operator, result[0], flag[0], kind=_Kind.FLAG)
        return result

    def _flag(self, node: exp.Expr) -> str:
        name, kind = self._tensor(node)
        if kind is _Kind.FLAG:
            return name
        return self._node("Equal", name, self._constant(1.0), kind=_Kind.FLAG)[0]

    def _number(self, node: exp.Expr) -> str:
        return self._as_number(self._tensor(node))

    def _valued(self, tensor: _Tensor, kind: _Kind) -> str:
        return tensor[0] if kind is _Kind.TEXT else self._as_number(tensor)

    def _as_number(self, tensor: _Tensor) -> str:
        name, kind = tensor
        if kind is _Kind.TEXT:
            raise NotExpressibleError("it calculates with text, which ONNX cannot")
        if kind is _Kind.NUMBER:
            return name
        cast = f"t{len(self._nodes)}"
        double = self._onnx.TensorProto.DOUBLE
        self._nodes.append(self._onnx.helper.make_node("Cast", [name], [cast], to=double))
        return cast

    def _node(self, operator: str, *inputs: str, kind: _Kind = _Kind.NUMBER) -> _Tensor:
        name = f"t{len(self._nodes)}"
        self._nodes.append(self._onnx.helper.make_node(operator, list(inputs), [name]))
        return name, kind

    def _constant(self, value: float | str) -> str:
        key = (type(value).__name__, repr(value))
        if key not in self._constants:
            name = f"c{len(self._constants)}"
            helper, kinds = self._onnx.helper, self._onnx.TensorProto
            is_text = isinstance(value, str)
            element = kinds.STRING if is_text else kinds.DOUBLE
            stored = value.encode() if isinstance(value, str) else value
            self._initializers.append(helper.make_tensor(name, element, [1, 1], [stored]))
            self._constants[key] = name
        return self._constants[key]


def _feature_kind(sql_type: str) -> _Kind | None:
    kind = exp.DataType.build(sql_type, dialect="duckdb")
    if kind.is_type(*exp.DataType.NUMERIC_TYPES, exp.DType.BOOLEAN):
        return _Kind.NUMBER
    return _Kind.TEXT if kind.is_type(*exp.DataType.TEXT_TYPES) else None
