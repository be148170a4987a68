"""The chat's rules in SQL: what the shop does next."""

import duckdb
import pytest
from chat_sql import SAID_AT, rendered

SLOTS = ("name", "phone", "email", "product_id", "damage", "preferred_on")


def states(*messages: tuple, offered: str | None = None) -> list[dict]:
    """After each message: the state. A message: last act, intent, probability, text, slots."""
    with duckdb.connect() as con:
        con.execute(
            "create table turns (message_id varchar, conversation_id varchar, "
            "message_number bigint, previous_act varchar, text varchar, "
            "offered_product_id varchar, sent_at timestamp)"
        )
        con.execute(
            "create table intents (message_id varchar, predicted_intent varchar, "
            "predicted_intent_probs struct(label varchar, prob double)[], _model_version bigint)"
        )
        con.execute(
            "create table slots (message_id varchar, name varchar, phone varchar, email varchar, "
            "product_id varchar, damage varchar, preferred_on date, slot_model_version bigint)"
        )
        for number, (act, intent, probability, text, told) in enumerate(messages, 1):
            row = f"M{number}"
            con.execute(
                f"insert into turns values (?, 'C', ?, ?, ?, ?, {SAID_AT})",
                [row, number, act, text, offered],
            )
            con.execute(
                "insert into intents values (?, ?, [{'label': ?, 'prob': ?}], 1)",
                [row, intent, intent, probability],
            )
            con.execute(
                "insert into slots values (?, ?, ?, ?, ?, ?, ?, 1)",
                [row, *(told.get(slot) for slot in SLOTS)],
            )
        query = rendered("dialogue_states('turns', 'intents', 'slots')")
        found = con.sql(f"from ({query}) order by message_number")
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


TOLD = {
    "name": "Ada Stone",
    "phone": "+44 20 7946 0018",
    "product_id": "P1",
    "damage": "a crack",
    "preferred_on": "2026-06-30",
}
ACCEPTS = ("quote", "accept_quote", 0.9, "Yes, please.", {})
TELLS_ALL = ("ask_name", "inform", 0.9, "…", TOLD)


def test_a_name_and_a_number_given_instead_of_a_yes_are_kept():
    told = {slot: TOLD[slot] for slot in ("name", "phone")}
    first, second = states(("quote", "inform", 0.3, "My name is …", told), ACCEPTS)
    assert (first["acted_as"], first["next_action"]) == ("inform", "quote")
    assert (second["name"], second["phone"]) == (TOLD["name"], TOLD["phone"])
    assert second["next_action"] == "ask_device"


def test_the_device_is_what_the_shop_offered_and_another_is_a_persons_business():
    _, state = states(ACCEPTS, TELLS_ALL, offered="P2")
    assert (state["product_id"], state["next_action"]) == ("P2", "confirm")
    other = ("confirm", "correct", 0.9, "It is the Auro Pulse", {"product_id": "P1"})
    *_, state = states(ACCEPTS, TELLS_ALL, other, offered="P2")
    assert (state["product_id"], state["next_action"]) == ("P1", "hand_over")


@pytest.mark.parametrize(
    "new",
    [
        {"name": "Ada Rock"},
        {"phone": "0171 555 0199"},
        {"product_id": "P2"},
        {"damage": "a broken back cover"},
        {"preferred_on": "2026-07-03"},
    ],
    ids=lambda new: next(iter(new)),
)
def test_a_yes_that_gives_a_new_value_does_not_book(new):
    *_, state = states(ACCEPTS, TELLS_ALL, ("confirm", "confirm", 0.8, "Yes, but …", new))
    assert (state["acted_as"], state["next_action"]) == ("correct", "confirm")
    ((slot, value),) = new.items()
    assert str(state[slot]) == value


def test_a_correction_that_gives_nothing_is_asked_for_again():
    vague = ("confirm", "correct", 0.8, "No wait, another day", {})
    assert states(ACCEPTS, TELLS_ALL, vague)[-1]["next_action"] == "ask_change"
    insists = ("confirm", "correct", 0.8, "It is Ada Stone!", {"name": "Ada Stone"})
    assert states(ACCEPTS, TELLS_ALL, insists)[-1]["next_action"] == "confirm"


