"""Scalers of numbers: affine, except where they clip."""

from __future__ import annotations

from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, RobustScaler, StandardScaler
from sqlglot import exp

from goldloop.scoring.expressions import case, double
from goldloop.scoring.linear import Affine
from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import transforms


@transforms(StandardScaler)
def standard_scaler(scaler: StandardScaler, frame: Frame) -> Frame:
    """Give (x - mean_) / scale_ (sklearn.preprocessing.StandardScaler)."""
    numbers = frame.numbers
    if scaler.with_mean:
        numbers = numbers.shifted(scaler.mean_)
    if scaler.with_std:
        numbers = numbers.scaled(1 / scaler.scale_)
    return Frame((numbers,))


@transforms(MinMaxScaler)
def min_max_scaler(scaler: MinMaxScaler, frame: Frame) -> Frame:
    """Give x * scale_ + min_, clipped to feature_range if asked (sklearn.preprocessing)."""
    low, high = scaler.feature_range
    # Written as (x - data_min_) * scale_ + low, which keeps more digits of a large x.
    numbers = frame.numbers.shifted(scaler.data_min_).scaled(scaler.scale_).shifted(-low)
    return _clipped(numbers, low, high) if scaler.clip else Frame((numbers,))


@transforms(MaxAbsScaler)
def max_abs_scaler(scaler: MaxAbsScaler, frame: Frame) -> Frame:
    """Give x / scale_, clipped to [-1, 1] if asked (sklearn.preprocessing.MaxAbsScaler)."""
    numbers = frame.numbers.scaled(1 / scaler.scale_)
    return _clipped(numbers, -1.0, 1.0) if getattr(scaler, "clip", False) else Frame((numbers,))


@transforms(RobustScaler)
def robust_scaler(scaler: RobustScaler, frame: Frame) -> Frame:
    """Give (x - center_) / scale_ (sklearn.preprocessing.RobustScaler)."""
    numbers = frame.numbers
    if scaler.with_centering:
        numbers = numbers.shifted(scaler.center_)
    if scaler.with_scaling:
        numbers = numbers.scaled(1 / scaler.scale_)
    return Frame((numbers,))


def _clipped(numbers: Affine, low: float, high: float) -> Frame:
    """Clip by CASE: GREATEST and LEAST skip NULLs, which would turn missing into a bound."""
    return Frame.of_scalars(
        case(
            [
                (exp.LT(this=z.copy(), expression=double(low)), double(low)),
                (exp.GT(this=z.copy(), expression=double(high)), double(high)),
            ],
            z,
        )
        for z in numbers.expressions()
    )
