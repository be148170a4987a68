"""Days as people put them, relative to when they write."""

from collections.abc import Callable

import numpy as np

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def spoken(rng: np.random.Generator, style: str, today: np.datetime64) -> tuple[str, np.datetime64]:
    """A day within three weeks in that style, and the day it means.

    A weekday means its first such day after today, with or without "next".
    """
    low, high, words = _STYLES[style]
    day = today.astype("datetime64[D]") + int(rng.integers(low, high + 1))
    return words(day, int((day - today.astype("datetime64[D]")).astype(int))), day


def weekday(day: np.datetime64) -> str:
    """The day's name."""
    return WEEKDAYS[(int(day.astype("datetime64[D]").astype(int)) + 3) % 7]


def _month(day: np.datetime64) -> str:
    return MONTHS[int(day.astype("datetime64[M]").astype(int)) % 12]


def _number(day: np.datetime64) -> int:
    return int((day - day.astype("datetime64[M]").astype("datetime64[D]")).astype(int)) + 1


def _ordinal(number: int) -> str:
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number < 14 else last}"


Words = Callable[[np.datetime64, int], str]
_STYLES: dict[str, tuple[int, int, Words]] = {
    "iso": (2, 20, lambda day, _: str(day)),
    "tomorrow": (1, 1, lambda *_: "tomorrow"),
    "weekday": (1, 7, lambda day, _: weekday(day)),
    "next_weekday": (1, 7, lambda day, _: f"next {weekday(day)}"),
    "day_month": (2, 20, lambda day, _: f"{_number(day)} {_month(day)}"),
    "month_day": (2, 20, lambda day, _: f"{_month(day)} {_ordinal(_number(day))}"),
    "in_days": (2, 9, lambda _, n: f"in {NUMBERS[n - 1]} days"),
    "day_of_month": (2, 20, lambda day, _: f"the {_ordinal(_number(day))} of {_month(day)}"),
    "coming_weekday": (1, 7, lambda day, _: f"this coming {weekday(day)}"),
    "numeric": (
        2,
        20,
        lambda day, _: f"{_number(day):02d}/{_month_number(day):02d}/{str(day)[:4]}",
    ),
    "in_digits": (2, 9, lambda _, n: f"in {n} days"),
    "after_tomorrow": (2, 2, lambda *_: "the day after tomorrow"),
    "in_a_week": (7, 7, lambda *_: "in a week"),
}

STYLES = tuple(_STYLES)
"""Every way to put a day."""


def _month_number(day: np.datetime64) -> int:
    return int(day.astype("datetime64[M]").astype(int)) % 12 + 1
