"""How a conversation goes on once the quote is accepted, up to an order or a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from electronics.dialogue.bot import ANSWERS, ENDS, SAYS, summary
from electronics.landing.dialogue.book import PhraseBook, Said, fill, informing
from electronics.landing.dialogue.dates import spoken
from electronics.landing.phrases import one_of

TYPOS = 0.04
# Of the customer's turns while the bot asks, and when it confirms.
WHILE_ASKED = {
    "ask_price": 0.03, "ask_duration": 0.04, "ask_warranty": 0.04, "small_talk": 0.05,
    "unclear": 0.04, "correct": 0.08, "change_mind": 0.02, "ask_person": 0.02,
}  # fmt: skip
WHEN_CONFIRMING = {
    "correct": 0.15, "deny": 0.06, "change_mind": 0.03, "ask_person": 0.02,
    "ask_price": 0.02, "ask_duration": 0.02, "ask_warranty": 0.02, "small_talk": 0.01,
}  # fmt: skip
MORE_AT_ONCE = 0.35
ENDED_BY = {"change_mind": "close", "ask_person": "hand_over"}
LONGEST = 30


@dataclass
class Booking:
    """One conversation about an order: what the writer wants, and the turns so far.

    Attributes:
        book: the wordings of who writes.
        wishes: what the writer would tell: name, phone, email, device, damage.
        today: the day it takes place.
        told: what has been told so far, by slot; `date` as a day.
        turns: (act of the bot, its text) and what the customer says, in order.
        outcome: order, hand_over or close.
    """

    book: PhraseBook
    wishes: Mapping[str, str]
    today: np.datetime64
    told: dict[str, str] = field(default_factory=dict)
    turns: list[tuple[str, str] | Said] = field(default_factory=list)
    outcome: str = "hand_over"

    def run(self, rng: np.random.Generator, contact: str) -> None:
        """Play it to its end; `contact` is the slot the writer likes to be reached by."""
        act = self._next_act(contact)
        answer = ""
        while len(self.turns) < LONGEST:
            self._bot(rng, act, answer)
            if act in ENDS:
                self.outcome = act
                return
            act, answer = self._customer(rng, act, contact)
        self._bot(rng, "hand_over")

    def _next_act(self, contact: str) -> str:
        for slot, act in (
            ("name", "ask_name"), (contact, "ask_contact"), ("device", "ask_device"),
            ("damage", "ask_damage"), ("date", "ask_date"),
        ):  # fmt: skip
            if slot not in self.told:
                return act
        return "confirm"

    def _bot(self, rng: np.random.Generator, act: str, answer: str = "") -> None:
        text = one_of(rng, SAYS[act])
        if act == "confirm":
            text = text.format(summary=summary(self.told))
        self.turns.append((act, f"{answer} {text}".strip()))

    def _customer(self, rng: np.random.Generator, act: str, contact: str) -> tuple[str, str]:
        usual = "confirm" if act == "confirm" else "inform"
        others = WHEN_CONFIRMING if act == "confirm" else WHILE_ASKED
        intent = str(rng.choice([*others, usual], p=[*others.values(), 1 - sum(others.values())]))
        if act == "ask_change":
            intent = "correct"
        if intent == "correct" and not self._changeable():
            intent = "inform"
        if intent == "inform":
            self._inform(rng, act, contact)
        elif intent == "correct":
            self._correct(rng)
        else:
            self._say(rng, one_of(rng, self.book.phrases[intent]), intent, {})
        if intent in ENDED_BY:
            return ENDED_BY[intent], ""
        if intent == "confirm":
            return "order", ""
        if intent == "deny":
            return "ask_change", ""
        return self._next_act(contact), ANSWERS.get(intent, "")

    def _changeable(self) -> list[str]:
        return [slot for slot in ("name", "phone", "email", "date") if slot in self.told]

    def _inform(self, rng: np.random.Generator, act: str, contact: str) -> None:
        asked = contact if act == "ask_contact" else act.removeprefix("ask_")
        slots = [asked]
        missing = [
            s for s in ("name", contact, "damage", "date") if s not in self.told and s != asked
        ]
        while missing and rng.random() < MORE_AT_ONCE:
            slots.append(missing.pop(int(rng.integers(len(missing)))))
        words = {slot: self._word(rng, slot) for slot in slots}
        self._say(rng, informing(rng, self.book, slots), "inform", words)

    def _correct(self, rng: np.random.Generator) -> None:
        slot = self._changeable()[int(rng.integers(len(self._changeable())))]
        words = {slot: self._word(rng, slot, again=True)}
        template = one_of(rng, self.book.phrases["correct"])
        self._say(rng, template.format(fact=one_of(rng, self.book.facts[slot])), "correct", words)

    def _word(self, rng: np.random.Generator, slot: str, again: bool = False) -> str:
        if slot == "date":
            text, day = spoken(rng, one_of(rng, self.book.date_styles), self.today)
            self.told["date"] = str(day)
            return text
        value = self.wishes[slot]
        if again and slot == "phone":
            value = f"{value[:-1]}{(int(value[-1]) + 1) % 10}"
        elif again and slot == "name":
            value = f"{value}-{self.wishes['other_name']}"
        elif again and slot == "email":
            value = value.replace("@example.com", "@example.org")
        self.told[slot] = value
        return value

    def _say(
        self, rng: np.random.Generator, template: str, intent: str, words: Mapping[str, str]
    ) -> None:
        self.turns.append(fill(rng, template, intent, words, TYPOS))
