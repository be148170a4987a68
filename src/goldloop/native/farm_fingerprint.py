"""`FARM_FINGERPRINT`: FarmHash's Fingerprint64 of texts or bytes, as a signed integer.

The algorithm is `farmhashna::Hash64` of github.com/google/farmhash (MIT licence), written
over columns: values are hashed together with the others of their class of length.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from goldloop.native.function import NativeFunction

Words = np.ndarray

_K0 = np.uint64(0xC3A5C85C97CB3127)
_K1 = np.uint64(0xB492B66FBE98F273)
_K2 = np.uint64(0x9AE16A3B2F90404F)
_SEED = np.uint64(81)
_PADDING = 64


def farm_fingerprint(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return the fingerprint of each text or byte string; NULL of NULL."""
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    values = values.cast(pa.large_binary())
    offsets = np.frombuffer(values.buffers()[1], np.int64)[values.offset :][: len(values) + 1]
    data = values.buffers()[2]
    content = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    hashes = _Hashed(content).hashes(offsets[:-1], np.diff(offsets))
    missing = values.is_null().to_numpy(zero_copy_only=False)
    return pa.array(hashes.view(np.int64), mask=missing)


FARM_FINGERPRINT = NativeFunction(
    "goldloop_farm_fingerprint",
    farm_fingerprint,
    ("VARCHAR",),
    "BIGINT",
    stands_for="FARM_FINGERPRINT",
)
FARM_FINGERPRINT_BYTES = NativeFunction(
    "goldloop_farm_fingerprint_bytes",
    farm_fingerprint,
    ("BLOB",),
    "BIGINT",
    stands_for="FARM_FINGERPRINT",
)


