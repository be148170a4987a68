"""Repair chats: the customer tells, the agent quotes, the customer decides; as JSON lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from electronics.landing import phrases
from electronics.landing.calendar import landing_days
from electronics.landing.defects import chosen
from electronics.landing.phrases import one_of, with_typos

if TYPE_CHECKING:
    from electronics.landing.world import World

MALFORMED, UNKNOWN_REQUESTS = 0.01, 0.005
TYPOS = 0.04
SMALL_TALK_SHARE = 0.35
AGE_MENTIONED = 0.5


@dataclass(frozen=True)
class Chat:
    """One conversation, and when its last message was sent (the decision)."""

    record: dict[str, Any]
    ended_at: np.datetime64


def true_chats(world: World) -> list[Chat]:
    """One conversation per repair request, in the requests' order."""
    return [
        _conversation(world.rng("chats", i), f"H{i + 1:06d}", case)
        for i, case in enumerate(world.cases.itertuples())
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
    ended_at = np.array([chat.ended_at for chat in world.chats])
    order = np.argsort(ended_at, kind="stable")
    rows = pd.DataFrame({"line": lines, "landing_day": landing_days(ended_at)})
    return rows.iloc[order].reset_index(drop=True)


def _conversation(rng: np.random.Generator, chat_id: str, case: Any) -> Chat:
    product = f"{case.product_name} {case.device_kind}"
    opening = f"{one_of(rng, phrases.GREETINGS)}! "
    if rng.random() < SMALL_TALK_SHARE:
        opening += one_of(rng, phrases.SMALL_TALK).capitalize() + ". "
    opening += one_of(rng, phrases.OPENERS).format(product=product)
    told = phrases.damage_in_words(rng, case.damage_type, case.severity, phrases.VAGUE_IN_CHATS)
    told = told[0].upper() + told[1:] + "."
    if rng.random() < AGE_MENTIONED:
        months = max(1, round(case.device_age_days / 30))
        told += " " + one_of(rng, phrases.AGES).format(months=months)
    decision = one_of(rng, phrases.ACCEPTANCES if case.is_accepted else phrases.REFUSALS)

    turns: list[tuple[str, str, float | None]] = [
        ("customer", opening, None),
        ("agent", one_of(rng, phrases.AGENT_QUESTIONS), None),
        ("customer", told, None),
        ("agent", one_of(rng, phrases.AGENT_QUOTES), case.first_quote),
    ]
    if case.haggles:
        turns.append(("customer", one_of(rng, phrases.HAGGLES), None))
        turns.append(("agent", one_of(rng, phrases.AGENT_CONCESSIONS), case.final_quote))
    turns.append(("customer", decision, None))

    # The customer sleeps over the last quote, or does not.
    pauses = rng.integers(20, 900, len(turns))
    pauses[-1] = rng.integers(60, 20 * 3600)
    at = np.datetime64(case.requested_at, "s") + np.cumsum(pauses).astype("timedelta64[s]")
    messages = []
    for (role, text, quote), sent_at in zip(turns, at, strict=True):
        if role == "customer":
            text = with_typos(rng, text, TYPOS)
        message: dict[str, Any] = {"role": role, "at": str(sent_at), "text": text}
        if quote is not None:
            message["text"] = text.format(price=f"{quote:.0f} euros")
            message["quote"] = float(quote)
        messages.append(message)
    record = {
        "chat_id": chat_id,
        "request_id": case.request_id,
        "customer_id": case.customer_id,
        "started_at": messages[0]["at"],
        "messages": messages,
    }
    return Chat(record, at[-1])
