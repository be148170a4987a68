"""Selectors: some of the columns, unchanged."""

from __future__ import annotations

from typing import Any

from sklearn.feature_selection import (
    GenericUnivariateSelect,
    SelectFdr,
    SelectFpr,
    SelectFromModel,
    SelectFwe,
    SelectKBest,
    SelectPercentile,
    SequentialFeatureSelector,
    VarianceThreshold,
)

from goldloop.scoring.sklearn.frame import Frame
from goldloop.scoring.sklearn.registry import transforms


@transforms(
    GenericUnivariateSelect,
    SelectFdr,
    SelectFpr,
    SelectFwe,
    SelectKBest,
    SelectPercentile,
    refuses_missing=True,
)
def statistical_selector(selected: Any, frame: Frame) -> Frame:
    """The columns of get_support() (sklearn.feature_selection); a missing value is refused."""
    return frame.selected(selected.get_support(indices=True))


@transforms(SelectFromModel, SequentialFeatureSelector, VarianceThreshold)
def selector(selected: Any, frame: Frame) -> Frame:
    """The columns of get_support() (sklearn.feature_selection)."""
    return frame.selected(selected.get_support(indices=True))
