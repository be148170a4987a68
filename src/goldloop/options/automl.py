"""AUTOML_CLASSIFIER and AUTOML_REGRESSOR: a search over the other types within a budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldloop.errors import OptionError, nearest
from goldloop.options.declaration import Kind, ModelType, Option, Range
from goldloop.options.shared import LABEL, REFUSED

REGRESSION_OBJECTIVES = ("minimize_rmse", "minimize_mae", "minimize_rmsle")
CLASSIFICATION_OBJECTIVES = (
    "maximize_au_roc",
    "minimize_log_loss",
    "maximize_au_prc",
    "maximize_precision_at_recall",
    "maximize_recall_at_precision",
)
_AT = {"maximize_precision_at_recall": "recall", "maximize_recall_at_precision": "precision"}


@dataclass(frozen=True)
class AutomlObjective:
    """What the search optimises; `at` is the recall or precision that the other is taken at."""

    name: str
    at: float | None = None


def automl_objective(model: str, asked: object, known: tuple[str, ...]) -> AutomlObjective | None:
    """Return the objective that the option's value `asked` names, None where it is unset.

    Raises:
        OptionError: it is none of `known`, or lacks or has a value that it should not.
    """
    if asked is None:
        return None
    items = list(asked.values()) if isinstance(asked, Mapping) else asked
    name, *at = items if isinstance(items, list | tuple) and items else [items]
    if not isinstance(name, str) or name.casefold() not in known:
        raise OptionError(
            f"Model {model}: option optimization_objective is {asked!r}; expected one of "
            f"{', '.join(known)}.{nearest(str(name), known)}"
        )
    name = name.casefold()
    takes = _AT.get(name)
    is_share = len(at) == 1 and isinstance(at[0], int | float) and 0 <= at[0] <= 1
    if bool(takes) != bool(at) or (at and not is_share):
        expected = f"STRUCT('{name.upper()}', {takes} from 0 to 1)" if takes else f"'{name}' alone"
        raise OptionError(
            f"Model {model}: option optimization_objective is {asked!r}; expected {expected}."
        )
    return AutomlObjective(name, float(at[0]) if at else None)


def _options(default: str, known: tuple[str, ...]) -> tuple[Option, ...]:
    return (
        LABEL,
        Option(
            "budget_hours",
            Kind.NUMBER,
            1.0,
            "Hours after which no further model is tried; fractions of an hour too, where "
            "BigQuery ML asks for one at least. The search ends earlier when it no longer gets "
            "better.",
            range=Range(0, 72, low_open=True),
        ),
        Option(
            "optimization_objective",
            Kind.VALUE,
            None,
            f"What the best model is chosen by, on the rows that validate; unset: {default}. One "
            f"of {', '.join(known)}.",
        ),
        Option(
            "data_split_col",
            Kind.COLUMN,
            None,
            "A text column of TRAIN, VALIDATE, TEST and UNASSIGNED, or a timestamp, of which the "
            "latest tenth tests and the tenth before validates; unset: tenths at random. Never a "
            "feature.",
        ),
        *REFUSED,
    )


def _check_regressor(model: str, values: dict[str, Any], given: set[str]) -> None:
    automl_objective(model, values["optimization_objective"], REGRESSION_OBJECTIVES)


def _check_classifier(model: str, values: dict[str, Any], given: set[str]) -> None:
    automl_objective(model, values["optimization_objective"], CLASSIFICATION_OBJECTIVES)


AUTOML_REGRESSOR = ModelType(
    "automl_regressor",
    "regression",
    "The best of linear regressions, boosted trees, random forests and networks, found here.",
    _options("MINIMIZE_RMSE", REGRESSION_OBJECTIVES),
    _check_regressor,
    is_search=True,
)

AUTOML_CLASSIFIER = ModelType(
    "automl_classifier",
    "classification",
    "The best of logistic regressions, boosted trees, random forests and networks, found here.",
    _options(
        "MAXIMIZE_AU_ROC for two classes, MINIMIZE_LOG_LOSS for more", CLASSIFICATION_OBJECTIVES
    ),
    _check_classifier,
    is_search=True,
)
