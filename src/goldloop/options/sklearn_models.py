"""SKLEARN: any estimator of scikit-learn, or one that a user allows; not of BigQuery ML."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option
from goldloop.options.shared import LABEL, REFUSED, SPLIT
from goldloop.options.values import checked

_CLASS = Option(
    "model_class",
    Kind.TEXT,
    None,
    "The estimator's dotted class, as 'sklearn.svm.SVC'. Every parameter of its constructor is an "
    "option too; random_state is 0 unless it is given.",
)
_PASSED = "Passed to the estimator's constructor."


def _with_parameters(model: str, declared: ModelType, given: Mapping[str, Any]) -> ModelType:
    """Return the type with the parameters of the class that `given` names as options."""
    from goldloop.scoring.allowed_estimators import estimator_class

    name = given.get("model_class")
    if name is not None:
        name = checked(f"Model {model}: option", _CLASS, name)
    if not name:
        raise OptionError(
            f"Model {model}: sklearn needs option model_class, the estimator's dotted class, such "
            "as 'sklearn.svm.SVC'."
        )
    parameters = inspect.signature(estimator_class(model, name)).parameters.values()
    known = {each.name for each in declared.options}
    options = [
        _option(each)
        for each in parameters
        if each.kind in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY) and each.name not in known
    ]
    return replace(declared, options=(*declared.options, *options))


def _option(parameter: inspect.Parameter) -> Option:
    default = None if parameter.default is parameter.empty else parameter.default
    if parameter.name == "random_state" and default is None:
        default = 0
    return Option(parameter.name.casefold(), Kind.VALUE, default, _PASSED)


SKLEARN = ModelType(
    "sklearn",
    "estimator",
    "An estimator of scikit-learn behind its usual preparation: numbers imputed and "
    "standardised, categories one-hot. Scored by SQL where the estimator has such a form, by the "
    "stored estimator where not.",
    (
        _CLASS,
        replace(
            LABEL, default=None, meaning="The label column, which classifiers and regressors need."
        ),
        *SPLIT,
        *REFUSED,
    ),
    label_option="input_label_cols",
    complete=_with_parameters,
)
