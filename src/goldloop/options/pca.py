"""PCA."""

from __future__ import annotations

from typing import Any

from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option, Range, exclusive
from goldloop.options.shared import REFUSED

_SIZES = ("num_principal_components", "pca_explained_variance_ratio")


def _check(model: str, options: dict[str, Any], given: set[str]) -> None:
    exclusive(model, given, *_SIZES)
    if not given & set(_SIZES):
        raise OptionError(
            f"Model {model}: pca needs num_principal_components, a number of components, or "
            "pca_explained_variance_ratio, the share of the variance that they are to explain."
        )


PCA = ModelType(
    "pca",
    "pca",
    "Projects rows onto the directions in which they vary most.",
    (
        Option(
            "num_principal_components",
            Kind.INTEGER,
            None,
            "Components to keep: at most the rows, and the columns after one-hot encoding.",
            range=Range(1),
        ),
        Option(
            "pca_explained_variance_ratio",
            Kind.NUMBER,
            None,
            "Keep as few components as explain more than this share of the variance.",
            range=Range(0, 1, low_open=True, high_open=True),
        ),
        Option(
            "scale_features",
            Kind.BOOLEAN,
            True,
            "Scale the numeric columns to unit variance; they are centred in any case.",
        ),
        Option(
            "pca_solver",
            Kind.CHOICE,
            "auto",
            "FULL decomposes the matrix, RANDOMIZED approximates its first components; AUTO is "
            "FULL up to 1,000 columns after one-hot encoding.",
            choices=("auto", "full", "randomized"),
        ),
        *REFUSED,
    ),
    _check,
)
