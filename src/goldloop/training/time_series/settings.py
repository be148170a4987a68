"""What one series is modelled with: the options, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldloop.training.time_series.holiday_calendar import Holiday
from goldloop.training.time_series.order_search import Search


@dataclass(frozen=True)
class Settings:
    """The options of ARIMA_PLUS that shape one series' model.

    `seasonalities` is None for AUTO, else the names of seasons; `trend_length`
    the points at the end that ARIMA is fitted to, by fraction or by number.
    """

    horizon: int = 1000
    frequency: str = "auto_frequency"
    seasonalities: tuple[str, ...] | None = None
    holidays: tuple[Holiday, ...] = ()
    clean_spikes_and_dips: bool = True
    adjust_step_changes: bool = True
    search: Search = field(default_factory=Search)
    length_fraction: float | None = None
    min_length: int = 20
    max_length: int | None = None
    smoothing_window: int | None = None

    def trend_length(self, length: int) -> int:
        """Return how many points at the end of a series of `length` ARIMA is fitted to."""
        if self.max_length is not None:
            return min(length, self.max_length)
        if self.length_fraction is not None:
            return min(length, max(self.min_length, round(length * self.length_fraction)))
        return length
