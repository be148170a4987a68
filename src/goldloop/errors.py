"""What Goldloop says when it cannot go on: a family of errors, each with its fix."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class GoldloopError(Exception):
    """Base of every error a user can cause; the message says what, where, expected and fix."""


class OptionError(GoldloopError):
    """An option is unknown, unsupported, of the wrong type, out of range or contradicts another."""


class TrainingDataError(GoldloopError):
    """The training set cannot train this model: no rows, no label, one class, a bad column."""


class ModelNotFoundError(GoldloopError):
    """No model of that name in the warehouse."""


class ModelKindError(GoldloopError):
    """The model exists but is of a kind the called function does not serve."""


class NotExpressibleError(GoldloopError):
    """An estimator (or one step of it) has no SQL form; it can still be scored natively."""


class StatementError(GoldloopError):
    """A statement of the ML dialect cannot be read or is refused."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ` Did you mean 'x'?` for the closest of `known`, or an empty string."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    matches = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return f" Did you mean '{by_folded[matches[0]]}'?" if matches else ""
