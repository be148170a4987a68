"""Cards as people read them: a line in a list, and a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goldloop.registry.cards import ModelCard
from goldloop.registry.documenting import WORDS
from goldloop.registry.report import headline
from goldloop.tables import as_json, shown, written

MODEL_COLUMNS = ("model", "version", "model_type", "label", "training_rows", "trained_at")
_VERSION_COLUMNS = ("version", "status", "trained_at", "training_rows", "seconds")


def model_row(card: ModelCard) -> tuple[Any, ...]:
    """Return the card's values for `MODEL_COLUMNS`."""
    trained_at = _minute(card)
    return (
        str(card.name),
        card.version,
        card.model_type,
        card.label,
        card.training_rows,
        trained_at,
    )


def version_line(card: ModelCard) -> str:
    """Return status, when and on what a version was trained, and its headline, in a line."""
    name, value = headline(card.problem_type, card.metrics)
    told = [
        card.status,
        f"trained {_minute(card)} on {card.training_rows:,} rows",
        f"fingerprint {card.training_fingerprint[:12]}",
    ]
    return ", ".join(told if value is None else [*told, f"{name} {value:.4f}"])


def description(card: ModelCard, versions: Sequence[ModelCard], form: str) -> str:
    """Return all about a model as a page (`table`), as `csv` of section, key, value, or `json`."""
    sections = _sections(card)
    columns = (*_VERSION_COLUMNS, *card.metrics)
    rows = [_version_row(version, list(card.metrics)) for version in versions]
    if form == "json":
        listed = [dict(zip(columns, row, strict=True)) for row in rows]
        return as_json({**sections, "versions": listed})
    if form == "csv":
        flat: list[tuple[Any, ...]] = [
            (section, key, value)
            for section, pairs in sections.items()
            for key, value in pairs.items()
        ]
        flat += [("versions", version.version, version.status) for version in versions]
        return written(("section", "key", "value"), flat, "csv")
    titles = {"metrics": "metrics on the rows held out"} if card.evaluation_rows else {}
    page = [
        block
        for section, pairs in sections.items()
        for block in (titles.get(section, section).capitalize(), _aligned(pairs), "")
    ]
    return "\n".join([*page, "Versions", _indented(written(columns, rows, "table"))])


def _sections(card: ModelCard) -> dict[str, dict[str, Any]]:
    model = {
        "name": str(card.name),
        "version": card.version,
        "model_type": card.model_type,
        "problem_type": card.problem_type,
        "label": card.label,
        "classes": list(card.classes) or None,
        "training_rows": card.training_rows,
        "evaluation_rows": card.evaluation_rows,
        "trained_at": _minute(card),
        "seconds": round(card.seconds, 3),
        "scoring": card.scoring,
        "comment": card.comment,
        **{key: value for key, value in card.settings.items() if key not in WORDS},
    }
    words = {key: card.settings[key] for key in WORDS if key in card.settings}
    return {
        "model": {key: value for key, value in model.items() if value is not None},
        **({"use": words} if words else {}),
        "features": {feature.name: feature.sql_type for feature in card.features},
        "options": dict(card.options),
        "metrics": dict(card.metrics),
    }


def _version_row(card: ModelCard, metrics: Sequence[str]) -> tuple[Any, ...]:
    return (
        card.version,
        card.status,
        _minute(card),
        card.training_rows,
        round(card.seconds, 3),
        *(card.metrics.get(metric) for metric in metrics),
    )


def _minute(card: ModelCard) -> str:
    return f"{card.trained_at:%Y-%m-%d %H:%M} UTC"


def _aligned(pairs: Mapping[str, Any]) -> str:
    width = max((len(key) for key in pairs), default=0)
    return "\n".join(f"  {key:<{width}}  {shown(value)}" for key, value in pairs.items())


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
