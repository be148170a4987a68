"""ARIMA_PLUS and ARIMA_PLUS_XREG: every series fitted, and what functions read left as tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from goldloop.errors import TrainingDataError
from goldloop.options.resolve import Options
from goldloop.training.family import Sample
from goldloop.training.fitted import Fitted
from goldloop.training.time_series.arima import Order
from goldloop.training.time_series.custom_holidays import holidays_of
from goldloop.training.time_series.fitted_series import FittedSeries
from goldloop.training.time_series.hierarchy import members_of, reconciled, with_sums
from goldloop.training.time_series.holiday_calendar import Holiday
from goldloop.training.time_series.limits import Limits
from goldloop.training.time_series.many import Task, fit_each
from goldloop.training.time_series.model import SeriesModel
from goldloop.training.time_series.order_search import Search
from goldloop.training.time_series.reading import SeriesSet, read_series
from goldloop.training.time_series.regressors import Regressors, read_regressors
from goldloop.training.time_series.settings import Settings
from goldloop.training.time_series.tables import tables

_REPORTS = 10  # lines of progress over all series


def fit(sample: Sample) -> Fitted:
    """Fit every series of the sample.

    Raises:
        TrainingDataError: the only series, or every one, cannot be modelled; a column that
            ARIMA_PLUS has no use for; see `read_series`, `with_sums` and `holidays_of`.
    """
    options = sample.options
    has_regressors = options.type.name == "arima_plus_xreg"
    if not has_regressors:
        _refuse_features(sample)
    bottom = read_series(sample)
    levels: Sequence[str] = options.get("hierarchical_time_series_cols") or ()
    every = with_sums(bottom, levels, options.model) if levels else bottom
    holidays = _holidays(sample, bottom)
    regressors = read_regressors(sample) if has_regressors else None
    settings = settings_of(options, holidays)
    fitted = _fit_all(sample, every, settings, regressors)
    if levels:
        _reconcile(fitted, bottom, every, levels)
    return Fitted(
        None,
        "time_series",
        functions=regressors.functions() if regressors else {},
        tables=tables(every, fitted, holidays, options, regressors),
        metrics=_metrics(fitted),
    )


def settings_of(options: Options, holidays: tuple[Holiday, ...] = ()) -> Settings:
    """Return what one series is modelled with."""
    fixed = None
    if not options["auto_arima"]:
        p, d, q = options["non_seasonal_order"]
        fixed = Order(p, d, q, options["include_drift"])
    return Settings(
        horizon=options["horizon"],
        frequency=options["data_frequency"],
        seasonalities=_seasonalities(options.get("seasonalities") or ["AUTO"]),
        holidays=holidays,
        clean_spikes_and_dips=options["clean_spikes_and_dips"],
        adjust_step_changes=options["adjust_step_changes"],
        search=Search(options["auto_arima_max_order"], options["auto_arima_min_order"], fixed),
        length_fraction=options["time_series_length_fraction"],
        min_length=options["min_time_series_length"],
        max_length=options["max_time_series_length"],
        smoothing_window=options["trend_smoothing_window_size"],
    )


def _seasonalities(words: Sequence[str]) -> tuple[str, ...] | None:
    upper = tuple(word.upper() for word in words)
    return None if upper == ("AUTO",) else tuple(w for w in upper if w != "NO_SEASONALITY")


def _refuse_features(sample: Sample) -> None:
    if sample.data.features:
        names = ", ".join(each.name for each in sample.data.features)
        raise TrainingDataError(
            f"Model {sample.options.model}: arima_plus has no use for the columns {names}; leave "
            "them out of the query, name them in time_series_id_col, or train arima_plus_xreg, "
            "whose regressors they are."
        )


def _holidays(sample: Sample, found: SeriesSet) -> tuple[Holiday, ...]:
    if not sample.options["holiday_region"] and "custom_holiday" not in sample.queries:
        return ()
    times = np.concatenate([each.times for each in found.series])
    first, last = (_date(each) for each in (times.min(), times.max()))
    # A step of the forecast is a day or a week: others have no holidays.
    gaps = [np.median(np.diff(np.unique(s.times))) for s in found.series if len(s.times) > 1]
    is_weekly = bool(gaps) and max(gaps) > np.timedelta64(3, "D")
    days = sample.options["horizon"] * (7 if is_weekly else 1) + 31
    return holidays_of(sample, first, min(last + dt.timedelta(days=days), dt.date(9999, 1, 1)))


def _date(time: np.datetime64) -> dt.date:
    return time.astype("datetime64[D]").astype(dt.date)


def _fit_all(
    sample: Sample, found: SeriesSet, settings: Settings, regressors: Regressors | None
) -> list[FittedSeries]:
    options, count = sample.options, len(found.series)
    limits = Limits(
        options.get("forecast_limit_lower_bound"), options.get("forecast_limit_upper_bound")
    )
    tasks = [
        Task(
            each,
            settings,
            limits,
            None if regressors is None else regressors.matrix[each.rows],
            options.get("l2_reg", 0.0),
        )
        for each in found.series
    ]
    fitted = []
    for number, each in enumerate(fit_each(tasks), start=1):
        fitted.append(each)
        if number * _REPORTS // count > (number - 1) * _REPORTS // count:
            sample.progress(f"series {number:,} of {count:,}")
    if not any(each.model for each in fitted):
        one = fitted[0]
        what = "the series" if count == 1 else f"none of the {count:,} series, such as {one.ids},"
        raise TrainingDataError(f"Model {options.model}: {what} cannot be modelled: {one.error}.")
    return fitted


def _reconcile(
    fitted: list[FittedSeries], bottom: SeriesSet, every: SeriesSet, levels: Sequence[str]
) -> None:
    """Replace the forecast of each sum by the sum of the forecasts at the bottom."""
    sums = len(every.series) - len(bottom.series)
    models = [each.model for each in fitted[sums:]]
    for each in fitted[:sums]:
        if each.model is None:
            continue
        chosen = [models[number] for number in members_of(each.ids, bottom, levels)]
        members: list[SeriesModel] = [model for model in chosen if model is not None]
        if members:
            each.reconciled = reconciled(each.model, members)


def _metrics(fitted: Sequence[FittedSeries]) -> dict[str, float | None]:
    """Return the sums over all series of what auto.ARIMA goes by, and how many series there are."""
    models = [each.model for each in fitted if each.model]
    return {
        "AIC": sum(model.arima.aic for model in models),
        "log_likelihood": sum(model.arima.arma.log_likelihood for model in models),
        "variance": float(np.mean([model.arima.arma.variance for model in models])),
        "series": float(len(models)),
        "series_without_model": float(len(fitted) - len(models)),
    }
