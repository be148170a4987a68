"""Functions that are known and not written yet; each leaves this file when it is."""

from __future__ import annotations

from goldloop.functions.declaration import Group, RefusedFunction

_IN_FROM = {
    Group.INFER: """
        ML.RECOMMEND
        ML.GENERATE_EMBEDDING
        AI.GENERATE_EMBEDDING
    """,
}
_IN_EXPRESSIONS: dict[Group, str] = {}
_REASON = "is not available yet"

PENDING = tuple(
    RefusedFunction(name, group, _REASON, in_from)
    for names, in_from in ((_IN_FROM, True), (_IN_EXPRESSIONS, False))
    for group, listed in names.items()
    for name in listed.split()
)
