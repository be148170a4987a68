"""Repair chats: the customer tells, the agent quotes, the customer decides, the bot books."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from electronics.landing import phrases
from electronics.landing.customers import LAST_NAMES
from electronics.landing.defects import chosen
from electronics.landing.dialogue.book import Said
from electronics.landing.dialogue.conversation import Booking
from electronics.landing.dialogue.ordinary import CUSTOMERS
from electronics.landing.phrases import one_of, with_typos
from electronics.landing.text import as_json_lines

if TYPE_CHECKING:
    from electronics.landing.world import World

MALFORMED, UNKNOWN_REQUESTS = 0.01, 0.005
TYPOS = 0.04
SMALL_TALK_SHARE = 0.35
AGE_MENTIONED = 0.5


@dataclass(frozen=True)
class Chat:
    """One conversation, when its quote was decided and its last message sent, and its truth.

    Attributes:
        record: what lands.
        decided_at: when the customer took or refused the last quote.
        ended_at: when the last message was sent.
        said: by message number from 1, what the customer meant.
        outcome: order, hand_over or close; declined where no quote was taken.
    """

    record: dict[str, Any]
    decided_at: np.datetime64
    ended_at: np.datetime64
    said: dict[int, Said]
    outcome: str


def true_chats(world: World) -> list[Chat]:
    """One conversation per repair request, in the requests' order."""
    customers = world.customers.set_index("customer_id")
    people = customers.loc[world.cases["customer_id"], ["full_name", "email", "phone"]]
    return [
        _conversation(world, i, case, dict(zip(people.columns, person, strict=True)))
        for i, (case, person) in enumerate(
            zip(world.cases.itertuples(), people.itertuples(index=False), strict=True)
        )
    ]


def repair_chats_feed(world: World) -> pd.DataFrame:
    """Each chat as one JSON line, landed when it ended.

    Defects: lines cut off in transfer, chats that name a request nobody filed.
    """
    rng = world.rng("repair_chats_feed")
    n = len(world.chats)
    malformed, unknown = chosen(rng, n, MALFORMED), chosen(rng, n, UNKNOWN_REQUESTS)
    lines = []
    for i, chat in enumerate(world.chats):
        record = chat.record | ({"request_id": f"Q{990_001 + i:06d}"} if unknown[i] else {})
        line = json.dumps(record, ensure_ascii=False)
        lines.append(line[: int(len(line) * rng.uniform(0.3, 0.9))] if malformed[i] else line)
    return as_json_lines(lines, np.array([chat.ended_at for chat in world.chats]))


def _conversation(world: World, i: int, case: Any, person: dict[str, str]) -> Chat:
    rng = world.rng("chats", i)
    product = f"{case.product_name} {case.device_kind}"
    opening = f"{one_of(rng, phrases.GREETINGS)}! "
    if rng.random() < SMALL_TALK_SHARE:
        opening += one_of(rng, phrases.SMALL_TALK).capitalize() + ". "
    opening += one_of(rng, phrases.OPENERS).format(product=product)
    told, marked = phrases.marked_damage(
        rng, case.damage_type, case.severity, phrases.VAGUE_IN_CHATS
    )
    told = told[0].upper() + told[1:] + "."
    damage = told[slice(*marked)] if marked else ""
    if rng.random() < AGE_MENTIONED:
        months = max(1, round(case.device_age_days / 30))
        told += " " + one_of(rng, phrases.AGES).format(months=months)
    decision = one_of(rng, phrases.ACCEPTANCES if case.is_accepted else phrases.REFUSALS)

    begins = opening.index(product)
    told_spans = (("damage", *marked),) if marked else ()
    decided = "accept_quote" if case.is_accepted else "decline_quote"
    # Typos leave a text as long as it was, so that the spans stay where they are.
    turns: list[tuple[str, str, float | None] | Said] = [
        Said(opening, "open_request", (("device", begins, begins + len(product)),)),
        ("ask_damage", one_of(rng, phrases.AGENT_QUESTIONS), None),
        Said(told, "describe_damage", told_spans),
        ("quote", one_of(rng, phrases.AGENT_QUOTES), case.first_quote),
    ]
    if case.haggles:
        turns.append(Said(one_of(rng, phrases.HAGGLES), "haggle"))
        turns.append(("quote", one_of(rng, phrases.AGENT_CONCESSIONS), case.final_quote))
    turns.append(Said(decision, decided))

    # The customer sleeps over the last quote, or does not.
    pauses = rng.integers(20, 900, len(turns))
    pauses[-1] = rng.integers(60, 20 * 3600)
    at = np.datetime64(case.requested_at, "s") + np.cumsum(pauses).astype("timedelta64[s]")
    decided_at = at[-1]
    turns = [
        Said(with_typos(rng, turn.text, TYPOS), turn.intent, turn.spans)
        if isinstance(turn, Said)
        else turn
        for turn in turns
    ]
    outcome = "declined"
    if case.is_accepted:
        rng = world.rng("booking", i)
        booking = _booking(rng, case, person, product, damage, decided_at)
        outcome = booking.outcome
        turns += [turn if isinstance(turn, Said) else (*turn, None) for turn in booking.turns]
        more = np.cumsum(rng.integers(5, 240, len(booking.turns))).astype("timedelta64[s]")
        at = np.concatenate([at, decided_at + more])
    messages, said = _messages(turns, at)
    record = {
        "chat_id": f"H{i + 1:06d}",
        "request_id": case.request_id,
        "customer_id": case.customer_id,
        "started_at": messages[0]["at"],
        "messages": messages,
    }
    return Chat(record, decided_at, at[-1], said, outcome)


def _booking(
    rng: np.random.Generator,
    case: Any,
    person: dict[str, str],
    product: str,
    damage: str,
    decided_at: np.datetime64,
) -> Booking:
    wishes = {
        "name": person["full_name"],
        "phone": person["phone"],
        "email": person["email"],
        "device": product,
        "damage": one_of(rng, CUSTOMERS.damages[case.damage_type]),
        "other_name": str(rng.choice(LAST_NAMES.split())),
    }
    told = {"device": product} | ({"damage": damage} if damage else {})
    booking = Booking(CUSTOMERS, wishes, decided_at, told)
    booking.run(rng, "phone" if rng.random() < 0.5 else "email")
    return booking


def _messages(
    turns: list[tuple[str, str, float | None] | Said], at: np.ndarray
) -> tuple[list[dict[str, Any]], dict[int, Said]]:
    messages, said = [], {}
    for number, (turn, sent_at) in enumerate(zip(turns, at, strict=True), 1):
        if isinstance(turn, Said):
            messages.append({"role": "customer", "at": str(sent_at), "text": turn.text})
            said[number] = turn
            continue
        act, text, quote = turn
        message: dict[str, Any] = {"role": "agent", "at": str(sent_at), "text": text, "act": act}
        if quote is not None:
            message |= {"text": text.format(price=f"{quote:.0f} euros"), "quote": float(quote)}
        messages.append(message)
    return messages, said
