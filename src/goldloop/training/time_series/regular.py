"""A regular series of irregular measurements: duplicates averaged, gaps interpolated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.frequency import Grid, Indexes, Times, grid_of
from goldloop.training.time_series.loess import Floats


@dataclass(frozen=True)
class Regular:
    """A value at each of `grid`'s first points; `positions` are those that were measured."""

    grid: Grid
    values: Floats
    positions: Indexes

    @property
    def times(self) -> Times:
        """Return the timestamps of the values."""
        return self.grid.at(np.arange(len(self.values)))


def regular(
    times: Times, values: Floats, frequency: str = "auto_frequency", most: int = 5_000_000
) -> Regular:
    """Return the series on its grid.

    Args:
        times: in any order, duplicates allowed.
        values: finite.
        frequency: a value of DATA_FREQUENCY.
        most: points a grid may have.

    Raises:
        ValueError: no time point, or a grid with more than `most` points, which tells of a
            timestamp far off the others.
    """
    if not len(times):
        raise ValueError("no time point with a value")
    grid = grid_of(np.unique(times), frequency)
    index = grid.index_of(times)
    index = index - index.min()
    length = int(index.max()) + 1
    if length > most:
        raise ValueError(
            f"{len(times)} time points span {length} steps of the data frequency; "
            "set data_frequency, or leave out the timestamps far off the others"
        )
    positions, where = np.unique(index, return_inverse=True)
    means = np.bincount(where, weights=values) / np.bincount(where)
    return Regular(grid, np.interp(np.arange(length), positions, means), positions)
