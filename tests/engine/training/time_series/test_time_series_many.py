"""Change points, and many series at once."""

import numpy as np
import pytest
from scipy.signal import lfilter

from goldloop.training.time_series import many
from goldloop.training.time_series.change_points import segments
from goldloop.training.time_series.limits import Limits
from goldloop.training.time_series.reading import Series
from goldloop.training.time_series.settings import Settings

NOISE = np.random.default_rng(3).normal(size=300)


@pytest.mark.parametrize(
    "values",
    [NOISE, lfilter([1], [1, -0.5], NOISE), 0.1 * np.arange(300) + NOISE, np.full(300, 2.0)],
    ids=["noise", "autocorrelated", "line", "constant"],
)
def test_a_series_along_one_line_has_one_segment(values):
    assert len(segments(values)) == 1


def test_a_shift_and_a_new_slope_begin_segments():
    values = NOISE.copy()
    values[100:] += 6
    values[200:] += 0.2 * np.arange(100)
    begins = [each.begin for each in segments(values)]
    assert len(begins) == 3
    assert np.abs(np.array(begins) - [0, 100, 205]).max() <= 8


def test_many_series_are_fitted_on_every_core_as_one_by_one(monkeypatch):
    days = np.datetime64("2024-01-01", "us") + np.arange(40) * np.timedelta64(86_400, "s")
    tasks = [
        many.Task(
            Series((number,), days.astype("datetime64[us]"), NOISE[:40] + number, np.arange(40)),
            Settings(horizon=3),
            Limits(),
            None,
            0.0,
        )
        for number in range(3)
    ]
    expected = [many.fit_one(task).model.future.values.tolist() for task in tasks]
    monkeypatch.setattr(many, "_MANY", 2)
    found = [each.model.future.values.tolist() for each in many.fit_each(tasks)]
    assert found == expected


def test_a_series_that_cannot_be_modelled_says_why():
    one = Series((), np.array(["2024-01-01"], "datetime64[us]"), np.ones(1), np.arange(1))
    fitted = many.fit_one(many.Task(one, Settings(), Limits(), None, 0.0))
    assert fitted.model is None
    assert "a single time point" in fitted.error
