"""`SHA512`, which DuckDB lacks."""

from __future__ import annotations

from hashlib import sha512

import pyarrow as pa

from goldloop.native.function import NativeFunction


def _digests(values: pa.Array) -> pa.Array:
    return pa.array(
        [None if value is None else sha512(value).digest() for value in values.to_pylist()],
        pa.binary(),
    )


SHA512 = NativeFunction("goldloop_sha512", _digests, ("BLOB",), "BLOB", stands_for="SHA512")
