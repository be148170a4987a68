"""A live conversation: the warehouse's models understand it, the warehouse's rules decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import duckdb

from electronics.dialogue.bot import ANSWERS, ENDS, SAYS, summary
from goldloop import Session

_MESSAGES = """
create or replace temp table live_messages (
    conversation_id varchar, message_id varchar, message_number bigint,
    role varchar, text varchar, act varchar, sent_at timestamp
)
"""
_SLOTS = ("name", "contact", "product_id", "damage", "preferred_on")


@dataclass
class Request:
    """A repair request to book.

    Attributes:
        request_id: the request.
        customer_id: who filed it.
        device: its product and kind.
        quoted_price: the quote, euros.
        quote_model_version: the version of `repair_cost` that the quote is of; None where the
            models have none, or leave it to a technician, so that it is the shop's.
    """

    request_id: str
    customer_id: str
    device: str
    quoted_price: float
    quote_model_version: int | None = None


@dataclass
class Conversation:
    """One chat about a request whose quote is accepted, kept in the session's temporary tables.

    Attributes:
        session: a session on the warehouse; read-only is enough.
        request: what the chat is about.
        chat_id: of the transcript.
        now: when the next message is sent.
        messages: as they land.
        state: the last row of `dialogue_states`.
    """

    session: Session
    request: Request
    chat_id: str
    now: datetime
    messages: list[dict[str, Any]] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session.connection.execute(_MESSAGES)
        price = f"{self.request.quoted_price:.0f} euros"
        version = self.request.quote_model_version
        we = "We" if version is None else "From your photographs: we"
        offer = f"{we} can repair your {self.request.device} for {price}. Shall I book it?"
        self._add("agent", offer, "quote")
        self.messages[-1] |= {"quote": self.request.quoted_price, "quote_model_version": version}

    def hear(self, text: str) -> str:
        """Take a message of the customer; return what the bot says."""
        self._add("customer", text, None)
        self.state = self._understood()
        act = self.state["next_action"]
        # Whoever is in this chat has accepted the quote or is about to.
        said = (
            f"The quote is {self.request.quoted_price:.0f} euros. Shall I book the repair?"
            if act == "quote"
            else SAYS[act][0]
        )
        if act == "confirm":
            said = said.format(summary=summary(self.slots()))
        if not self.state["is_unsure"] and act not in ENDS:
            said = f"{ANSWERS.get(self.state['acted_as'], '')} {said}".strip()
        self._add("agent", said, act)
        return said

    def is_over(self) -> bool:
        """Whether an order, a person or a cancellation ended it."""
        return self.state.get("next_action") in ENDS

    def slots(self) -> dict[str, str | None]:
        """What has been told so far, in words."""
        told = {slot: self.state.get(slot) for slot in _SLOTS}
        rows = self.session.connection.execute(
            "select product_name || ' ' || device_kind from gold.dim_product where product_id = ?",
            [told["product_id"]],
        ).fetchall()
        return {
            "name": told["name"],
            "contact": told["contact"],
            "device": rows[0][0] if rows else None,
            "damage": told["damage"],
            "date": None if told["preferred_on"] is None else str(told["preferred_on"]),
        }

    def record(self) -> dict[str, Any]:
        """The transcript, as a line of the feed `repair_chats`."""
        return {
            "chat_id": self.chat_id,
            "request_id": self.request.request_id,
            "customer_id": self.request.customer_id,
            "started_at": self.messages[0]["at"],
            "messages": self.messages,
        }

    def _add(self, role: str, text: str, act: str | None) -> None:
        number = len(self.messages) + 1
        at = self.now.isoformat(timespec="seconds")
        message = {"role": role, "at": at, "text": text} | ({"act": act} if act else {})
        self.messages.append(message)
        self.session.connection.execute(
            "insert into live_messages values (?, ?, ?, ?, ?, ?, ?)",
            [self.chat_id, f"{self.chat_id}-{number}", number, role, text, act, self.now],
        )
        self.now += timedelta(seconds=15)

    def _understood(self) -> dict[str, Any]:
        con = self.session.connection
        con.execute(
            "create or replace temp table live_turns as "
            "from silver.customer_turns_of('live_messages', 'gold.dim_product')"
        )
        con.execute(
            "create or replace temp table live_tokens as "
            "from silver.message_tokens_of('live_turns', 'gold.dim_product')"
        )
        self._scored("message_intent", "live_turns", "live_intents")
        self._scored("message_slot", "live_tokens", "live_tags")
        con.execute(
            "create or replace temp table live_slots as from "
            "inference.message_slots_of('live_turns', 'live_tags', 'gold.dim_product')"
        )
        states = con.sql(
            "from gold.dialogue_states_of('live_turns', 'live_intents', 'live_slots') "
            "order by message_number desc limit 1"
        )
        return dict(zip(states.columns, states.fetchall()[0], strict=True))

    def _scored(self, model: str, rows: str, name: str) -> None:
        served = self.session.model(f"ml.{model}")
        scores = served.predict(self.session.connection.table(rows))
        version = int(served.card().version)
        rows_scored = scores.project(f"*, {version}::bigint as _model_version").to_arrow_table()
        self.session.connection.register(name, rows_scored)


def open_requests(con: duckdb.DuckDBPyConnection, limit: int = 5) -> list[Request]:
    """Requests that a customer would have repaired and no order is for yet, newest first."""
    return _requests(con, "orders.request_id is null", [], limit)


def request_of(con: duckdb.DuckDBPyConnection, request_id: str) -> Request | None:
    """The request of that id, if its customer would have it repaired and no order is for it."""
    found = _requests(con, "orders.request_id is null and repairs.request_id = ?", [request_id], 1)
    return found[0] if found else None


def _requests(
    con: duckdb.DuckDBPyConnection, condition: str, values: list[str], limit: int
) -> list[Request]:
    rows = con.execute(
        f"""
        select
            repairs.request_id,
            repairs.customer_id,
            products.product_name || ' ' || products.device_kind,
            coalesce(quotes.quoted_price, repairs.quoted_price)::double,
            quotes.cost_model_version
        from gold.fct_repairs as repairs
        inner join gold.dim_product as products using (product_id)
        left join inference.quotes_to_make as quotes
            on repairs.request_id = quotes.request_id and not quotes.is_for_technician
        left join gold.fct_repair_orders as orders
            on repairs.request_id = orders.request_id
        where repairs.is_accepted and {condition}
        order by repairs.decided_at desc, repairs.request_id
        limit {int(limit)}
        """,
        values,
    ).fetchall()
    return [Request(*row) for row in rows]
