"""The classes of a fitted classifier as plain Python values."""

from __future__ import annotations

from typing import Any

import numpy as np

from goldloop.scoring.prediction import Label
from goldloop.scoring.sklearn.registry import refusal


def labels(classifier: Any) -> tuple[Label, ...]:
    """Return `classes_` of a classifier with one target, ascending."""
    classes = classifier.classes_
    if not isinstance(classes, np.ndarray):
        raise refusal(classifier, "it predicts several targets, one is supported")
    return tuple(classes.tolist())
