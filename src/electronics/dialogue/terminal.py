"""`goldloop-chat`: the repair chat in a terminal, or over lines piped to it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime, time
from pathlib import Path

import goldloop
from electronics.dialogue.live import Conversation, Request, open_requests, request_of
from electronics.landing.arrival import landed_as_of
from electronics.landing.errors import LandingError
from electronics.landing.files import write_atomically

_LAST_START = time(22)


def main(arguments: list[str] | None = None) -> int:
    """Hold a conversation; return 0 when it is over, 2 when it cannot be held as asked."""
    given = _parser().parse_args(arguments)
    try:
        return _chat(given)
    except (goldloop.GoldloopError, LandingError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _chat(given: argparse.Namespace) -> int:
    if not Path(given.database).exists():
        raise goldloop.GoldloopError(
            f"There is no warehouse {given.database}: run `make build`, or name it with -d."
        )
    with goldloop.connect(given.database, read_only=True) as session:
        request = _request(session, given.request)
        day = landed_as_of(given.landing)
        if day is None:
            raise goldloop.GoldloopError(
                f"{given.landing} is no landing zone, so the transcript cannot land there: "
                "name it with --landing."
            )
        # No later than ends on that day: the build of a day hears what was said by its end.
        clock = datetime.now().time().replace(microsecond=0)
        chat_id = f"L{day.astype(object):%y%m%d}{clock:%H%M%S}{request.request_id}"
        now = datetime.combine(day.astype(object), min(clock, _LAST_START))
        conversation = Conversation(session, request, chat_id, now)
        print(f"bot: {conversation.messages[0]['text']}")
        while not conversation.is_over():
            text = _heard()
            if text is None:
                break
            if text:
                print(f"bot: {conversation.hear(text)}")
        _tell(conversation)
    if not conversation.state:
        print("Nothing was said, so there is no transcript.")
        return 0
    path = Path(given.landing) / "repair_chats" / f"repair_chats_{chat_id}_{day}.jsonl"
    line = json.dumps(conversation.record(), ensure_ascii=False)
    write_atomically(path, f"{line}\n".encode())
    print(f"transcript: {path} (lands with the next build)")
    return 0


def _request(session: goldloop.Session, asked: str | None) -> Request:
    request = request_of(session.connection, asked) if asked else None
    waiting = open_requests(session.connection)
    if request:
        return request
    if not waiting:
        raise goldloop.GoldloopError(
            "No request waits for an order: land another week and build (`make next`)."
        )
    if asked:
        ids = ", ".join(each.request_id for each in waiting)
        raise goldloop.GoldloopError(
            f"Request {asked} has no accepted quote without an order; the newest with one: {ids}."
        )
    return waiting[0]


def _heard() -> str | None:
    if sys.stdin.isatty():
        try:
            return input("you: ").strip()
        except (EOFError, KeyboardInterrupt):
            return None
    line = sys.stdin.readline()
    if not line:
        return None
    print(f"you: {line.strip()}")
    return line.strip()


def _tell(conversation: Conversation) -> None:
    if conversation.state.get("next_action") != "order":
        return
    print(f"\norder for request {conversation.request.request_id}")
    for slot, value in conversation.slots().items():
        if value is not None:
            print(f"  {slot:<8} {value}")
    version = conversation.request.quote_model_version
    by = "the shop" if version is None else f"version {version} of repair_cost"
    print(f"  {'price':<8} {conversation.request.quoted_price:.2f}, quoted by {by}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="goldloop-chat", description=__doc__)
    environment = os.environ.get
    parser.add_argument(
        "-d", "--database", default=environment("GOLDLOOP_DATABASE", "warehouse.duckdb"),
        help="the warehouse (GOLDLOOP_DATABASE, else warehouse.duckdb); only read",
    )  # fmt: skip
    parser.add_argument(
        "--landing", type=Path, default=Path(environment("GOLDLOOP_LANDING", "landing")),
        help="where the transcript lands (GOLDLOOP_LANDING, else landing)",
    )  # fmt: skip
    parser.add_argument(
        "--request", help="a request with an accepted quote and no order yet; default the newest"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
