"""What this process has at hand of versions that are scored natively; the least used go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

import duckdb

from goldloop.errors import GoldloopError

Stored = TypeVar("Stored")
Loaded = TypeVar("Loaded")


class AtHand(Generic[Stored, Loaded]):
    """Loaded models by version, and the loaders that fetch what a warehouse has stored.

    A loader returns what is stored of a version, or raises LookupError; `read` makes of it
    what scores. A version's identifier is of one warehouse only, so that any loader may be asked.
    """

    def __init__(self, what: str, read: Callable[[Stored], Loaded], capacity: int = 32) -> None:
        """Keep up to `capacity` of `what`, as errors call it: `estimator`, `booster`."""
        self.capacity = capacity
        self._what, self._read = what, read
        self._loaded: OrderedDict[str, Loaded] = OrderedDict()
        self._loaders: list[Callable[[str], Stored]] = []
        self._lock = Lock()

    def put(self, version_id: str, loaded: Loaded) -> None:
        """Keep a version at hand, such as one that is not committed yet."""
        with self._lock:
            self._loaded[version_id] = loaded
            self._loaded.move_to_end(version_id)
            while len(self._loaded) > self.capacity:
                self._loaded.popitem(last=False)

    def add_loader(self, loader: Callable[[str], Stored]) -> None:
        """Add a place to look for versions that are not at hand; the newest is asked first."""
        with self._lock:
            self._loaders.append(loader)

    def find(self, version_id: str) -> Loaded:
        """Return what scores a version, from those at hand or a loader.

        Raises:
            GoldloopError: no loader knows the version, or what is stored cannot be read.
        """
        with self._lock:
            if version_id in self._loaded:
                self._loaded.move_to_end(version_id)
                return self._loaded[version_id]
        # Not under the lock: a loader runs queries, and another thread may hold DuckDB's.
        loaded = self._read(self._load(version_id))
        self.put(version_id, loaded)
        return loaded

    def clear(self) -> None:
        """Forget what is at hand, as another process would have none of it."""
        with self._lock:
            self._loaded.clear()

    def _load(self, version_id: str) -> Stored:
        with self._lock:
            loaders = list(reversed(self._loaders))
        reasons = []
        for loader in loaders:
            try:
                return loader(version_id)
            except duckdb.ConnectionException:  # its connection was closed
                with self._lock:
                    if loader in self._loaders:
                        self._loaders.remove(loader)
            except (LookupError, duckdb.CatalogException) as error:
                reasons.append(str(error))
        raise GoldloopError(
            f"No {self._what} of version {version_id} is stored in this warehouse. "
            f"Train or import the model again. {' '.join(reasons)}".strip()
        )
