"""Series fitted one after the other, or, when there are many, on every core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from goldloop.training.time_series.fitted_series import FittedSeries
from goldloop.training.time_series.limits import Limits
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.model import NoModelError, fit_series
from goldloop.training.time_series.reading import Series
from goldloop.training.time_series.regression import regression_weights
from goldloop.training.time_series.settings import Settings

# Processes take some seconds to start: about as long as this many series take to fit.
_MANY = 100


@dataclass(frozen=True)
class Task:
    """A series to fit; `design` has its regressors, if any, penalised by `penalty`."""

    series: Series
    settings: Settings
    limits: Limits
    design: Floats | None
    penalty: float


def fit_each(tasks: Sequence[Task]) -> Iterator[FittedSeries]:
    """Yield the fitted series in the order of the tasks."""
    if len(tasks) < _MANY:
        yield from map(fit_one, tasks)
        return
    # Processes of joblib, as scikit-learn's: they do not run the caller's script again.
    from joblib import Parallel, cpu_count, delayed

    workers = Parallel(n_jobs=min(cpu_count(), len(tasks)), return_as="generator")
    yield from workers(delayed(fit_one)(task) for task in tasks)


def fit_one(task: Task) -> FittedSeries:
    """Fit one series; one that cannot be modelled says why."""
    each, weights = task.series, None
    values = task.limits.to_scale(each.values)
    try:
        if task.design is not None:
            weights = regression_weights(
                each.times, values, task.design, task.settings, task.penalty
            )
            values = values - task.design @ weights
        model = fit_series(each.times, values, task.settings)
    except (ValueError, NoModelError, np.linalg.LinAlgError) as error:
        return FittedSeries(each, None, f"{error}")
    return FittedSeries(each, model, "", weights)
