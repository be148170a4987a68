"""MATRIX_FACTORIZATION."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option, Range
from goldloop.options.shared import ITERATIONS, REFUSED, SPLIT

_COLUMNS = ("user_col", "item_col", "rating_col")


def _check(model: str, options: dict[str, Any], given: set[str]) -> None:
    if options["feedback_type"] == "explicit" and "wals_alpha" in given:
        raise OptionError(
            f"Model {model}: option wals_alpha needs feedback_type='implicit'; explicit ratings "
            "have no confidence to weigh."
        )
    named = [options[name].casefold() for name in _COLUMNS]
    if len(set(named)) < len(named):
        raise OptionError(
            f"Model {model}: user_col, item_col and rating_col name the columns "
            f"{', '.join(options[name] for name in _COLUMNS)}; expected three different ones."
        )


MATRIX_FACTORIZATION = ModelType(
    "matrix_factorization",
    "recommendation",
    "Recommends items to users by latent factors of both.",
    (
        Option(
            "feedback_type",
            Kind.CHOICE,
            "explicit",
            "EXPLICIT ratings, or IMPLICIT signs of interest, such as clicks.",
            choices=("explicit", "implicit"),
        ),
        Option(
            "num_factors",
            Kind.INTEGER,
            None,
            "Latent factors; unset: log2 of the rows, at least 2.",
            range=Range(2, 200),
        ),
        Option("user_col", Kind.COLUMN, "user", "The column of users.", is_feature=True),
        Option("item_col", Kind.COLUMN, "item", "The column of items.", is_feature=True),
        Option("rating_col", Kind.COLUMN, "rating", "The column of ratings, or of interest."),
        Option(
            "wals_alpha",
            Kind.NUMBER,
            40.0,
            "IMPLICIT: a rating r weighs 1 + wals_alpha * r, none weighs 1.",
            range=Range(0),
        ),
        Option("l2_reg", Kind.NUMBER, 1.0, "L2 penalty of factors and intercepts.", range=Range(0)),
        *ITERATIONS,
        *(
            replace(option, default="no_split") if option.name == "data_split_method" else option
            for option in SPLIT
        ),
        *REFUSED,
    ),
    _check,
    label_option="rating_col",
)
