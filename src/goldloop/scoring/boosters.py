"""The boosters this process has at hand, by version: what scores and explains natively."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from goldloop.scoring.at_hand import AtHand

if TYPE_CHECKING:
    import xgboost

Floats = NDArray[np.float64]

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


def _read(stored: bytes) -> TreeSums:
    import xgboost  # SQL scores without, and should not wait for it

    from goldloop.scoring.xgboost import tree_sums

    return tree_sums(xgboost.Booster(model_file=bytearray(stored)))


BOOSTERS: AtHand[bytes, TreeSums] = AtHand("booster", _read)


def _data(matrix: Floats) -> xgboost.DMatrix:
    import xgboost

    # What lies beyond single precision falls on the same side of every split as its largest.
    return xgboost.DMatrix(np.clip(matrix, -_LARGEST, _LARGEST))
