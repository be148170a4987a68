"""Parameters that functions over time series share."""

from __future__ import annotations

from goldloop.functions.declaration import Parameter, problems
from goldloop.options.declaration import Kind, Option, Range

TIME_SERIES = problems("time_series")
_PROBABILITY = Range(0, 1, high_open=True)

HORIZON = Parameter(
    Option("horizon", Kind.INTEGER, 3, "Time points to forecast.", range=Range(1, 10_000))
)
CONFIDENCE_LEVEL = Parameter(
    Option(
        "confidence_level",
        Kind.NUMBER,
        0.95,
        "The probability that a future value is in its interval.",
        range=_PROBABILITY,
    )
)
ANOMALY_PROB_THRESHOLD = Parameter(
    Option(
        "anomaly_prob_threshold",
        Kind.NUMBER,
        0.95,
        "The probability above which a value is an anomaly.",
        range=_PROBABILITY,
    ),
    TIME_SERIES,
)
