"""A published result of BigQuery ML, and how to ask Goldloop for the same."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """Figures that BigQuery ML printed for a query.

    `setup` is a script in BigQuery's SQL over the tables of `tables.py`, run once however many
    cases share it. `query` gives one row, whose columns are the figures, or a row a figure:
    its name and its value. `published` are BigQuery's, as `source` prints them. They are to
    agree to `tolerance`, relative; where they do not, it is None and `why_different` says why.
    """

    name: str
    source: str
    setup: str
    query: str
    published: Mapping[str, float]
    tolerance: float | None = 1e-6
    why_different: str = ""
