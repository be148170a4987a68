"""What a fitted model says of a row, before it is given a function's form.

Expressions are sqlglot's, over the row's features as `expressions.feature`
writes them; class labels are plain Python values of the label's SQL type.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from sqlglot import exp

Label = str | int | float | bool | dt.date


class Link(Enum):
    """How the scores of a classifier become probabilities."""

    LOGISTIC = "logistic"  # one score: the log-odds of classes[1]
    SOFTMAX = "softmax"  # a score a class
    ONE_VS_REST = "one_vs_rest"  # a log-odds a class, normalised over the classes
    PROBABILITY = "probability"  # a probability a class, as it is


@dataclass(frozen=True)
class Regression:
    """A number: `value` is a DOUBLE expression."""

    value: exp.Expression


@dataclass(frozen=True)
class Classification:
    """A class and its probabilities; `classes` ascend as scikit-learn's `classes_`.

    `scores` are an expression each, or one that is the list of them.
    """

    classes: tuple[Label, ...]
    scores: tuple[exp.Expression, ...] | exp.Expression
    link: Link


@dataclass(frozen=True)
class Clustering:
    """A distance (DOUBLE) to each centroid, in the order of their ids 1..k."""

    distances: tuple[exp.Expression, ...]


@dataclass(frozen=True)
class Projection:
    """New columns: the components of a transformer, each a DOUBLE expression."""

    components: tuple[exp.Expression, ...]


@dataclass(frozen=True)
class Fields:
    """Whatever a model predicts, as named expressions: latent columns, declared outputs.

    `shared` are columns that the values name, each computed once a row.
    """

    values: Mapping[str, exp.Expression]
    shared: Mapping[str, exp.Expression] = field(default_factory=dict)


Prediction = Regression | Classification | Clustering | Projection | Fields
