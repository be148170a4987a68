"""The details of ENABLE_GLOBAL_EXPLAIN, which ML.GLOBAL_EXPLAIN shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldloop.scoring.prediction import Label
from goldloop.training.fitted import Detail

SECTION = "global_explain"


def global_details(
    attributions: Iterable[tuple[str, int | None, float | None]], classes: Sequence[Label]
) -> tuple[Detail, ...]:
    """Return a detail for each (feature, score, mean absolute attribution).

    The score None is that of the class predicted. The one score of two classes is the
    attribution to either, with the other sign.
    """
    details = []
    for feature, score, attribution in attributions:
        labels: Sequence[Label | None] = [None]
        if score is not None:
            labels = classes if len(classes) <= 2 else [classes[score]]
        details += [
            Detail(
                SECTION,
                feature,
                attribution,
                {"class_label": None if label is None else shown(label)},
            )
            for label in labels
        ]
    return tuple(details)


def shown(label: Label) -> str:
    """Return a class as a STRING, as BigQuery casts it."""
    return str(label).lower() if isinstance(label, bool) else str(label)
