"""Every native function, and their registration on a connection."""

from __future__ import annotations

import duckdb

from goldloop.native.farm_fingerprint import FARM_FINGERPRINT, FARM_FINGERPRINT_BYTES
from goldloop.native.function import NativeFunction
from goldloop.native.images import IMAGES
from goldloop.native.registration import register
from goldloop.native.sha512 import SHA512
from goldloop.native.time_series import TIME_SERIES_FUNCTIONS
from goldloop.native.to_json_string import TO_JSON_STRING

NATIVE_FUNCTIONS: tuple[NativeFunction, ...] = (
    FARM_FINGERPRINT,
    FARM_FINGERPRINT_BYTES,
    SHA512,
    TO_JSON_STRING,
    *TIME_SERIES_FUNCTIONS,
    *IMAGES,
)


def register_all(con: duckdb.DuckDBPyConnection) -> None:
    """Register every native function on the root connection `con`; again is harmless.

    What is missing is registered: a view or macro that calls a native function needs a
    connection on which this ran, as those of `goldloop.connect` and of the dbt plugin.
    """
    register(con, NATIVE_FUNCTIONS)
