"""The boosters this process has at hand, by version: what scores and explains natively."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from numpy.typing import NDArray

from goldloop.errors import GoldloopError

if TYPE_CHECKING:
    import xgboost

CAPACITY = 32
Floats = NDArray[np.float64]
Loader = Callable[[str], bytes]

_LARGEST = float(np.finfo(np.float32).max)


@dataclass(frozen=True, eq=False)
class TreeSums:
    """A booster, and the leaves of its trees in doubles.

    `leaves` are the values of all trees' nodes, one tree after another from `starts`
    on; `groups` is the margin that each tree adds to, `base` what margins begin with.
    """

    booster: xgboost.Booster
    leaves: Floats
    starts: NDArray[np.int64]
    groups: NDArray[np.int64]
    base: Floats

    def margins(self, matrix: Floats) -> Floats:
        """Return the margins of rows: the library's own leaves, summed in doubles."""
        ends = self.booster.predict(_data(matrix), pred_leaf=True).reshape(len(matrix), -1)
        values = self.leaves[self.starts + ends.astype(np.int64)]
        of_group = [values[:, self.groups == group].sum(axis=1) for group in range(len(self.base))]
        return np.column_stack(of_group) + self.base

    def contributions(self, matrix: Floats, approximate: bool) -> Floats:
        """Return the library's contributions: rows, margins, then features and the bias."""
        found = self.booster.predict(_data(matrix), pred_contribs=True, approx_contribs=approximate)
        shape = (len(matrix), len(self.base), matrix.shape[1] + 1)
        return np.asarray(found, dtype=np.float64).reshape(shape)


_boosters: OrderedDict[str, TreeSums] = OrderedDict()
_loaders: list[Loader] = []
_lock = Lock()


def keep_booster(version_id: str, sums: TreeSums) -> None:
    """Keep a booster at hand, such as one that is not committed yet; the least used go first."""
    with _lock:
        _boosters[version_id] = sums
        _boosters.move_to_end(version_id)
        while len(_boosters) > CAPACITY:
            _boosters.popitem(last=False)


def add_loader(loader: Loader) -> None:
    """Add a place to look for boosters; the newest is asked first. It raises LookupError."""
    with _lock:
        _loaders.append(loader)


def find_booster(version_id: str) -> TreeSums:
    """Return the booster of a version, from those at hand or a loader.

    Raises:
        GoldloopError: no loader knows the version.
    """
    with _lock:
        if version_id in _boosters:
            _boosters.move_to_end(version_id)
            return _boosters[version_id]
    import xgboost  # SQL scores without, and should not wait for it

    from goldloop.scoring.xgboost import tree_sums

    sums = tree_sums(xgboost.Booster(model_file=bytearray(_load(version_id))))
    keep_booster(version_id, sums)
    return sums


def _load(version_id: str) -> bytes:
    # Not under the lock: a loader runs queries, and another thread may hold DuckDB's.
    with _lock:
        loaders = list(reversed(_loaders))
    for loader in loaders:
        try:
            return loader(version_id)
        except duckdb.ConnectionException:  # its connection was closed
            with _lock:
                _loaders.remove(loader)
        except (LookupError, duckdb.CatalogException):
            continue
    raise GoldloopError(
        f"No booster of version {version_id} is stored in this warehouse; train the model again."
    )


def _data(matrix: Floats) -> xgboost.DMatrix:
    import xgboost

    # What lies beyond single precision falls on the same side of every split as its largest.
    return xgboost.DMatrix(np.clip(matrix, -_LARGEST, _LARGEST))
