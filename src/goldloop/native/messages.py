"""DuckDB's messages, in short and in the words of who wrote the statement."""

from __future__ import annotations

import re

from goldloop.native.table import NATIVE_FUNCTIONS

# The excerpt is of the translated SQL, and candidates fill a screen.
_LIST = re.compile(r"\n\s*(LINE \d+:|Candidate functions:)", re.DOTALL)
_NATIVE = re.compile(r"\bgoldloop_\w+")
_WRITTEN = {each.name: each.stands_for for each in NATIVE_FUNCTIONS if each.stands_for}


def in_short(message: str) -> str:
    """Return the first paragraph of an error, native functions by the names users write."""
    words = " ".join(_LIST.split(message)[0].split())
    return _NATIVE.sub(lambda name: _WRITTEN.get(name[0], name[0]), words)
