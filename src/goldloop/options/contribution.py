"""CONTRIBUTION_ANALYSIS."""

from __future__ import annotations

from typing import Any

from goldloop.contribution.metrics import metric
from goldloop.errors import OptionError
from goldloop.options.declaration import Kind, ModelType, Option, Range, exclusive
from goldloop.options.shared import REFUSED

_MOST_DIMENSIONS, _MOST_WITHOUT_SUPPORT = 50, 13


def _check(model: str, options: dict[str, Any], given: set[str]) -> None:
    for name in ("contribution_metric", "is_test_col"):
        if name not in given:
            raise OptionError(
                f"Model {model}: option {name} is missing; contribution_analysis "
                "needs what is compared, and which rows are the test."
            )
    metric(f"Model {model}: contribution_metric", options["contribution_metric"])
    exclusive(model, given, "min_apriori_support", "top_k_insights_by_apriori_support")
    check_dimensions(model, options["dimension_id_cols"] or [], options["min_apriori_support"])


def check_dimensions(model: str, dimensions: list[str], min_support: float) -> None:
    """Refuse a dimension that is named twice, and more of them than are served.

    Raises:
        OptionError: see above.
    """
    folded = [name.casefold() for name in dimensions]
    for name in dimensions:
        if folded.count(name.casefold()) > 1:
            raise OptionError(f"Model {model}: dimension_id_cols names '{name}' twice; keep one.")
    most = _MOST_DIMENSIONS if min_support else _MOST_WITHOUT_SUPPORT
    if len(dimensions) > most:
        raise OptionError(
            f"Model {model}: there are {len(dimensions)} dimensions; expected at most {most} "
            f"with a min_apriori_support of {min_support:g}."
        )


CONTRIBUTION_ANALYSIS = ModelType(
    "contribution_analysis",
    "contribution_analysis",
    "Finds the segments that a metric's change between control and test comes from.",
    (
        Option(
            "contribution_metric",
            Kind.TEXT,
            None,
            "SUM(x), SUM(a)/SUM(b) or SUM(x)/COUNT(DISTINCT c), over columns of the query.",
        ),
        Option(
            "is_test_col",
            Kind.COLUMN,
            None,
            "The BOOL column that is TRUE for test, FALSE for control.",
        ),
        Option(
            "dimension_id_cols",
            Kind.COLUMNS,
            None,
            "The columns that segments are made of; unset: all that no other option names.",
            is_feature=True,
        ),
        Option(
            "min_apriori_support",
            Kind.NUMBER,
            0.1,
            "The least share of the population's sum, in test or control, that is told; 0: all.",
            range=Range(0, 1),
        ),
        Option(
            "top_k_insights_by_apriori_support",
            Kind.INTEGER,
            None,
            "Tell this many segments of the largest support, instead of a least support.",
            range=Range(1, 1_000_000),
        ),
        Option(
            "pruning_method",
            Kind.CHOICE,
            "no_pruning",
            "PRUNE_REDUNDANT_INSIGHTS leaves out a segment where a finer one has its metrics.",
            choices=("no_pruning", "prune_redundant_insights"),
        ),
        *REFUSED,
    ),
    _check,
)
