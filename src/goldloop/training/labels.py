"""Labels: numbers for regression, classes and their weights for classification."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldloop.errors import OptionError, TrainingDataError
from goldloop.scoring.expressions import feature, numeric
from goldloop.scoring.prediction import Label
from goldloop.training.family import Sample
from goldloop.training.inputs import is_number
from goldloop.training.matrix import Floats, python_values, select

_MOST_CLASSES = 50


def numeric_label(sample: Sample) -> Floats:
    """Return the label of the training rows as numbers.

    Raises:
        TrainingDataError: the label is not numeric, not finite or constant.
    """
    label = sample.label
    if not is_number(label.sql_type):
        raise TrainingDataError(
            f"Model {sample.options.model}: label '{label.name}' is {label.sql_type}; "
            f"{sample.options.type.name} expects a number. Cast it, or train a classifier."
        )
    column = select(sample.con, sample.data, [numeric(feature(label.name))]).column(0)
    values = column.to_numpy()
    if not np.isfinite(values).all():
        raise TrainingDataError(
            f"Model {sample.options.model}: label '{label.name}' holds NaN or infinity; expected "
            "finite numbers. Filter them in the query."
        )
    if len(values) > 1 and (values == values[0]).all():
        raise TrainingDataError(
            f"Model {sample.options.model}: label '{label.name}' is {values[0]:g} in all "
            f"{len(values)} training rows; expected at least two different values. Check the "
            "query's filters and the data split."
        )
    return values


def held_out_numbers(sample: Sample) -> Floats | None:
    """Return the label of the rows held out, None where there are none."""
    if not sample.data.evaluation_rows:
        return None
    value = numeric(feature(sample.label.name))
    return select(sample.con, sample.data, [value], held_out=True).column(0).to_numpy()


@dataclass(frozen=True)
class Classes:
    """The classes of a label, ascending, and each training row's code and weight."""

    values: tuple[Label, ...]
    codes: NDArray[np.int64]
    weights: Floats

    @property
    def problem_type(self) -> str:
        """Return binary_classification or multiclass_classification."""
        return f"{'binary' if len(self.values) == 2 else 'multiclass'}_classification"


def class_label(sample: Sample) -> Classes:
    """Return the classes of the training rows, weighted as the options say.

    Raises:
        TrainingDataError: one class only, more than 50, or a type that is no class.
        OptionError: class_weights do not name every class.
    """
    label, model = sample.label, sample.options.model
    column = select(sample.con, sample.data, [feature(label.name)]).column(0)
    values = python_values(model, f"label '{label.name}'", column)
    if not all(isinstance(value, str | int | float | bool | dt.date) for value in values):
        raise TrainingDataError(
            f"Model {model}: label '{label.name}' is {label.sql_type}; a class is a string, an "
            "integer, a double, a boolean or a date. Cast it in the query."
        )
    if not all(math.isfinite(value) for value in values if isinstance(value, float)):
        raise TrainingDataError(
            f"Model {model}: label '{label.name}' holds NaN or infinity, which is no class. "
            "Filter or replace it in the query."
        )
    seen = sorted(set(values))
    if len(seen) < 2:
        raise TrainingDataError(
            f"Model {model}: label '{label.name}' has only the class {seen[0]!r} in its "
            f"{len(values)} training rows; expected at least two classes. Check the query's "
            "filters and the data split."
        )
    if len(seen) > _MOST_CLASSES:
        raise TrainingDataError(
            f"Model {model}: label '{label.name}' has {len(seen)} classes; at most {_MOST_CLASSES} "
            "are served. For a number, train a regressor."
        )
    rank = {value: code for code, value in enumerate(seen)}
    codes = np.array([rank[value] for value in values], dtype=np.int64)
    weights = _class_weights(sample, seen, np.bincount(codes))[codes]
    return Classes(tuple(seen), codes, weights)


def held_out_classes(sample: Sample, classes: Classes) -> tuple[NDArray[np.bool_], Classes] | None:
    """Return which rows held out are of a class that trained, and those; None without any."""
    if not sample.data.evaluation_rows:
        return None
    value = feature(sample.label.name)
    column = select(sample.con, sample.data, [value], held_out=True).column(0)
    values = python_values(sample.options.model, f"label '{sample.label.name}'", column)
    rank = {each: code for code, each in enumerate(classes.values)}
    known = np.array([each in rank for each in values])
    if not known.any():
        return None
    codes = np.array([rank[each] for each in values if each in rank], dtype=np.int64)
    weight_of = dict(zip(classes.codes.tolist(), classes.weights.tolist(), strict=True))
    weights = np.array([weight_of[code] for code in codes.tolist()])
    return known, Classes(classes.values, codes, weights if weights.any() else np.ones(len(codes)))


def _class_weights(sample: Sample, classes: list[Any], counts: NDArray[np.int64]) -> Floats:
    if sample.options.get("auto_class_weights"):
        return counts.sum() / (len(classes) * counts)
    given = sample.options.get("class_weights")
    if not given:
        return np.ones(len(classes))
    by_name = {_class_name(label): weight for label, weight in given}
    names = [_class_name(value) for value in classes]
    missing = [name for name in names if name not in by_name]
    extra = [name for name in by_name if name not in names]
    if missing or extra or len(by_name) < len(given):
        fault = (
            f"lacks the class {missing[0]}"
            if missing
            else f"names {extra[0]}, which is no class"
            if extra
            else "names a class twice"
        )
        raise OptionError(
            f"Model {sample.options.model}: option class_weights {fault}; expected a weight for "
            f"each of {', '.join(names)}."
        )
    weights = np.array([by_name[name] for name in names])
    if not weights.any():
        raise OptionError(
            f"Model {sample.options.model}: option class_weights is 0 for every class; expected a "
            "positive weight for at least one."
        )
    return weights


def _class_name(value: Any) -> str:
    # What YAML and JSON may change on the way: 1 and 1.0, a date and its text.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).casefold() if isinstance(value, bool) else str(value)
