"""Conversations are labelled as they were meant, and the panel's wordings are its own."""

import csv
import itertools
import re
from pathlib import Path

import pytest

from electronics.landing.dialogue.book import SLOTS, PhraseBook
from electronics.landing.dialogue.feeds import PANELS
from electronics.landing.dialogue.ordinary import CUSTOMERS
from electronics.landing.dialogue.panel import PANEL

ROOT = Path(__file__).parents[2]


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
