"""What the bot of the repair chat says: by its next action, and to questions in between."""

from collections.abc import Mapping

SAYS: dict[str, tuple[str, ...]] = {
    "ask_name": (
        "Great! What name should I put on the order?",
        "Thank you. Under which name may I book it?",
        "Who is the order for?",
    ),
    "ask_contact": (
        "How can we reach you, by phone or e-mail?",
        "Please leave me a phone number or an e-mail address.",
        "Where can we contact you?",
    ),
    "ask_device": (
        "Which device is it, exactly?",
        "What model is the device?",
    ),
    "ask_damage": (
        "What should the technician look at?",
        "Please tell me the damage in a few words.",
    ),
    "ask_date": (
        "When would you like to bring it in?",
        "Which day would suit you?",
        "What date do you prefer?",
    ),
    "confirm": (
        "Let me repeat: {summary}. Is that correct?",
        "So I have {summary}. Shall I book it like this?",
    ),
    "ask_change": (
        "I am sorry. What should I change?",
        "Which part is wrong, please?",
    ),
    "ask_again": ("I am not sure I understood. Could you put it another way?",),
    "hand_over": ("I will hand you over to a colleague, who will be with you shortly.",),
    "order": ("Done, your repair is booked. Thank you!",),
    "close": ("Understood, I have cancelled it. Have a good day.",),
}
ENDS = ("order", "hand_over", "close")
"""The acts after which nothing more is said."""
ANSWERS: dict[str, str] = {
    "ask_price": "The price is the quote, taxes included, paid when you collect it.",
    "ask_duration": "A repair takes two to nine days.",
    "ask_warranty": "We use original parts and give a year on them; a backup is a good idea.",
    "small_talk": "That is kind.",
    "unclear": "I am not sure I understood.",
}


def summary(slots: Mapping[str, str | None]) -> str:
    """The order's slots in one line."""
    contact = slots.get("contact") or slots.get("phone") or slots.get("email")
    return (
        f"{slots['device']}, {slots['damage']}, for {slots['name']} ({contact}), on {slots['date']}"
    )
