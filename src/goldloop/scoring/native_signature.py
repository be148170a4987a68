"""How the arguments of the native function become the columns an estimator was fitted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from goldloop.errors import GoldloopError
from goldloop.scoring.inputs import Input, Kind, training_frame


@dataclass(frozen=True)
class NativeSignature:
    """The inputs of an estimator, in order; each kind is an argument of the function."""

    inputs: tuple[Input, ...]

    @classmethod
    def of(cls, inputs: Sequence[Input]) -> NativeSignature:
        """Return the signature of an estimator that reads `inputs`."""
        return cls(tuple(inputs))

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> NativeSignature:
        """Return the signature `to_json` described."""
        return cls(tuple(Input(**given) for given in stored["inputs"]))

    def to_json(self) -> dict[str, Any]:
        """Return the signature as plain values."""
        return {"inputs": [asdict(given) for given in self.inputs]}

    def of_kind(self, kind: Kind) -> list[Input]:
        """Return the inputs of one kind, in order."""
        return [given for given in self.inputs if given.kind is kind]

    def frame(self, numbers: pa.Array, texts: pa.Array, vectors: pa.Array) -> pd.DataFrame:
        """Return the estimator's columns from one list per row and kind.

        Raises:
            GoldloopError: the lists do not have one item per input of their kind.
        """
        columns: dict[str, pa.Array] = {}
        for kind, packed in zip(
            (Kind.NUMBER, Kind.TEXT, Kind.ARRAY), (numbers, texts, vectors), strict=True
        ):
            columns |= _unpacked(self.of_kind(kind), packed)
        table = pa.table({given.name: columns[given.name] for given in self.inputs})
        return training_frame(table, self.inputs)


def _unpacked(inputs: Sequence[Input], packed: pa.Array) -> dict[str, pa.Array]:
    lengths = pc.unique(pc.fill_null(pc.list_value_length(packed), -1)).to_pylist()
    if lengths != [len(inputs)]:
        raise GoldloopError(
            f"A native model was called with lists of lengths {lengths}, expected {len(inputs)} "
            f"({', '.join(given.name for given in inputs)}). Call it through its own function."
        )
    items = pc.list_flatten(packed)
    places = np.arange(len(packed)) * len(inputs)
    return {given.name: items.take(pa.array(places + i)) for i, given in enumerate(inputs)}
