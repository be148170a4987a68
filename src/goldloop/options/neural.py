"""DNN_*, DNN_LINEAR_COMBINED_* (wide and deep) and AUTOENCODER."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option, Range
from goldloop.options.shared import (
    CLASS_WEIGHTS,
    GLOBAL_EXPLAIN,
    ITERATIONS,
    LABEL,
    REFUSED,
    SPLIT,
    WARM_START,
    check_class_weights,
)

_OPTIMIZERS = ("adam", "adagrad", "ftrl", "rmsprop", "sgd")
_WITH_PENALTY = frozenset({"adagrad", "ftrl", "sgd"})
_ACTIVATIONS = ("relu", "relu6", "crelu", "elu", "selu", "sigmoid", "tanh")
_PARTS = ("dnn", "linear")

_HIDDEN_UNITS = Option(
    "hidden_units",
    Kind.INTEGERS,
    None,
    "Units of each hidden layer; unset: one layer of rows / (10 * (inputs + outputs)), "
    "from 1 to 128.",
    range=Range(1),
)
_RATE = Option(
    "learn_rate", Kind.NUMBER, 0.001, "Initial learn rate.", range=Range(0, low_open=True)
)
_OPTIMIZER = Option(
    "optimizer", Kind.CHOICE, "adam", "TensorFlow's optimizer of that name.", choices=_OPTIMIZERS
)
_BATCHES = (
    Option(
        "batch_size",
        Kind.INTEGER,
        None,
        "Rows a step; unset: 32, or all where they are fewer.",
        range=Range(1, 8192),
    ),
    Option(
        "dropout",
        Kind.NUMBER,
        0.0,
        "Share of hidden units that each step silences.",
        range=Range(0, 1, high_open=True),
    ),
)
_PENALTY = tuple(
    Option(
        name,
        Kind.NUMBER,
        0.0,
        f"{norm} penalty of the optimizer: ADAGRAD, FTRL or SGD.",
        range=Range(0),
    )
    for name, norm in (("l1_reg", "L1"), ("l2_reg", "L2"))
)
_LAST = (
    Option(
        "tf_version",
        Kind.TEXT,
        None,
        "Version of TensorFlow.",
        refused="Goldloop trains networks by itself, without TensorFlow; leave it out",
    ),
    WARM_START,
    *REFUSED,
)


def _activation(names: tuple[str, ...]) -> Option:
    return Option(
        "activation_fn", Kind.CHOICE, "relu", "Activation of the hidden layers.", choices=names
    )


def _steps(default: int) -> Option:
    return Option(
        "integrated_gradients_num_steps",
        Kind.INTEGER,
        default,
        "Points between the baseline and a row at which explanations take gradients.",
        range=Range(1, 1000),
    )


def _check_units(model: str, options: dict[str, Any]) -> None:
    if options["hidden_units"] == []:
        raise OptionError(
            f"Model {model}: option hidden_units is empty; expected at least one layer, such as "
            "[64], or leave it out."
        )


def takes_penalty(optimizer: str | Mapping[str, str] | None) -> bool:
    """Return whether l1_reg and l2_reg go with the value of OPTIMIZER; with none, they do."""
    if optimizer is None:
        return True
    names = {optimizer} if isinstance(optimizer, str) else set(optimizer.values())
    return bool(_WITH_PENALTY & names)


def _check_penalty(model: str, options: dict[str, Any], given: set[str]) -> None:
    chosen = options["optimizer"]
    wrong = [name for name in ("l1_reg", "l2_reg") if name in given and options[name]]
    if wrong and not takes_penalty(chosen):
        shown = chosen if isinstance(chosen, str) else ", ".join(sorted(set(chosen.values())))
        raise OptionError(
            f"Model {model}: option {wrong[0]} is a penalty of the optimizers "
            f"{', '.join(sorted(_WITH_PENALTY))}, and optimizer is '{shown}'; choose one of "
            "them or drop the penalty."
        )


def _check(model: str, options: dict[str, Any], given: set[str]) -> None:
    _check_units(model, options)
    _check_penalty(model, options, given)
    check_class_weights(model, options, given)


def _check_autoencoder(model: str, options: dict[str, Any], given: set[str]) -> None:
    _check_units(model, options)
    _check_penalty(model, options, given)
    units = options["hidden_units"]
    if units is not None and len(units) % 2 == 0:
        raise OptionError(
            f"Model {model}: option hidden_units has {len(units)} layers; expected an odd number, "
            "the middle one being the latent space, such as [32, 4, 32]."
        )


_DEEP = (
    _HIDDEN_UNITS,
    _activation(_ACTIVATIONS),
    _OPTIMIZER,
    _RATE,
    *_PENALTY,
    *_BATCHES,
    *ITERATIONS,
    _steps(15),
    GLOBAL_EXPLAIN,
)
_WIDE_AND_DEEP = (
    _HIDDEN_UNITS,
    _activation(_ACTIVATIONS),
    Option(
        "optimizer",
        Kind.CHOICE,
        {"dnn": "adam", "linear": "ftrl"},
        "TensorFlow's optimizer of that name, for both parts or for each.",
        choices=_OPTIMIZERS,
        parts=_PARTS,
    ),
    Option(
        "learn_rate",
        Kind.NUMBER,
        {"dnn": 0.001, "linear": 0.001},
        "Initial learn rate, of both parts or of each.",
        range=Range(0, low_open=True),
        parts=_PARTS,
    ),
    *_PENALTY,
    *_BATCHES,
    *ITERATIONS,
    _steps(50),
    GLOBAL_EXPLAIN,
)

DNN_CLASSIFIER = ModelType(
    "dnn_classifier",
    "classification",
    "A deep neural network for a class.",
    (LABEL, *_DEEP, *CLASS_WEIGHTS, *SPLIT, *_LAST),
    _check,
)
DNN_REGRESSOR = ModelType(
    "dnn_regressor",
    "regression",
    "A deep neural network for a number.",
    (LABEL, *_DEEP, *SPLIT, *_LAST),
    _check,
)
DNN_LINEAR_COMBINED_CLASSIFIER = ModelType(
    "dnn_linear_combined_classifier",
    "classification",
    "Wide and deep: a network and a linear model side by side, for a class.",
    (LABEL, *_WIDE_AND_DEEP, *CLASS_WEIGHTS, *SPLIT, *_LAST),
    _check,
)
DNN_LINEAR_COMBINED_REGRESSOR = ModelType(
    "dnn_linear_combined_regressor",
    "regression",
    "Wide and deep: a network and a linear model side by side, for a number.",
    (LABEL, *_WIDE_AND_DEEP, *SPLIT, *_LAST),
    _check,
)
AUTOENCODER = ModelType(
    "autoencoder",
    "autoencoder",
    "Encodes rows in the few units of a middle layer, the latent space.",
    (
        _HIDDEN_UNITS,
        _activation(tuple(name for name in _ACTIVATIONS if name != "crelu")),
        _OPTIMIZER,
        _RATE,
        *_PENALTY,
        Option(
            "l1_reg_activation",
            Kind.NUMBER,
            0.0,
            "L1 penalty of the latent activations.",
            range=Range(0),
        ),
        *_BATCHES,
        *ITERATIONS,
        *_LAST,
    ),
    _check_autoencoder,
)
