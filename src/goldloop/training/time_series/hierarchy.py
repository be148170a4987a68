"""Sums of series up a hierarchy, and their forecasts reconciled bottom-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from goldloop.errors import TrainingDataError
from goldloop.training.time_series.frequency import Times
from goldloop.training.time_series.loess import Floats
from goldloop.training.time_series.model import SeriesModel
from goldloop.training.time_series.reading import Series, SeriesSet


def with_sums(found: SeriesSet, levels: Sequence[str], model: str) -> SeriesSet:
    """Return the series and, before them, their sums: an id that is summed over is NULL.

    Args:
        found: the series at the bottom.
        levels: id columns from the top down; each level sums over the columns below it.
        model: the model's name, for errors.

    Raises:
        TrainingDataError: an id at some level is NULL, which stands for a sum.
    """
    folded = [name.casefold() for name in found.id_columns]
    places = [folded.index(level.casefold()) for level in levels]
    for place in places:
        if any(each.ids[place] is None for each in found.series):
            raise TrainingDataError(
                f"Model {model}: '{found.id_columns[place]}' of hierarchical_time_series_cols is "
                "NULL in some rows; NULL stands for the sum over it. Replace it in the query."
            )
    sums: list[Series] = []
    for depth in range(len(places)):
        groups: dict[tuple, list[Series]] = defaultdict(list)
        for each in found.series:
            groups[_cut(each.ids, places[depth:])].append(each)
        sums += [_sum(ids, members) for ids, members in groups.items()]
    return SeriesSet(found.id_columns, found.id_types, (*sums, *found.series))


def members_of(ids: tuple, found: SeriesSet, levels: Sequence[str]) -> list[int]:
    """Return the places of the bottom series that the series of `ids` sums; of these, itself."""
    folded = [name.casefold() for name in found.id_columns]
    places = [folded.index(level.casefold()) for level in levels]
    summed = [place for place in places if ids[place] is None]
    return [
        number
        for number, each in enumerate(found.series)
        if all(each.ids[place] is not None for place in places)
        and _cut(each.ids, summed) == tuple(ids)
    ]


def reconciled(target: SeriesModel, members: Sequence[SeriesModel]) -> Floats:
    """Return the sum of the members' forecasts at the target's time points.

    A member that still has measurements at a point counts with those.
    """
    times = target.future.times
    total = np.zeros(len(times))
    for member in members:
        total += _values_at(times, _known(member))
    return total


def _known(member: SeriesModel) -> Mapping[np.datetime64, float]:
    past = zip(member.series.times, member.series.values, strict=True)
    ahead = zip(member.future.times, member.future.values, strict=True)
    return dict([*past, *ahead])


def _values_at(times: Times, known: Mapping[np.datetime64, float]) -> Floats:
    return np.array([known.get(time, 0.0) for time in times])


def _cut(ids: tuple, places: Sequence[int]) -> tuple:
    return tuple(None if place in places else value for place, value in enumerate(ids))


def _sum(ids: tuple, members: Sequence[Series]) -> Series:
    times: list[Times] = []
    values: list[Floats] = []
    for each in members:
        # Duplicates of one series are averaged, as in the series itself; then series are summed.
        distinct, where = np.unique(each.times, return_inverse=True)
        times.append(distinct)
        mean = np.bincount(where, weights=each.values) / np.bincount(where)
        values.append(mean.astype(np.float64))
    together, where = np.unique(np.concatenate(times), return_inverse=True)
    total = np.bincount(where, weights=np.concatenate(values))
    return Series(ids, together, total.astype(np.float64), np.empty(0, dtype=np.int64))
