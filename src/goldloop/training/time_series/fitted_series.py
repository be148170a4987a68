"""One series with its model, or the reason why it has none."""

from __future__ import annotations

from dataclasses import dataclass

from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.model import SeriesModel
from goldloop.training.time_series.reading import Series


@dataclass
class FittedSeries:
    """A series after training.

    `weights` are those of the regressors, `reconciled` replaces the forecast of a
    sum in a hierarchy.
    """

    series: Series
    model: SeriesModel | None
    error: str = ""
    weights: Floats | None = None
    reconciled: Floats | None = None

    @property
    def ids(self) -> tuple:
        """Return the values of the id columns."""
        return self.series.ids
