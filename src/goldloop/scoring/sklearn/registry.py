"""Which scikit-learn classes have an SQL form, and the operators that write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlglot import exp

from goldloop.errors import NotExpressibleError
from goldloop.scoring.expressions import all_of, case, null
from goldloop.scoring.prediction import Classification, Prediction, Regression
from goldloop.scoring.sklearn.frame import Frame

Transformer = Callable[[Any, Frame], Frame]
Predictor = Callable[[Any, Frame], Prediction]

# Classes are looked up exactly: a subclass may compute something else.
TRANSFORMERS: dict[type, Transformer] = {}
PREDICTORS: dict[type, Predictor] = {}
REFUSES_MISSING: set[type] = set()
TAKES_MISSING: set[type] = set()

# What DuckDB plans in a few seconds a query: weights and splits in the whole expression.
LARGEST_EXPRESSION = 20_000


def transforms(
    *classes: type, refuses_missing: bool = False
) -> Callable[[Transformer], Transformer]:
    """Register a function as the operator of transformers `classes`.

    `refuses_missing`: they raise on a missing value, as scalers do not.
    """

    def register(operator: Transformer) -> Transformer:
        TRANSFORMERS.update(dict.fromkeys(classes, operator))
        if refuses_missing:
            REFUSES_MISSING.update(classes)
        return operator

    return register


def predicts(*classes: type, takes_missing: bool = False) -> Callable[[Predictor], Predictor]:
    """Register a function as the operator of final estimators `classes`.

    `takes_missing`: they give a missing value a meaning, where arithmetic gives NULL.
    """

    def register(operator: Predictor) -> Predictor:
        PREDICTORS.update(dict.fromkeys(classes, operator))
        if takes_missing:
            TAKES_MISSING.update(classes)
        return operator

    return register


def transform(transformer: Any, frame: Frame) -> Frame:
    """Return the columns a fitted transformer makes of `frame`."""
    operator = TRANSFORMERS.get(type(transformer))
    if operator is None:
        raise refusal(transformer, "it has no SQL form")
    made = operator(transformer, frame).requiring(frame.required)
    if type(transformer) in REFUSES_MISSING:
        return made.requiring(frame.numbers.presence())
    return made


def predict(estimator: Any, frame: Frame) -> Prediction:
    """Return what a fitted final estimator predicts from `frame`."""
    operator = PREDICTORS.get(type(estimator))
    if operator is None:
        raise refusal(estimator, "it has no SQL form")
    prediction = operator(estimator, frame)
    if type(estimator) in TAKES_MISSING and frame.required:
        return _guarded(prediction, frame.required)
    return prediction


def refusal(estimator: Any, reason: str) -> NotExpressibleError:
    """Return the error that `estimator` cannot be written in SQL."""
    return NotExpressibleError(
        f"{type(estimator).__name__}: {reason}; the model can be scored natively"
    )


def refuse_oversized(estimator: Any, terms: float) -> None:
    """Raise if the SQL of `estimator` would be larger than LARGEST_EXPRESSION."""
    if terms > LARGEST_EXPRESSION:
        reason = f"its SQL would have {terms:.0f} terms, at most {LARGEST_EXPRESSION} are sensible"
        raise refusal(estimator, reason)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Name the step of a pipeline in the errors raised inside."""
    try:
        yield
    except NotExpressibleError as error:
        raise NotExpressibleError(f"Step {name!r}: {error}") from error


def _guarded(prediction: Prediction, required: Sequence[exp.Expression]) -> Prediction:
    """Return `prediction` where the steps before would not have refused the row, else NULL."""

    def guard(score: exp.Expression) -> exp.Expression:
        return case([(all_of([condition.copy() for condition in required]), score)], null())

    match prediction:
        case Regression(value):
            return Regression(guard(value))
        case Classification(_, scores):
            return replace(prediction, scores=tuple(map(guard, scores)))
        case _:
            raise TypeError(
                f"{type(prediction).__name__} of an estimator that takes missing values"
            )
