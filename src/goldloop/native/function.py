"""What a native function is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class NativeFunction:
    """A function of a row's values that DuckDB calls with whole columns.

    `function` takes an Arrow array per parameter, all of one length, NULLs included, and
    returns one of that length; `parameters` and `return_type` are DuckDB's types. `is_volatile`
    says that equal arguments may have different results. `stands_for` is what errors call it.
    One that `is_by_row` takes and returns Python values of a row instead, and is not called
    where one is NULL.
    """

    name: str
    function: Callable[..., pa.Array | pa.ChunkedArray] | Callable[..., str | int]
    parameters: tuple[str, ...]
    return_type: str
    is_volatile: bool = False
    stands_for: str = ""
    is_by_row: bool = False
