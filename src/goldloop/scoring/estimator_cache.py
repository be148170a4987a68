"""The fitted estimators this process has at hand, by version, each with what it reads of a row."""

from __future__ import annotations

from typing import Any

from goldloop.scoring.at_hand import AtHand
from goldloop.scoring.native_signature import NativeSignature
from goldloop.scoring.stored_estimators import load_estimator

Stored = tuple[bytes, NativeSignature]
Loaded = tuple[Any, NativeSignature]


def _read(stored: Stored) -> Loaded:
    blob, signature = stored
    return load_estimator(blob), signature


ESTIMATORS: AtHand[Stored, Loaded] = AtHand("estimator", _read)
