"""Scoring by onnxruntime: one vectorised function for all imported ONNX models.

`goldloop_onnx(version_id, numbers, texts, vectors)` gives a list an output; what the model
reads of a row is packed by kind, as for estimators. Integers travel as text, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from sqlglot import exp

from goldloop.errors import GoldloopError, OptionError
from goldloop.native import registration
from goldloop.native.function import NativeFunction
from goldloop.scoring.at_hand import AtHand
from goldloop.scoring.expressions import call, feature, literal

FUNCTION = "goldloop_onnx"
_RESULT = pa.struct(
    [("numbers", pa.list_(pa.list_(pa.float64()))), ("texts", pa.list_(pa.list_(pa.string())))]
)

# A model's bytes, and its signature.
Stored = tuple[bytes, Mapping[str, Any]]


class TensorKind(Enum):
    """What a tensor's elements are."""

    NUMBER = "number"
    INTEGER = "integer"
    FLAG = "flag"
    TEXT = "text"


@dataclass(frozen=True)
class Tensor:
    """An input or output: [rows] or [rows, width], a width of None being any."""

    name: str
    element: str
    kind: TensorKind
    rank: int
    width: int | None

    @property
    def is_scalar(self) -> bool:
        """Whether it has one value a row."""
        return self.rank == 1 or self.width == 1

    def to_json(self) -> dict[str, Any]:
        """Return the tensor as plain values."""
        return asdict(self) | {"kind": self.kind.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Tensor:
        """Return the tensor that `to_json` described."""
        return cls(**{**stored, "kind": TensorKind(stored["kind"])})


@dataclass(frozen=True)
class Loaded:
    """A model that onnxruntime runs, and its tensors."""

    session: Any
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]


def onnx_session(content: bytes, where: str) -> Any:
    """Return an inference session of the model `content`.

    Raises:
        GoldloopError: onnxruntime is not installed.
        OptionError: it is no model that onnxruntime reads; the message begins with `where`.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise GoldloopError(
            f"{where} needs onnxruntime; install it with `pip install goldloop[onnx]`."
        ) from error
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(content, options, ["CPUExecutionProvider"])
    except Exception as error:  # its errors share no other base
        reason = " ".join(str(error).split())
        raise OptionError(f"{where} is no model that onnxruntime reads: {reason}") from error


def onnx_call(version_id: str, inputs: Sequence[Tensor]) -> exp.Expression:
    """Return the call of the function for a version, over the row's features."""
    packed: dict[str, list[exp.Expression]] = {"numbers": [], "texts": [], "vectors": []}
    types = {"numbers": "DOUBLE", "texts": "VARCHAR", "vectors": "VARCHAR[]"}
    for tensor in inputs:
        place = _place(tensor)
        packed[place].append(exp.cast(feature(tensor.name), types[place], dialect="duckdb"))
    lists = [
        exp.cast(exp.Array(expressions=items), f"{types[place]}[]", dialect="duckdb")
        for place, items in packed.items()
    ]
    return call(FUNCTION, literal(version_id), *lists)


def register(con: duckdb.DuckDBPyConnection, loader: Callable[[str], Stored]) -> None:
    """Register the function on the root connection `con`; again is harmless."""
    MODELS.add_loader(loader)
    parameters = ("VARCHAR", "DOUBLE[]", "VARCHAR[]", "VARCHAR[][]")
    returned = "STRUCT(numbers DOUBLE[][], texts VARCHAR[][])"
    registration.register(con, [NativeFunction(FUNCTION, _score, parameters, returned)])


def loaded_model(stored: Stored) -> Loaded:
    """Return what scores a stored model; raises as `onnx_session`."""
    content, signature = stored
    return Loaded(
        onnx_session(content, "The stored ONNX model"),
        tuple(map(Tensor.from_json, signature["onnx"]["inputs"])),
        tuple(map(Tensor.from_json, signature["onnx"]["outputs"])),
    )


