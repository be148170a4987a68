"""The weights of linear models as the warehouse keeps them, and read back to go on from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from goldloop.scoring.prediction import Label
from goldloop.training.fitted import Detail
from goldloop.training.inputs import InputKind
from goldloop.training.matrix import Floats, Numbers
from goldloop.training.terms import Term, level_name

SECTION = "weights"
INTERCEPT = "__INTERCEPT__"
# An input and a category of it (None of a number); the intercept's has no category.
Place = tuple[str, str | None]


def places(found: Sequence[Term]) -> list[Place]:
    """Return where each column of the design matrix belongs."""
    return [
        (term.feature, category) for term in found for category in _categories(term, term.levels)
    ]


def spreads(found: Sequence[Term]) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of each column: 0 and 1 where it is not standardised."""
    numbers = [
        (term.column.mean, term.column.std) if isinstance(term.column, Numbers) else (0.0, 1.0)
        for term in found
        for _ in range(term.width)
    ]
    means, stds = np.array(numbers, dtype=np.float64).reshape(-1, 2).T
    return means, stds


def weight_details(
    found: Sequence[Term],
    weights: Floats,
    intercept: float,
    class_label: str | None = None,
) -> list[Detail]:
    """Return a detail a weight, the intercept as `__INTERCEPT__`.

    `value` is the weight of the standardised column, `raw` that of the column itself.
    A category that dummy encoding dropped is shown, with weight 0, as BigQuery ML does.
    """
    means, stds = spreads(found)
    raw = weights / stds
    rows: list[tuple[Place, float, float]] = []
    start = 0
    for term in found:
        end = start + term.width
        own = list(zip(weights[start:end], raw[start:end], strict=True))
        rows += zip_places(term, own)
        start = end
    rows.append(((INTERCEPT, None), intercept, intercept - float(raw @ means)))
    return [
        Detail(SECTION, feature, float(value), _facts(feature, category, class_label, plain))
        for (feature, category), value, plain in rows
    ]


def zip_places(term: Term, own: Sequence[tuple[float, float]]) -> list[tuple[Place, float, float]]:
    """Return the places of a term with its weights, the dropped categories with weight 0."""
    kept = _categories(term, term.levels)
    dropped = _categories(term, term.dropped) if term.dropped else []
    padded = [*own, *[(0.0, 0.0)] * len(dropped)]
    return [
        ((term.feature, category), value, plain)
        for category, (value, plain) in zip([*kept, *dropped], padded, strict=True)
    ]


def start_weights(
    found: Sequence[Term], details: Sequence[Detail], class_label: str | None = None
) -> tuple[Floats, float]:
    """Return the weights and the intercept with which the model of `details` is said anew.

    Columns may have other means and standard deviations by now: what it predicts
    stays. What it has not seen has weight 0.
    """
    raw: Mapping[Place, float] = {
        (detail.json["feature"], detail.json.get("category")): float(detail.json["raw"])
        for detail in details
        if detail.json is not None and detail.json.get("class_label") == class_label
    }
    means, stds = spreads(found)
    plain = np.array([raw.get(place, 0.0) for place in places(found)], dtype=np.float64)
    return plain * stds, raw.get((INTERCEPT, None), 0.0) + float(plain @ means)


def _categories(term: Term, levels: Sequence[Label | None] | None) -> list[str | None]:
    if levels is not None:
        return [level_name(level) for level in levels]
    is_flag = term.column.input.kind is InputKind.FLAG
    return [level_name(term.column.input.category) if is_flag else None]


def _facts(
    feature: str, category: str | None, class_label: str | None, raw: float
) -> dict[str, object]:
    known = {} if category is None else {"category": category}
    return {"feature": feature, **known, "class_label": class_label, "raw": float(raw)}
