"""The feeds about what messages mean: annotations of chats, and the panel's conversations."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from electronics.landing.calendar import FIRST_AS_OF
from electronics.landing.cases import possible_damages
from electronics.landing.customers import FIRST_NAMES, LAST_NAMES
from electronics.landing.dialogue.book import PhraseBook, Said, fill
from electronics.landing.dialogue.conversation import TYPOS, Booking
from electronics.landing.dialogue.panel import PANEL
from electronics.landing.dialogue.strangers import STRANGERS
from electronics.landing.phrases import one_of
from electronics.landing.text import as_json_lines

if TYPE_CHECKING:
    from electronics.landing.world import World

ANNOTATED = 0.6
WRONG_INTENTS = 0.01
PANEL_CONVERSATIONS = 120
ANNOTATORS = ("N01", "N02", "N03")
AGENTS = ("A01", "A02", "A03", "A04")


def chat_annotations_feed(world: World) -> pd.DataFrame:
    """What people say that messages mean, a day or two later, as JSON lines.

    Annotators read a sample; whoever takes a conversation over from the bot corrects all of it.

    Defect: a hundredth of the annotators' intents is wrong.
    """
    lines, known_at = [], []
    for i, chat in enumerate(world.chats):
        rng = world.rng("chat_annotations", i)
        is_taken_over = chat.outcome == "hand_over"
        at = chat.ended_at + np.timedelta64(int(rng.integers(3_600, 2 * 86_400)), "s")
        for number, said in chat.said.items():
            is_sampled, is_wrong = rng.random(2) < (ANNOTATED, WRONG_INTENTS)
            annotator = one_of(rng, AGENTS if is_taken_over else ANNOTATORS)
            if not (is_sampled or is_taken_over):
                continue
            intent = "unclear" if is_wrong and not is_taken_over else said.intent
            record = {
                "chat_id": chat.record["chat_id"],
                "message_number": number,
                "intent": intent,
                "slots": _slots(said),
                "reason": "taken_over" if is_taken_over else "sample",
                "annotator": annotator,
                "annotated_at": str(at),
            }
            lines.append(json.dumps(record, ensure_ascii=False))
            known_at.append(at)
    return as_json_lines(lines, np.array(known_at))


@dataclass(frozen=True)
class Panel:
    """Writers whose wordings no customer uses, and what their conversations are named.

    Attributes:
        name: development, whose errors we have looked at, or test, whose nobody has.
        book: their wordings.
        stream: of random numbers.
        prefix: of a conversation's id.
        phones: how they write a telephone number, from its last seven digits.
    """

    name: str
    book: PhraseBook
    stream: str
    prefix: str
    phones: tuple[str, ...]


PANELS = (
    Panel("development", PANEL, "dialogue_panel", "D", ("+00 555 {}{}",)),
    Panel(
        "test",
        STRANGERS,
        "dialogue_strangers",
        "E",
        ("+00 555 {}{}", "0555-{}-{}", "(0555) {} {}", "+00555{}{}", "0555/{}.{}"),
    ),
)


def dialogue_panel_feed(world: World) -> pd.DataFrame:
    """Conversations by panels of writers with the bot, each message labelled; for measuring."""
    lines = [
        json.dumps(_panel_conversation(world, panel, i))
        for panel in PANELS
        for i in range(PANEL_CONVERSATIONS)
    ]
    return pd.DataFrame({"line": lines, "landing_day": pd.Timestamp(FIRST_AS_OF)})


def _slots(said: Said) -> list[dict[str, Any]]:
    return [
        {"slot": slot, "begins_at": begin, "ends_at": end, "text": said.text[begin:end]}
        for slot, begin, end in said.spans
    ]


def _phone(panel: Panel, i: int, number: int) -> str:
    digits = f"{number:07d}"
    return panel.phones[i % len(panel.phones)].format(digits[:3], digits[3:])


def _panel_conversation(world: World, panel: Panel, i: int) -> dict[str, Any]:
    rng = world.rng(panel.stream, i)
    product = world.products.iloc[int(rng.integers(len(world.products)))]
    first, last, other = (str(rng.choice(names.split())) for names in (
        FIRST_NAMES, LAST_NAMES, LAST_NAMES
    ))  # fmt: skip
    today = FIRST_AS_OF - int(rng.integers(2, 60))
    device = f"{product['product_name']} {product['device_kind']}"
    damage_type = str(rng.choice(possible_damages(product["device_kind"])))
    damage = one_of(rng, panel.book.damages[damage_type])
    wishes = {
        "name": f"{first} {last}",
        "phone": _phone(panel, i, int(rng.integers(10**7))),
        "email": f"{first}.{last}{i}@example.net".lower(),
        "device": device,
        "damage": damage,
        "other_name": other,
    }

    def say(intent: str) -> Said:
        return fill(rng, one_of(rng, panel.book.phrases[intent]), intent, wishes, TYPOS)

    quote = float(rng.integers(20, 400))
    is_vague, is_haggling = rng.random(2) < (0.2, 0.25)
    is_accepted = rng.random() < 0.8
    turns: list[Any] = [
        say("open_request"),
        ("ask_damage", "Sorry to hear that. Can you tell me what you see?"),
        Said(one_of(rng, panel.book.vague), "describe_damage")
        if is_vague
        else say("describe_damage"),
        ("quote", f"We can do that for {quote:.0f} euros. Shall I book it?"),
    ]
    if is_haggling:
        turns += [say("haggle"), ("quote", f"As a one-off I can offer {quote:.0f} euros.")]
    turns.append(say("accept_quote" if is_accepted else "decline_quote"))
    order, outcome = None, "declined"
    if is_accepted:
        told = {"device": device} | ({} if is_vague else {"damage": damage})
        booking = Booking(panel.book, wishes, today, told)
        booking.run(rng, "phone" if rng.random() < 0.5 else "email")
        turns += booking.turns
        outcome = booking.outcome
        if outcome == "order":
            order = booking.told | {"device": product["product_name"]}
    at = today.astype("datetime64[s]") + 36_000 + np.cumsum(rng.integers(5, 240, len(turns)))
    return {
        "conversation_id": f"{panel.prefix}{i + 1:06d}",
        "panel": panel.name,
        "started_at": str(at[0]),
        "messages": [
            {"role": "customer", "at": str(when), "text": turn.text, "intent": turn.intent,
             "slots": _slots(turn)}
            if isinstance(turn, Said)
            else {"role": "agent", "at": str(when), "text": turn[1], "act": turn[0]}
            | ({"quote": quote} if turn[0] == "quote" else {})
            for turn, when in zip(turns, at, strict=True)
        ],
        "outcome": outcome,
        "order": order,
    }  # fmt: skip