MODELS: AtHand[Stored, Loaded] = AtHand("ONNX model", loaded_model, capacity=16)


def _place(tensor: Tensor) -> str:
    if not tensor.is_scalar:
        return "vectors"
    return "numbers" if tensor.kind is TensorKind.NUMBER else "texts"


def _score(
    versions: pa.ChunkedArray,
    numbers: pa.ChunkedArray,
    texts: pa.ChunkedArray,
    vectors: pa.ChunkedArray,
) -> pa.Array:
    """Return the outputs of a batch's rows, which may be of several versions."""
    rows = list(
        zip(
            versions.to_pylist(),
            numbers.to_pylist(),
            texts.to_pylist(),
            vectors.to_pylist(),
            strict=True,
        )
    )
    results: list[dict[str, Any] | None] = [None] * len(rows)
    for version_id in {row[0] for row in rows if row[0] is not None}:
        loaded = MODELS.find(version_id)
        places = [place for place, row in enumerate(rows) if row[0] == version_id]
        unpacked = [_unpacked(loaded.inputs, *rows[place][1:]) for place in places]
        whole = [(place, row) for place, row in zip(places, unpacked, strict=True) if row]
        answers = _run(loaded, [row for _, row in whole]) if whole else []
        for (place, _), answer in zip(whole, answers, strict=True):
            results[place] = answer
    return pa.array(results, type=_RESULT)


def _unpacked(
    inputs: Sequence[Tensor], numbers: list[Any], texts: list[Any], vectors: list[Any]
) -> list[Any] | None:
    """Return a row's values in the order of the inputs; None where one that is no float is NULL."""
    taken = {"numbers": iter(numbers), "texts": iter(texts), "vectors": iter(vectors)}
    values: list[Any] = []
    for tensor in inputs:
        value = next(taken[_place(tensor)])
        items = value if isinstance(value, list) else [value]
        if value is None and not (tensor.is_scalar and tensor.kind is TensorKind.NUMBER):
            return None
        if tensor.kind is not TensorKind.NUMBER and any(item is None for item in items):
            return None
        if not tensor.is_scalar and tensor.width is not None and len(items) != tensor.width:
            raise GoldloopError(
                f"The input '{tensor.name}' of an ONNX model has {len(items)} values in a row; "
                f"expected {tensor.width}."
            )
        values.append([_READ[tensor.kind](item) for item in items])
    return values


_READ: dict[TensorKind, Callable[[Any], Any]] = {
    TensorKind.NUMBER: lambda item: np.nan if item is None else float(item),
    TensorKind.INTEGER: int,
    TensorKind.FLAG: lambda item: item == "true",
    TensorKind.TEXT: str,
}
_ELEMENTS: dict[str, Any] = {
    "float": np.float32,
    "double": np.float64,
    "string": np.object_,
    "bool": np.bool_,
}


def _run(loaded: Loaded, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    feeds = {}
    for place, tensor in enumerate(loaded.inputs):
        dtype = _ELEMENTS.get(tensor.element) or np.dtype(tensor.element)
        values = np.array([row[place] for row in rows], dtype=dtype)
        feeds[tensor.name] = values[:, 0] if tensor.rank == 1 else values
    outputs = loaded.session.run([each.name for each in loaded.outputs], feeds)
    arrays = [np.asarray(output).reshape(len(rows), -1) for output in outputs]
    answers = []
    for row in range(len(rows)):
        answer: dict[str, list[Any]] = {"numbers": [], "texts": []}
        for tensor, array in zip(loaded.outputs, arrays, strict=True):
            is_number = tensor.kind in (TensorKind.NUMBER, TensorKind.FLAG)
            answer["numbers"].append([float(v) for v in array[row]] if is_number else None)
            answer["texts"].append(None if is_number else [_text(v) for v in array[row]])
        answers.append(answer)
    return answers


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
