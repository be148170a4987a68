"""Native functions put on a connection, those that are not there yet."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
from duckdb.func import FunctionNullHandling, PythonUDFType

from goldloop.native.function import NativeFunction


def register(con: duckdb.DuckDBPyConnection, functions: Sequence[NativeFunction]) -> bool:
    """Register on the root connection `con` what is missing of `functions`; again is harmless.

    Returns:
        Whether any was missing.
    """
    found = con.execute(
        "select distinct function_name from duckdb_functions() "
        "where list_contains($1, function_name)",
        [[function.name for function in functions]],
    ).fetchall()
    present = {name for (name,) in found}
    missing = [function for function in functions if function.name not in present]
    for native in missing:
        by_row = native.is_by_row
        con.create_function(
            native.name,
            native.function,
            list(native.parameters),
            native.return_type,
            type=PythonUDFType.NATIVE if by_row else PythonUDFType.ARROW,
            null_handling=FunctionNullHandling.DEFAULT if by_row else FunctionNullHandling.SPECIAL,
            side_effects=native.is_volatile,
        )
    return bool(missing)
