"""Conversations are labelled as they were meant, and the panel's wordings are its own."""

import csv
import itertools
import re
from pathlib import Path

import duckdb
import numpy as np
import pytest
from jinja2 import Environment

from electronics.landing.dialogue.book import SLOTS, PhraseBook
from electronics.landing.dialogue.dates import spoken
from electronics.landing.dialogue.feeds import PANELS
from electronics.landing.dialogue.ordinary import CUSTOMERS
from electronics.landing.dialogue.panel import PANEL

ROOT = Path(__file__).parents[2]
MACROS = ROOT / "pipeline_macros" / "dialogue"
SAID_AT = "2026-06-26T10:00:00"  # a Friday


def day_meant(words: str) -> str | None:
    macros = Environment(autoescape=False).from_string((MACROS / "spoken_date.sql").read_text())
    query = macros.module.spoken_date("words", f"timestamp '{SAID_AT}'")
    with duckdb.connect() as con:
        day = con.execute(f"select {query} from (select ? as words)", [words]).fetchall()[0][0]
    return None if day is None else str(day)


def test_spans_of_annotations_are_what_was_said(world):
    for chat in world.chats[:300]:
        for number, said in chat.said.items():
            text = chat.record["messages"][number - 1]["text"]
            assert text == said.text
            for slot, begin, end in said.spans:
                assert text[begin:end].strip() == text[begin:end] != ""
                assert slot != "email" or "@" in text[begin:end]


def normalised(wording: str) -> str:
    """In small letters, without punctuation, and with what fills a slot as its field."""
    with_fields = re.sub(r"\[[^\]]*\]\((\w+)\)", r"{\1}", wording)
    return " ".join(re.sub(r"[^a-z0-9{} ]", "", with_fields.lower()).split())


def wordings(book: PhraseBook) -> set[str]:
    """What only this book says: whole messages and clauses, but for the bare value."""
    said = [
        each
        for by_name in (book.phrases, book.facts)
        for each in itertools.chain(*by_name.values())
    ]
    return {normalised(each) for each in said} - {f"{{{slot}}}" for slot in SLOTS}


@pytest.mark.parametrize("panel", [panel.book for panel in PANELS])
def test_no_wording_of_a_panel_is_a_customers_or_a_training_phrases(panel):
    with (ROOT / "seeds" / "training_phrases.csv").open() as file:
        phrases = {normalised(row["phrase"]) for row in csv.DictReader(file)}
    assert len(phrases) > 1_000
    assert not wordings(panel) & (wordings(CUSTOMERS) | phrases)


def test_no_damage_of_the_development_panel_is_a_customers():
    ours, theirs = (set(itertools.chain(*b.damages.values())) for b in (CUSTOMERS, PANEL))
    assert not ours & theirs


def test_no_feed_names_a_template(world):
    record = str([chat.record for chat in world.chats[:50]])
    assert not re.search(r"template|\{(name|date|damage|device)\}", record)


@pytest.mark.parametrize(
    "style",
    sorted(
        {*CUSTOMERS.date_styles, *(style for panel in PANELS for style in panel.book.date_styles)}
    ),
)
def test_sql_resolves_days_as_they_are_meant(style):
    rng = np.random.default_rng(3)
    for _ in range(3):
        words, day = spoken(rng, style, np.datetime64(SAID_AT))
        assert day_meant(f"I can come {words}.") == str(day), words


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("not Saturday, Sunday", "2026-06-28"),
        ("it's Tuesday not Monday", "2026-06-30"),
        ("14.07.2026", "2026-07-14"),
        ("in two days, this week", "2026-06-28"),
        ("2026-06-01", None),
    ],
)
def test_the_day_named_last_counts_unless_denied_or_past(words, day):
    assert day_meant(words) == day


@pytest.mark.parametrize("words", ["my name is April", "how long will it take?", ""])
def test_words_without_a_day_mean_none(words):
    assert day_meant(words) is None