def test_a_yes_that_repeats_what_was_told_books():
    thanks = ("confirm", "confirm", 0.8, "Yes, see you then", {"preferred_on": "2026-06-30"})
    assert states(ACCEPTS, TELLS_ALL, thanks)[-1]["next_action"] == "order"


def test_a_doubted_message_tells_nothing_and_accepts_nothing():
    doubted = ("confirm", "confirm", 0.4, "you made my day", {"damage": "a day"})
    yes = ("confirm", "confirm", 0.9, "yes", {})
    *_, unsure, repeated, booked = states(ACCEPTS, TELLS_ALL, doubted, yes, yes)
    assert [unsure["next_action"], repeated["next_action"]] == ["ask_again", "confirm"]
    assert (booked["damage"], booked["next_action"]) == ("a crack", "order")
    perhaps = ("quote", "accept_quote", 0.3, "I'm Ada Stone", {})
    assert not states(perhaps)[-1]["is_accepted"]


def test_a_question_that_names_a_day_is_asked_again_when_it_is_doubted():
    question = (
        "ask_date",
        "ask_duration",
        0.49,
        "I fly on Friday, …?",
        {"preferred_on": "2026-07-03"},
    )
    state = states(ACCEPTS, question)[-1]
    assert (state["preferred_on"], state["next_action"]) == (None, "ask_again")


def test_the_contact_told_last_counts():
    mail = ("confirm", "correct", 0.9, "rather by mail", {"email": "ada@example.org"})
    assert states(ACCEPTS, TELLS_ALL, mail)[-1]["contact"] == "ada@example.org"


def test_a_damage_is_replaced_on_purpose_only():
    aside = ("ask_date", "inform", 0.9, "on Friday, my bag is broken", {"damage": "broken"})
    assert states(ACCEPTS, TELLS_ALL, aside)[-1]["damage"] == "a crack"


def test_a_question_answered_three_times_in_vain_goes_to_a_person():
    vain = ("ask_date", "inform", 0.9, "as soon as possible", {})
    told = {slot: value for slot, value in TOLD.items() if slot != "preferred_on"}
    tells = ("ask_name", "inform", 0.9, "…", told)
    actions = [state["next_action"] for state in states(ACCEPTS, tells, vain, vain, vain)]
    assert actions[-3:] == ["ask_date", "ask_date", "hand_over"]


def test_a_yes_books():
    *_, state = states(ACCEPTS, TELLS_ALL, ("confirm", "confirm", 0.8, "Yes", {}))
    assert state["next_action"] == "order"


def test_a_day_in_small_talk_is_not_the_day_wished_for():
    chat = ("ask_name", "small_talk", 0.9, "Rain today!", {"preferred_on": "2026-06-26"})
    assert states(ACCEPTS, chat)[-1]["preferred_on"] is None


def test_whoever_is_asked_again_for_the_damage_is_taken_at_their_word():
    vague = ("ask_damage", "describe_damage", 0.9, "See the photos.", {})
    first, *_, last = states(vague, ACCEPTS, vague)
    assert first["damage"] is None
    assert last["damage"] == "See the photos"


@pytest.mark.parametrize(
    ("said", "name"),
    [("joe pesci", "joe pesci"), ("linda", "linda"), ("same as before", None), ("hm", None)],
)
def test_one_or_two_words_asked_for_a_name_are_one_even_without_capitals(said, name):
    assert states(ACCEPTS, ("ask_name", "inform", 0.9, said, {}))[-1]["name"] == name


def test_a_short_answer_about_the_damage_is_taken_whole():
    answer = ("ask_damage", "inform", 0.9, "scratched all over.", {"damage": "scratched all"})
    assert states(ACCEPTS, answer)[-1]["damage"] == "scratched all over"


def test_what_is_told_along_with_the_yes_is_kept():
    yes = ("quote", "accept_quote", 0.9, "Yes, I am …", {"email": "linda@example.org"})
    assert states(yes)[-1]["email"] == "linda@example.org"


def test_two_doubtful_messages_in_a_row_go_to_a_person():
    doubtful = ("ask_name", "unclear", 0.3, "hm", {})
    assert [state["next_action"] for state in states(ACCEPTS, doubtful, doubtful)] == [
        "ask_name", "ask_again", "hand_over",
    ]  # fmt: skip
