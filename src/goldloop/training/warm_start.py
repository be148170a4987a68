"""WARM_START: the version that serves, read back so that training goes on from it.

A family asks `previous(sample)`; what it stored as details or as parts (`Fitted.tables`)
is there to start from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from goldloop.errors import OptionError, TrainingDataError
from goldloop.options.types import model_type
from goldloop.registry.cards import ModelCard
from goldloop.registry.names import MODEL_SCHEMA
from goldloop.training.family import Sample
from goldloop.training.fitted import Detail


@dataclass(frozen=True)
class Previous:
    """The version that a training continues."""

    con: duckdb.DuckDBPyConnection
    card: ModelCard

    def details(self, section: str) -> tuple[Detail, ...]:
        """Return the details of a section, in the order in which they were recorded."""
        rows = self.con.execute(
            f"select key, value, json from {MODEL_SCHEMA}.metrics where section = ? and "
            "model_schema = ? and model_name = ? and version = ? order by rowid",
            [section, self.card.name.schema, self.card.name.name, self.card.version],
        ).fetchall()
        return tuple(
            Detail(section, key, value, json.loads(facts) if facts else None)
            for key, value, facts in rows
        )

    def table(self, key: str) -> pa.Table:
        """Return the part `key` of the version, a table."""
        name = self.card.part(key).sql("duckdb")
        return self.con.sql(f"select * from {name}").to_arrow_table()


def previous(sample: Sample) -> Previous | None:
    """Return the version to continue; None without WARM_START, or where no model serves yet.

    Raises:
        TrainingDataError: features or label are not those that it was trained on.
    """
    champion = sample.champion
    if champion is None or not sample.options.get("warm_start"):
        return None
    model = sample.options.model
    label = sample.data.label.name if sample.data.label else None
    if (label or "").casefold() != (champion.label or "").casefold():
        raise TrainingDataError(
            f"Model {model}: warm_start continues version {champion.version}, whose label is "
            f"'{champion.label}', not '{label}'. Keep the label, or train without warm_start."
        )
    before = {feature.name.casefold(): feature.sql_type for feature in champion.features}
    now = {feature.name.casefold(): feature.sql_type for feature in sample.data.features}
    for name in {**before, **now}:
        if before.get(name) != now.get(name):
            raise TrainingDataError(
                f"Model {model}: warm_start continues version {champion.version}, and column "
                f"'{name}' is {now.get(name, 'missing')} now, {before.get(name, 'missing')} then; "
                "expected the same columns of the same types. Train without warm_start."
            )
    return Previous(sample.con, champion)


def continued_options(
    model: str, champion: ModelCard | None, given: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the options of a warm start: the champion's, but for those `given` anew.

    Others' options are returned as they are given.

    Raises:
        OptionError: the model that serves is of another type, or there is no such type.
    """
    named = {str(key).casefold(): value for key, value in given.items()}
    if champion is None or str(named.get("warm_start")).casefold() != "true":
        return given
    declared = model_type(model, named.get("model_type"))
    if champion.model_type != declared.name:
        raise OptionError(
            f"Model {model}: warm_start continues a model of its own type, and the one that "
            f"serves is a {champion.model_type}, not a {declared.name}. Train without warm_start."
        )
    anew = {option.name for name in named if (option := declared.option(name))}
    return {**{k: v for k, v in champion.options.items() if k not in {*named, *anew}}, **given}
