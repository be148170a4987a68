"""A phrase book: the wordings of one group of writers, and how a wording is filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from electronics.landing.phrases import one_of, with_typos

_FIELD = re.compile(r"\{(\w+)\}")
# Fields that fill a slot of the order; others are just words.
SLOTS = ("name", "phone", "email", "device", "damage", "date")


@dataclass(frozen=True)
class PhraseBook:
    """The wordings of one group of writers.

    Attributes:
        phrases: by intent, whole messages; fields in braces name slots or other words.
        facts: by slot, clauses that tell it; a message that informs joins one or several.
        joiners: what stands between two clauses.
        damages: by damage type, words for the damage.
        vague: messages that tell no damage.
        date_styles: how dates are put, see `dates`.
    """

    phrases: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, tuple[str, ...]]
    joiners: tuple[str, ...]
    damages: Mapping[str, tuple[str, ...]]
    vague: tuple[str, ...]
    date_styles: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A customer's message as its writer means it.

    Attributes:
        text: what is written.
        intent: what for.
        spans: slot, begin and end (characters, from 0) of what tells it.
    """

    text: str
    intent: str
    spans: tuple[tuple[str, int, int], ...] = ()


def fill(
    rng: np.random.Generator, template: str, intent: str, words: Mapping[str, str], typos: float
) -> Said:
    """A wording with its fields filled in; the typos spare what fills a slot."""
    text, spans, at = "", [], 0
    for field in _FIELD.finditer(template):
        text += with_typos(rng, template[at : field.start()], typos)
        value, name = words[field[1]], field[1]
        if name in SLOTS:
            spans.append((name, len(text), len(text) + len(value)))
        text += value
        at = field.end()
    return Said(text + with_typos(rng, template[at:], typos), intent, tuple(spans))


def informing(rng: np.random.Generator, book: PhraseBook, slots: list[str]) -> str:
    """A wording that tells these slots, one clause each."""
    clauses = [one_of(rng, book.facts[slot]) for slot in slots]
    text = clauses[0]
    for clause in clauses[1:]:
        text += one_of(rng, book.joiners) + clause
    return text if text.startswith("{") else text[0].upper() + text[1:]
