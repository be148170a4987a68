"""The named arguments that functions over rows of time series share."""

from __future__ import annotations

from goldloop.functions.declaration import Parameter
from goldloop.options.declaration import Kind, Option, Range

DATA_COL = Parameter(
    Option("data_col", Kind.COLUMN, None, "The column of the values."), required=True
)
TIMESTAMP_COL = Parameter(
    Option("timestamp_col", Kind.COLUMN, None, "The column of the time points."), required=True
)
ID_COLS = Parameter(Option("id_cols", Kind.COLUMNS, None, "The columns that tell series apart."))
MODEL = Parameter(
    Option(
        "model",
        Kind.TEXT,
        None,
        "BigQuery's foundation model.",
        refused="TimesFM is a foundation model that BigQuery runs; without `model`, series are "
        "modelled by Goldloop's own ARIMA_PLUS",
    )
)
CONTEXT_WINDOW = Parameter(
    Option(
        "context_window",
        Kind.INTEGER,
        None,
        "The last time points of each series that count; unset: all.",
        range=Range(1),
    )
)
CONFIDENCE_LEVEL = Parameter(
    Option(
        "confidence_level",
        Kind.NUMBER,
        0.95,
        "The probability that a future value is in its interval.",
        range=Range(0, 1, high_open=True),
    )
)


def horizon(default: int, least: int = 1) -> Parameter:
    """Return the parameter of how many time points follow the history."""
    meaning = "Time points after the history."
    return Parameter(Option("horizon", Kind.INTEGER, default, meaning, range=Range(least, 10_000)))
