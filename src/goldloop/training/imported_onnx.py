"""MODEL_TYPE='ONNX': a graph of tensors, scored by onnxruntime from the bytes it was imported as.

The runtime computes in single precision where the graph does, which SQL would not repeat.
"""

from __future__ import annotations

import re
from typing import Any

from sqlglot import exp

from goldloop.errors import OptionError
from goldloop.registry.cards import Feature
from goldloop.scoring.expressions import call
from goldloop.scoring.onnx import Tensor, TensorKind, onnx_call, onnx_session
from goldloop.scoring.prediction import Fields
from goldloop.training.imported import Imported, ImportedFile

_TENSOR = re.compile(r"tensor\((?P<element>\w+)\)")
_KINDS = {
    "float": TensorKind.NUMBER,
    "double": TensorKind.NUMBER,
    "float16": TensorKind.NUMBER,
    **{f"{sign}int{bits}": TensorKind.INTEGER for sign in ("", "u") for bits in (8, 16, 32, 64)},
    "bool": TensorKind.FLAG,
    "string": TensorKind.TEXT,
}
_TYPES = {
    TensorKind.NUMBER: "DOUBLE",
    TensorKind.INTEGER: "BIGINT",
    TensorKind.FLAG: "BOOLEAN",
    TensorKind.TEXT: "VARCHAR",
}


def read(file: ImportedFile) -> Imported:
    """Return the model of an ONNX file; a feature an input, a predicted column an output.

    Raises:
        OptionError: it is no ONNX file, or has inputs or outputs that are no tensors of rows.
        GoldloopError: onnxruntime is not installed.
    """
    if file.inputs or file.outputs:
        raise OptionError(
            f"Model {file.model}: INPUT and OUTPUT are not supported for ONNX: its file names "
            "inputs and outputs itself."
        )
    session = onnx_session(file.content, f"Model {file.model}: '{file.path}'")
    inputs = [_tensor(file, "input", each) for each in session.get_inputs()]
    outputs = [_tensor(file, "output", each) for each in session.get_outputs()]
    features = tuple(Feature(each.name, _sql_type(each)) for each in inputs)
    result = onnx_call(file.version_id, inputs)
    values = {each.name: _value(result, each, place) for place, each in enumerate(outputs)}
    signature = {
        "onnx": {
            "inputs": [each.to_json() for each in inputs],
            "outputs": [each.to_json() for each in outputs],
        }
    }
    return Imported(features, Fields(values), signature)


def _tensor(file: ImportedFile, role: str, found: Any) -> Tensor:
    where = f"Model {file.model}: the {role} '{found.name}' of '{file.path}'"
    tensor = _TENSOR.fullmatch(found.type)
    kind = _KINDS.get(tensor["element"]) if tensor else None
    if tensor is None or kind is None:
        hint = (
            " Convert with options={'zipmap': False}." if found.type.startswith("seq(map") else ""
        )
        raise OptionError(
            f"{where} is {found.type}; expected a tensor of numbers, text or booleans.{hint}"
        )
    shape = list(found.shape)
    # The rows are of any number, or of 1, which is then the shape of an example.
    if not shape or len(shape) > 2 or not (isinstance(shape[0], str | None) or shape[0] == 1):
        raise OptionError(
            f"{where} has the shape {shape}; expected [rows] or [rows, columns], the rows of any "
            "number."
        )
    width = shape[1] if len(shape) == 2 else None
    return Tensor(
        found.name, tensor["element"], kind, len(shape), width if isinstance(width, int) else None
    )


def _sql_type(tensor: Tensor) -> str:
    return _TYPES[tensor.kind] + ("" if tensor.is_scalar else "[]")


def _value(result: exp.Expression, tensor: Tensor, place: int) -> exp.Expression:
    field = (
        "texts"
        if tensor.kind is TensorKind.TEXT or tensor.kind is TensorKind.INTEGER
        else "numbers"
    )
    listed = call("struct_extract", result.copy(), exp.Literal.string(field))
    values: exp.Expression = call("list_extract", listed, exp.Literal.number(place + 1))
    if tensor.is_scalar:
        values = call("list_extract", values, exp.Literal.number(1))
    return exp.cast(values, _sql_type(tensor), dialect="duckdb")
