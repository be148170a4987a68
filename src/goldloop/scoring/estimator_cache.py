"""The fitted estimators this process has at hand, by version; the least used go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

import duckdb

from goldloop.errors import GoldloopError
from goldloop.scoring.native_signature import NativeSignature
from goldloop.scoring.stored_estimators import load_estimator

Loader = Callable[[str], tuple[bytes, NativeSignature]]
Loaded = tuple[Any, NativeSignature]

CAPACITY = 32

_estimators: OrderedDict[str, Loaded] = OrderedDict()
_loaders: list[Loader] = []
_lock = Lock()


def put_in_cache(version_id: str, estimator: Any, signature: NativeSignature) -> None:
    """Keep a fitted estimator at hand, such as one that is not committed yet."""
    with _lock:
        _estimators[version_id] = (estimator, signature)
        _estimators.move_to_end(version_id)
        while len(_estimators) > CAPACITY:
            _estimators.popitem(last=False)


def add_loader(loader: Loader) -> None:
    """Add a place to look for versions that are not at hand; the newest is asked first."""
    with _lock:
        _loaders.append(loader)


def find_estimator(version_id: str) -> Loaded:
    """Return the estimator and signature of a version, from the cache or a loader.

    Raises:
        GoldloopError: no loader knows the version, or its estimator is not trusted.
    """
    with _lock:
        if version_id in _estimators:
            _estimators.move_to_end(version_id)
            return _estimators[version_id]
    # Not under the lock: a loader runs queries, and another thread may hold DuckDB's.
    blob, signature = _load(version_id)
    estimator = load_estimator(blob)
    put_in_cache(version_id, estimator, signature)
    return estimator, signature


def _load(version_id: str) -> tuple[bytes, NativeSignature]:
    """Ask the loaders of all connections: a version's identifier is of one warehouse only."""
    with _lock:
        loaders = list(reversed(_loaders))
    reasons = []
    for loader in loaders:
        try:
            return loader(version_id)
        except duckdb.ConnectionException:  # its connection was closed
            with _lock:
                _loaders.remove(loader)
        except (LookupError, duckdb.CatalogException) as error:
            reasons.append(str(error))
    raise GoldloopError(
        f"No estimator of version {version_id} is stored in this warehouse. "
        f"Train the model again. {' '.join(reasons)}"
    )
