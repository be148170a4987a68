"""Options that several model types share: label, data split, class weights, registry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldloop.options.declaration import Kind, Option, Range, exclusive

_CLOUD = "it names a Google Cloud service, and this model lives in your DuckDB file"

LABEL = Option(
    "input_label_cols",
    Kind.COLUMNS,
    ["label"],
    "The label column; exactly one.",
    aliases=("labels",),
)

SPLIT = (
    Option(
        "data_split_method",
        Kind.CHOICE,
        "auto_split",
        "How rows are divided: under 500 rows AUTO_SPLIT trains on all, up to 50,000 it holds out "
        "a fifth, above that 10,000 rows. CUSTOM: data_split_col TRUE or NULL evaluates. SEQ: the "
        "last fraction by data_split_col evaluates. A tuned model's trials are judged on a tenth "
        "of the rows and tested on another; its CUSTOM column says TRAIN, EVAL or TEST.",
        choices=("auto_split", "random", "custom", "seq", "no_split"),
    ),
    Option(
        "data_split_eval_fraction",
        Kind.NUMBER,
        0.2,
        "Fraction of rows held out by RANDOM and SEQ.",
        range=Range(0, 1, low_open=True, high_open=True),
    ),
    Option(
        "data_split_test_fraction",
        Kind.NUMBER,
        0.0,
        "Fraction that tests the trials of a tuned model, by RANDOM and SEQ.",
        range=Range(0, 1, high_open=True),
    ),
    Option(
        "data_split_col", Kind.COLUMN, None, "Column that CUSTOM and SEQ split by; never a feature."
    ),
)

CLASS_WEIGHTS = (
    Option("auto_class_weights", Kind.BOOLEAN, False, "Weigh each class by n / (k * n_class)."),
    Option(
        "class_weights",
        Kind.WEIGHTS,
        None,
        "A weight for every class, as structs or pairs (label, weight).",
    ),
)


def check_class_weights(model: str, options: Mapping[str, Any], given: set[str]) -> None:
    """Raise OptionError where classes are weighed both automatically and by weights given."""
    if options.get("auto_class_weights"):
        exclusive(model, given, "auto_class_weights", "class_weights")


ITERATIONS = (
    Option("max_iterations", Kind.INTEGER, 20, "Most iterations (trees: rounds).", range=Range(1)),
    Option(
        "early_stop",
        Kind.BOOLEAN,
        True,
        "Stop when an iteration improves the loss by less than min_rel_progress.",
    ),
    Option(
        "min_rel_progress",
        Kind.NUMBER,
        0.01,
        "Least relative improvement of the loss that goes on.",
        range=Range(0, low_open=True),
    ),
)

ENCODING_GLM = Option(
    "category_encoding_method",
    Kind.CHOICE,
    "one_hot_encoding",
    "A column per category; DUMMY_ENCODING drops the most frequent.",
    choices=("one_hot_encoding", "dummy_encoding"),
)

WARM_START = Option(
    "warm_start",
    Kind.BOOLEAN,
    False,
    "Go on from the model of that name, of the same type, columns and label, with its options but "
    "for those given anew; a first training starts afresh.",
)

GLOBAL_EXPLAIN = Option(
    "enable_global_explain",
    Kind.BOOLEAN,
    False,
    "Explain the rows that evaluate when training ends, for ML.GLOBAL_EXPLAIN.",
)

REFUSED = (
    Option("model_registry", Kind.CHOICE, None, "Cloud registry.", refused=_CLOUD),
    Option("vertex_ai_model_id", Kind.CHOICE, None, "Cloud registry.", refused=_CLOUD),
    Option(
        "vertex_ai_model_version_aliases", Kind.COLUMNS, None, "Cloud registry.", refused=_CLOUD
    ),
    Option("kms_key_name", Kind.CHOICE, None, "Cloud encryption.", refused=_CLOUD),
)
