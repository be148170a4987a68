"""Parameters that several functions share."""

from __future__ import annotations

from goldloop.functions.declaration import Parameter, problems
from goldloop.options.declaration import Kind, Option, Range

THRESHOLD = Parameter(
    Option(
        "threshold",
        Kind.NUMBER,
        None,
        "The least probability of the positive (larger) class that predicts it; unset: 0.5.",
        range=Range(0, 1),
    ),
    problems("binary_classification"),
)

TRIAL_ID = Parameter(
    Option(
        "trial_id",
        Kind.INTEGER,
        None,
        "The trial of a tuned model that answers; unset: the best.",
        range=Range(1),
    )
)

STANDARDIZE = Parameter(
    Option(
        "standardize",
        Kind.BOOLEAN,
        False,
        "Whether weights and centroids are those of features of mean 0 and standard deviation 1.",
    )
)
