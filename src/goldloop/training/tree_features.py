"""The features of trees: numbers as they are, categories numbered, one-hot or by their label."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.preprocessing import TargetEncoder

from goldloop.scoring.expressions import numeric
from goldloop.scoring.prediction import Label
from goldloop.scoring.tree_functions import input_value
from goldloop.scoring.trees import Numbered, TreeInput
from goldloop.training.family import Sample
from goldloop.training.inputs import InputKind
from goldloop.training.matrix import Categories, Column, Floats, Numbers, select
from goldloop.training.terms import level_name

_SEED, _FOLDS = 0, 5


@dataclass(frozen=True)
class TreeFeatures:
    """The matrix that trees learn from.

    Each column has an input, the SQL of it; a name, as its importance is shown; and
    the feature that its contributions belong to.
    """

    matrix: Floats
    inputs: tuple[TreeInput, ...]
    names: tuple[str, ...]
    features: tuple[str, ...]

    def held_out(self, sample: Sample) -> Floats | None:
        """Return the matrix of the rows held out, None where there are none."""
        if not sample.data.evaluation_rows:
            return None
        values = [input_value(value) for value in self.inputs]
        table = select(sample.con, sample.data, values, held_out=True)
        return np.column_stack([column.to_numpy() for column in table.columns])


@dataclass(frozen=True)
class _Encoded:
    matrix: Floats
    inputs: Sequence[TreeInput]
    names: Sequence[str]


def tree_features(sample: Sample, label: Floats, classes: Sequence[Label] = ()) -> TreeFeatures:
    """Return the sample's features as category_encoding_method has them; `label` by its code."""
    method = sample.options["category_encoding_method"]
    parts = [(column, _encode(column, method, label, classes)) for column in sample.columns()]
    return TreeFeatures(
        np.hstack([part.matrix for _, part in parts]),
        tuple(value for _, part in parts for value in part.inputs),
        tuple(name for _, part in parts for name in part.names),
        tuple(column.input.feature for column, part in parts for _ in part.inputs),
    )


def _encode(column: Column, method: str, label: Floats, classes: Sequence[Label]) -> _Encoded:
    name, source = column.input.name, column.input.expression
    if isinstance(column, Numbers):
        return _Encoded(column.values[:, None], [source], [name])
    if method == "one_hot_encoding":
        levels = column.levels()
        flags = [Numbered(source, (level,)) for level in levels]
        return _Encoded(column.one_hot(), flags, [f"{name}_{level_name(each)}" for each in levels])
    if column.input.kind is InputKind.PART:
        # Numbers already, in their own order.
        parts = np.array([*column.values, np.nan], dtype=np.float64)
        return _Encoded(parts[column.codes][:, None], [numeric(source)], [name])
    if method == "target_encoding":
        return _by_label(column, label, classes)
    # LABEL_ENCODING: alphabetical from 1; NULL and what training never saw are 0.
    codes = (column.codes + 1).astype(np.float64)
    return _Encoded(codes[:, None], [Numbered(source, column.values)], [name])


def _by_label(column: Categories, label: Floats, classes: Sequence[Label]) -> _Encoded:
    """Encode a category by its mean label, or its share of each of several classes."""
    kind = {0: "continuous", 2: "binary"}.get(len(classes), "multiclass")
    target = label if kind == "continuous" else label.astype(np.int64)
    codes = np.where(column.codes < 0, len(column.values), column.codes)[:, None]
    encoder = TargetEncoder(target_type=kind).fit(codes, target)
    matrix = _cross_fitted(codes, target, kind)
    if matrix is None:
        matrix = encoder.transform(codes)
    # Levels in the order of their codes, which the encoder sorts by: NULL is last.
    levels = tuple(column.levels())
    means = np.atleast_1d(encoder.target_mean_)
    inputs = [
        Numbered(column.input.expression, levels, tuple(float(n) for n in numbers), float(mean))
        for numbers, mean in zip(encoder.encodings_, means, strict=True)
    ]
    names = [column.input.name]
    if kind == "multiclass":
        names = [f"{column.input.name}_{level_name(each)}" for each in classes]
    return _Encoded(np.asarray(matrix, dtype=np.float64), inputs, names)


def _cross_fitted(codes: NDArray[np.int64], target: Floats, kind: str) -> Floats | None:
    """Return the rows encoded by others than themselves, so that none tells its own label.

    What is scored is encoded by all. None for too few rows, or of some class, to divide.
    """
    smallest = len(target) if kind == "continuous" else np.bincount(target.astype(int)).min()
    if len(target) < 2 * _FOLDS or smallest < 2:
        return None
    splitter: Any = KFold if kind == "continuous" else StratifiedKFold
    folds = splitter(_FOLDS, shuffle=True, random_state=_SEED)
    parts: list[tuple[NDArray[np.int64], Floats]] = []
    with warnings.catch_warnings():
        # A class of fewer rows than folds is in some of them only, which is no harm.
        warnings.simplefilter("ignore", UserWarning)
        for others, own in folds.split(codes, target):
            encoder = TargetEncoder(target_type=kind).fit(codes[others], target[others])
            parts.append((own, encoder.transform(codes[own])))
    places = np.concatenate([own for own, _ in parts])
    return np.concatenate([found for _, found in parts])[np.argsort(places)]
