"""What the chat's macros read in a message: numbers, products, days and tagged words."""

import duckdb
import numpy as np
import pytest
from chat_sql import SAID_AT, SAID_ON, rendered

from electronics.landing.dialogue.dates import STYLES, spoken

PRODUCTS = """
create table products as
from (values
    ('P1', 'Auro Pulse', 'smartwatch'), ('P2', 'Auro Pulse 11', 'smartwatch')
) as t (product_id, product_name, device_kind)
"""


def value(call: str, text: str) -> str | None:
    with duckdb.connect() as con:
        found = con.execute(f"select {rendered(call)} from (select ? as text)", [text]).fetchall()
    return found[0][0]


def day_meant(words: str) -> str | None:
    day = value(f"spoken_date('text', {SAID_AT!r})", words)
    return None if day is None else str(day)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("call +44 20 7946 0018, please", "+44 20 7946 0018"),
        ("(030) 5550 1234", "(030) 5550 1234"),
        ("it is 0171-555 0199.", "0171-555 0199"),
        ("0555/123.4567", "0555/123.4567"),
        ("+005551234567", "+005551234567"),
        ("2026-07-04 10:30 is fine", None),
        ("on 12/08/2026", None),
        ("2026-07-04, or ring 0555 123 4567", "0555 123 4567"),
        ("the Auro Pulse 11", None),
        ("14-07-2026 10.30", None),
        ("14.07.2026 at 10.30 or 15.07.2026", None),
        ("12345678901@example.com", None),
        ("IMEI 356938035643809", None),
        ("serial 4466-22-1199", None),
        ("0555 123 4567 / 0555 765 4321", "0555 123 4567"),
        ("01-23-45-67-89", "01-23-45-67-89"),
    ],
)
def test_a_telephone_number_is_told_from_a_day(text, phone):
    assert value("phone_in('text')", text) == phone


def test_the_last_product_named_counts_and_its_longest_name():
    with duckdb.connect() as con:
        con.execute(PRODUCTS)
        con.execute(
            "create table turns as from (values "
            "('a', 'not the Auro Pulse 11 but the auro pulse.'), "
            "('b', 'My Auro Pulse 11 smartwatch!'), ('c', 'an Auro Pulser')"
            ") as t (message_id, text)"
        )
        named = con.sql(rendered("products_named('turns', 'products')") + " order by 1").fetchall()
    assert named == [("a", "P1"), ("b", "P2")]


def told(*tags: tuple[str, str, float], after: str = "ask_name") -> tuple:
    """Name, damage and day of a message; a tag: word, tag, probability of its being a name."""
    with duckdb.connect() as con:
        con.execute(PRODUCTS)
        text = " ".join(word for word, _, _ in tags)
        con.execute(
            "create table turns as select 'M' as message_id, ? as text, "
            f"? as previous_act, {SAID_AT} as sent_at",
            [text, after],
        )
        con.execute(
            "create table tags (message_id varchar, token_number bigint, token varchar, "
            "predicted_tag varchar, predicted_tag_probs struct(label varchar, prob double)[], "
            "_model_version bigint)"
        )
        for number, (word, tag, probability) in enumerate(tags, 1):
            con.execute(
                "insert into tags values ('M', ?, ?, ?, [{'label': 'name', 'prob': ?}], 1)",
                [number, word, tag, probability],
            )
        query = rendered("message_slots('turns', 'tags', 'products')")
        return con.sql(f"select name, damage, preferred_on::varchar from ({query})").fetchall()[0]


def test_a_surname_goes_with_its_first_name():
    assert told(("I'm", "none", 0), ("Ada", "name", 0.8), ("Stone,", "none", 0.2))[0] == "Ada Stone"
    assert told(("I'm", "none", 0), ("Ada", "name", 0.8), ("Call", "none", 0))[0] == "Ada"
    assert told(("Ada,", "name", 0.8), ("Rain", "none", 0.2))[0] == "Ada"


def test_tomorrow_tagged_alone_is_a_day_short_of_the_day_after_it():
    words = [(word, "none", 0.0) for word in ("the", "day", "after")]
    assert told(*words, ("tomorrow.", "date", 0.0))[2] == "2026-06-28"
    apart = (("the", "date", 0.0), words[1], ("after", "date", 0.0), ("tomorrow", "date", 0.0))
    assert told(*apart)[2] == "2026-06-28"


def test_an_address_or_a_number_is_nobodys_name():
    assert told(("maria@lopez.es", "name", 0.9))[0] is None
    assert told(("Ada", "name", 0.9), ("0555", "name", 0.4))[0] == "Ada"


@pytest.mark.parametrize(
    ("said", "after", "day"),
    [
        ("today", "ask_date", "2026-06-26"),
        ("you made my day today", "confirm", None),
        ("friday suits me", "ask_contact", "2026-07-03"),
        ("it broke on monday", "ask_damage", None),
    ],
)
def test_a_day_without_a_tag_counts_where_it_may_be_the_one_wished_for(said, after, day):
    assert told(*((word, "none", 0.0) for word in said.split()), after=after)[2] == day


@pytest.mark.parametrize("style", STYLES)
def test_sql_resolves_days_as_they_are_meant(style):
    rng = np.random.default_rng(3)
    for _ in range(3):
        words, day = spoken(rng, style, np.datetime64(SAID_ON))
        assert day_meant(f"I can come {words}.") == str(day), words


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("not Saturday, Sunday", "2026-06-28"),
        ("it's Tuesday not Monday", "2026-06-30"),
        ("I can't on Monday", None),
        ("any day but Monday", None),
        ("cannot make it next Monday, but Tuesday is fine", "2026-06-30"),
        ("no wait, the 28th", "2026-06-28"),
        ("on Thursday the 2nd", "2026-07-02"),
        ("the 31st", "2026-07-31"),
        ("the 2nd of August", "2026-08-02"),
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
