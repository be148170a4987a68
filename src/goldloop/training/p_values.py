"""Standard errors and p-values of linear models, as ML.ADVANCED_WEIGHTS shows them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.linalg import qr, solve_triangular
from scipy.stats import norm

from goldloop.errors import TrainingDataError
from goldloop.training.fitted import Detail
from goldloop.training.matrix import Categories, Floats
from goldloop.training.terms import Term
from goldloop.training.weights import INTERCEPT, places, spreads

SECTION = "advanced_weights"
_MOST_CATEGORIES = 1_000


def require_few_categories(model: str, found: Sequence[Term]) -> None:
    """Refuse a feature of 1,000 categories or more, for which BigQuery ML has no p-values.

    Raises:
        TrainingDataError: there is one.
    """
    for term in found:
        if isinstance(term.column, Categories) and len(term.column.levels()) >= _MOST_CATEGORIES:
            raise TrainingDataError(
                f"Model {model}: calculate_p_values takes features of fewer than "
                f"{_MOST_CATEGORIES:,} categories, and '{term.name}' has "
                f"{len(term.column.levels()):,}. Leave it out, or drop calculate_p_values."
            )


def p_value_details(
    model: str,
    found: Sequence[Term],
    design: Floats,
    information: Floats,
    variance: float,
    weights: Floats,
) -> tuple[Detail, ...]:
    """Return a detail a weight: weight, standard_error and p_value, standardised and not.

    Args:
        model: its name, for errors.
        found: the inputs.
        design: the design matrix, with a last column of ones where there is an intercept.
        information: the weight of each row in the information matrix X' W X.
        variance: that of the residuals: 1 for a likelihood.
        weights: one a column of `design`.

    The covariance is variance * (X' W X)^-1, p = 2 (1 - Phi(|w| / se)): BigQuery ML takes the
    normal distribution where Student's t would be exact.

    Raises:
        TrainingDataError: columns of the design matrix depend on each other, so that weights have
            no standard error.
    """
    names = [*places(found), (INTERCEPT, None)][: design.shape[1]]
    covariance = variance * _inverse(model, design * np.sqrt(information)[:, None], names)
    means, stds = spreads(found)
    # The weights of the columns themselves are linear in those of the standardised ones.
    scale = np.diag(np.append(1 / stds, 1.0)[: len(names)])
    if len(names) > len(stds):
        scale[-1, :-1] = -means / stds
    rows = zip(
        names,
        *_tested(weights, covariance),
        *_tested(scale @ weights, scale @ covariance @ scale.T),
        strict=True,
    )
    return tuple(
        Detail(
            SECTION,
            feature,
            float(weight),
            {
                "feature": feature,
                "category": category,
                "standard_error": float(error),
                "p_value": float(p),
                "raw": float(raw),
                "raw_standard_error": float(raw_error),
                "raw_p_value": float(raw_p),
            },
        )
        for (feature, category), weight, error, p, raw, raw_error, raw_p in rows
    )


def _tested(weights: Floats, covariance: Floats) -> tuple[Floats, Floats, Floats]:
    errors = np.sqrt(np.diag(covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.abs(weights / errors)
    # A weight of 0 without error says nothing against itself.
    return weights, errors, 2 * norm.sf(np.nan_to_num(statistic, nan=0.0))


def _inverse(model: str, rows: Floats, names: Sequence[tuple[str, str | None]]) -> Floats:
    """Return (rows' rows)^-1 by a pivoted QR decomposition, which finds what depends on what."""
    _, upper, order = qr(rows, mode="economic", pivoting=True)
    sizes = np.abs(np.diag(upper))
    rank = int((sizes > sizes.max(initial=0.0) * max(rows.shape) * np.finfo(float).eps).sum())
    if rank < len(names):
        feature, category = names[int(order[rank])]
        shown = feature if category is None else f"{feature} = {category}"
        raise TrainingDataError(
            f"Model {model}: calculate_p_values needs inputs that do not follow from each other, "
            f"and '{shown}' does from the others, or never varies. Leave the column out, or drop "
            "calculate_p_values."
        )
    inverse = solve_triangular(upper, np.eye(len(names)))
    found = np.empty((len(names), len(names)))
    found[np.ix_(order, order)] = inverse @ inverse.T
    return found