class _Hashed:
    """Byte strings that lie one after another in `content`."""

    def __init__(self, content: np.ndarray) -> None:
        padded = np.concatenate([content, np.zeros(_PADDING, np.uint8)])
        # Words of 8 and of 4 bytes that begin at every byte.
        self._words = np.ndarray(len(padded) - 7, np.dtype("<u8"), padded.data, strides=(1,))
        self._halves = np.ndarray(len(padded) - 3, np.dtype("<u4"), padded.data, strides=(1,))
        self._bytes = padded

    def hashes(self, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        result = np.full(len(starts), _K2, np.uint64)
        for shortest, longest, hashed in (
            (1, 3, self._up_to_3),
            (4, 7, self._up_to_7),
            (8, 16, self._up_to_16),
            (17, 32, self._up_to_32),
            (33, 64, self._up_to_64),
            (65, None, self._long),
        ):
            within = lengths >= shortest
            if longest is not None:
                within &= lengths <= longest
            if within.any():
                result[within] = hashed(starts[within], lengths[within])
        return result

    def _word(self, places: np.ndarray) -> Words:
        return self._words[places].astype(np.uint64)

    def _byte(self, places: np.ndarray) -> Words:
        return self._bytes[places].astype(np.uint64)

    def _up_to_3(self, starts: np.ndarray, lengths: np.ndarray) -> Words:
        first, last = self._byte(starts), self._byte(starts + lengths - 1)
        middle = self._byte(starts + (lengths >> 1))
        y = first + (middle << np.uint64(8))
        z = lengths.astype(np.uint64) + (last << np.uint64(2))
        return _shift_mix(y * _K2 ^ z * _K0) * _K2

    def _up_to_7(self, starts: np.ndarray, lengths: np.ndarray) -> Words:
        first = self._halves[starts].astype(np.uint64)
        last = self._halves[starts + lengths - 4].astype(np.uint64)
        long = lengths.astype(np.uint64)
        return _hash_16(long + (first << np.uint64(3)), last, _multiplier(lengths))

    def _up_to_16(self, starts: np.ndarray, lengths: np.ndarray) -> Words:
        mul = _multiplier(lengths)
        a = self._word(starts) + _K2
        b = self._word(starts + lengths - 8)
        return _hash_16(_rotate(b, 37) * mul + a, (_rotate(a, 25) + b) * mul, mul)

    def _up_to_32(self, starts: np.ndarray, lengths: np.ndarray) -> Words:
        mul = _multiplier(lengths)
        a = self._word(starts) * _K1
        b = self._word(starts + 8)
        c = self._word(starts + lengths - 8) * mul
        d = self._word(starts + lengths - 16) * _K2
        return _hash_16(_rotate(a + b, 43) + _rotate(c, 30) + d, a + _rotate(b + _K2, 18) + c, mul)

    def _up_to_64(self, starts: np.ndarray, lengths: np.ndarray) -> Words:
        mul, ends = _multiplier(lengths), starts + lengths
        a = self._word(starts) * _K2
        b = self._word(starts + 8)
        c = self._word(ends - 8) * mul
        d = self._word(ends - 16) * _K2
        y = _rotate(a + b, 43) + _rotate(c, 30) + d
        z = _hash_16(y, a + _rotate(b + _K2, 18) + c, mul)
        e = self._word(starts + 16) * mul
        f = self._word(starts + 24)
        g = (y + self._word(ends - 32)) * mul
        h = (z + self._word(ends - 24)) * mul
        return _hash_16(_rotate(e + f, 43) + _rotate(g, 30) + h, e + _rotate(f + a, 18) + g, mul)

    def _long(self, starts: np.ndarray, lengths: np.ndarray) -> Words:
        state = _State(len(starts))
        state.x = state.x * _K2 + self._word(starts)
        blocks = (lengths - 1) // 64
        # The longest first: those that still have a block are then the first ones.
        order = np.argsort(-blocks, kind="stable")
        state, starts = state.rows(order), starts[order]
        lengths, blocks = lengths[order], blocks[order]
        for block in range(int(blocks[0])):
            count = int(np.searchsorted(-blocks, -block, side="left"))
            self._round(state, slice(count), starts[:count] + 64 * block, _K1)
        mul = _K1 + ((state.z & np.uint64(0xFF)) << np.uint64(1))
        state.w0 += ((lengths - 1) & 63).astype(np.uint64)
        state.v0 += state.w0
        state.w0 += state.v0
        self._round(state, slice(None), starts + lengths - 64, mul, np.uint64(9))
        hashed = _hash_16(
            _hash_16(state.v0, state.w0, mul) + _shift_mix(state.y) * _K0 + state.z,
            _hash_16(state.v1, state.w1, mul) + state.x,
            mul,
        )
        result = np.empty_like(hashed)
        result[order] = hashed
        return result

    def _round(
        self,
        state: _State,
        rows: slice,
        at: np.ndarray,
        mul: Words | np.uint64,
        weight: np.uint64 = np.uint64(1),  # noqa: B008 - a constant
    ) -> None:
        """Mix the 64 bytes at `at` into some rows of the state."""
        x, y, z = state.x[rows], state.y[rows], state.z[rows]
        v0, v1, w0, w1 = state.v0[rows], state.v1[rows], state.w0[rows], state.w1[rows]
        x = _rotate(x + y + v0 + self._word(at + 8), 37) * mul
        y = _rotate(y + v1 + self._word(at + 48), 42) * mul
        x = x ^ w1 * weight
        y = y + v0 * weight + self._word(at + 40)
        z = _rotate(z + w0, 33) * mul
        state.v0[rows], state.v1[rows] = self._weak(at, v1 * mul, x + w0)
        state.w0[rows], state.w1[rows] = self._weak(at + 32, z + w1, y + self._word(at + 16))
        state.x[rows], state.y[rows], state.z[rows] = z, y, x

    def _weak(self, at: np.ndarray, a: Words, b: Words) -> tuple[Words, Words]:
        """Return the pair of FarmHash's WeakHashLen32WithSeeds of the 32 bytes at `at`."""
        last = self._word(at + 24)
        a = a + self._word(at)
        b = _rotate(b + a + last, 21)
        mixed = a + self._word(at + 8) + self._word(at + 16)
        return mixed + last, b + _rotate(mixed, 44) + a


class _State:
    """The words that long values are mixed into: 56 bytes a value."""

    def __init__(self, count: int) -> None:
        with np.errstate(over="ignore"):
            y = _SEED * _K1 + np.uint64(113)
            z = _shift_mix(y * _K2 + np.uint64(113)) * _K2
        self.x, self.y, self.z = (np.full(count, value) for value in (_SEED, y, z))
        self.v0, self.v1, self.w0, self.w1 = (np.zeros(count, np.uint64) for _ in range(4))

    def rows(self, order: np.ndarray) -> _State:
        self.x, self.y, self.z = self.x[order], self.y[order], self.z[order]
        return self


def _multiplier(lengths: np.ndarray) -> Words:
    return _K2 + lengths.astype(np.uint64) * np.uint64(2)


def _rotate(value: Words, by: int) -> Words:
    return (value >> np.uint64(by)) | (value << np.uint64(64 - by))


def _shift_mix(value: Any) -> Any:
    return value ^ (value >> np.uint64(47))


def _hash_16(u: Words, v: Words, mul: Words) -> Words:
    a = _shift_mix((u ^ v) * mul)
    return _shift_mix((v ^ a) * mul) * mul
