"""EXPORT MODEL, carried out: its options checked, the version or trial found, the file written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldloop.dialect import ExportModel
from goldloop.errors import ModelKindError, OptionError, nearest
from goldloop.exporting.export import write_export
from goldloop.exporting.forms import DIALECTS
from goldloop.functions.trials import asked_trial, trial_card
from goldloop.options.declaration import Kind, Option, Range
from goldloop.options.values import checked
from goldloop.registry.cards import ModelCard
from goldloop.warehouse import ConnectedWarehouse

_OPTIONS = {
    "uri": Option("uri", Kind.TEXT, None, "A local file ending in .sql, .json or .onnx."),
    "trial_id": Option(
        "trial_id", Kind.INTEGER, None, "The trial of a tuned model; unset: the best.", (), Range(1)
    ),
    "dialect": Option(
        "dialect", Kind.CHOICE, "duckdb", "The dialect of a .sql file.", choices=DIALECTS
    ),
}


def export_model(warehouse: ConnectedWarehouse, statement: ExportModel) -> Path:
    """Write the model to the file of URI and return its path.

    Raises:
        OptionError: an option is missing, unknown or wrong.
        NotExpressibleError: the file's form has no words for the model.
        GoldloopError: the file cannot be written.
    """
    card = warehouse.find_model(statement.name)
    given = _checked(f"EXPORT MODEL {card.name}", statement.options)
    if given.get("uri") is None:
        raise OptionError(
            f"EXPORT MODEL {card.name}: option URI is missing; expected the file to write, as "
            "OPTIONS (URI = 'model.sql')."
        )
    exported = version_to_export(warehouse, card, given.get("trial_id"))
    return write_export(
        warehouse.connection, exported, given["uri"], given.get("dialect"), card.name
    )


def version_to_export(
    warehouse: ConnectedWarehouse, card: ModelCard, trial_id: int | None
) -> ModelCard:
    """Return the card of the model's version that serves, or of a trial of it.

    Raises:
        OptionError: there is no such trial, or it failed.
        ModelKindError: the model was not tuned.
    """
    if trial_id is None:
        return card
    if not card.is_tuned:
        raise ModelKindError(
            f"EXPORT MODEL {card.name}: trial_id is {trial_id}, but the model was trained without "
            "num_trials. Leave it out."
        )
    trials = warehouse.find_trials(card)
    return trial_card(card, asked_trial("EXPORT MODEL", card, trials, trial_id))


def _checked(where: str, options: Mapping[str, object]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in options.items():
        option = _OPTIONS.get(name.casefold())
        if option is None:
            raise OptionError(
                f"{where} has no option '{name}'; expected one of {', '.join(_OPTIONS)}."
                f"{nearest(name, _OPTIONS)}"
            )
        given[option.name] = checked(f"{where}: option", option, value)
    return given
