"""LINEAR_REG and LOGISTIC_REG."""

from __future__ import annotations

from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option, Range
from goldloop.options.shared import (
    CLASS_WEIGHTS,
    ENCODING_GLM,
    GLOBAL_EXPLAIN,
    ITERATIONS,
    LABEL,
    REFUSED,
    SPLIT,
    WARM_START,
    check_class_weights,
)

_DESCENT = (
    Option(
        "learn_rate_strategy",
        Kind.CHOICE,
        "line_search",
        "How gradient descent chooses its step.",
        choices=("line_search", "constant"),
    ),
    Option(
        "ls_init_learn_rate",
        Kind.NUMBER,
        0.1,
        "First step tried by LINE_SEARCH.",
        range=Range(0, low_open=True),
    ),
    Option("learn_rate", Kind.NUMBER, 0.1, "Step of CONSTANT.", range=Range(0, low_open=True)),
    *ITERATIONS,
)

_PENALTY = (
    Option("l1_reg", Kind.NUMBER, 0.0, "Weight of the sum of |w|.", range=Range(0)),
    Option("l2_reg", Kind.NUMBER, 0.0, "Weight of half the sum of w squared.", range=Range(0)),
    Option("fit_intercept", Kind.BOOLEAN, True, "Whether to learn an intercept."),
)

_P_VALUES = Option(
    "calculate_p_values",
    Kind.BOOLEAN,
    False,
    "Standard errors and p-values, for ML.ADVANCED_WEIGHTS; needs DUMMY_ENCODING, no L1_REG, no "
    "L2_REG, features of under 1,000 categories and, in LOGISTIC_REG, two classes.",
)

DESCENT_OPTIONS = frozenset(option.name for option in _DESCENT)


def _check_descent(model: str, options: dict[str, Any], given: set[str]) -> None:
    if options["learn_rate_strategy"] == "line_search" and "learn_rate" in given:
        raise OptionError(
            f"Model {model}: option learn_rate is the step of learn_rate_strategy='constant'; "
            "set that strategy, or use ls_init_learn_rate for line_search."
        )
    if options["learn_rate_strategy"] == "constant" and "ls_init_learn_rate" in given:
        raise OptionError(
            f"Model {model}: option ls_init_learn_rate belongs to "
            "learn_rate_strategy='line_search'; use learn_rate for constant."
        )


def _check_p_values(model: str, options: dict[str, Any]) -> None:
    if not options["calculate_p_values"]:
        return
    if options["category_encoding_method"] != "dummy_encoding":
        raise OptionError(
            f"Model {model}: option calculate_p_values needs category_encoding_method="
            f"'dummy_encoding'; it is '{options['category_encoding_method']}', whose columns "
            "follow from each other."
        )
    for penalty in ("l1_reg", "l2_reg"):
        if options[penalty]:
            raise OptionError(
                f"Model {model}: option calculate_p_values needs {penalty}=0; it is "
                f"{options[penalty]:g}. Weights that are penalised have no p-value."
            )


def _check_linear(model: str, options: dict[str, Any], given: set[str]) -> None:
    _check_descent(model, options, given)
    _check_p_values(model, options)
    if options["optimize_strategy"] == "normal_equation":
        wrong = sorted(given & (DESCENT_OPTIONS | {"l1_reg"}))
        wrong += ["warm_start"] if options["warm_start"] else []
        if wrong:
            raise OptionError(
                f"Model {model}: option {wrong[0]} belongs to gradient descent and "
                "optimize_strategy is 'normal_equation'; drop one of the two."
            )


def _check_logistic(model: str, options: dict[str, Any], given: set[str]) -> None:
    _check_descent(model, options, given)
    _check_p_values(model, options)
    check_class_weights(model, options, given)


def _optimizer(choices: tuple[str, ...], meaning: str) -> Option:
    return Option("optimize_strategy", Kind.CHOICE, "auto_strategy", meaning, choices=choices)


LINEAR_REG = ModelType(
    "linear_reg",
    "regression",
    "Least squares, by the normal equation or batch gradient descent.",
    (
        LABEL,
        _optimizer(
            ("auto_strategy", "batch_gradient_descent", "normal_equation"),
            "AUTO_STRATEGY takes gradient descent when L1_REG, WARM_START or one of its own "
            "options is given, a column has over 10,000 categories, or rows are fewer than 10 a "
            "category.",
        ),
        *_DESCENT,
        *_PENALTY,
        ENCODING_GLM,
        *SPLIT,
        WARM_START,
        _P_VALUES,
        GLOBAL_EXPLAIN,
        *REFUSED,
    ),
    _check_linear,
)

LOGISTIC_REG = ModelType(
    "logistic_reg",
    "classification",
    "Logistic regression, binary or multinomial, up to 50 classes.",
    (
        LABEL,
        _optimizer(
            ("auto_strategy", "batch_gradient_descent"),
            "AUTO_STRATEGY converges with L-BFGS unless L1_REG, WARM_START or an option of "
            "gradient descent is given.",
        ),
        *_DESCENT,
        *_PENALTY,
        ENCODING_GLM,
        *CLASS_WEIGHTS,
        *SPLIT,
        WARM_START,
        _P_VALUES,
        GLOBAL_EXPLAIN,
        *REFUSED,
    ),
    _check_logistic,
)
