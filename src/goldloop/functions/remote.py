"""Functions that BigQuery ML sends to a remote service, and Goldloop does not."""

from __future__ import annotations

from goldloop.functions.declaration import Group, RefusedFunction

_REASON = (
    "calls a remote service, which Goldloop does not: models here are trained and scored in the "
    "warehouse"
)
_IN_FROM = """
    ML.GENERATE_TEXT AI.GENERATE_TEXT AI.GENERATE_TABLE ML.UNDERSTAND_TEXT ML.TRANSLATE
    ML.ANNOTATE_IMAGE ML.PROCESS_DOCUMENT ML.TRANSCRIBE
"""
_IN_EXPRESSIONS = """
    AI.GENERATE AI.GENERATE_BOOL AI.GENERATE_INT AI.GENERATE_DOUBLE AI.IF AI.SCORE
    AI.CLASSIFY AI.AGG AI.COUNT_TOKENS AI.EMBED AI.SIMILARITY
"""

REMOTE = (
    *(RefusedFunction(name, Group.GENAI, _REASON) for name in _IN_FROM.split()),
    *(RefusedFunction(name, Group.GENAI, _REASON, False) for name in _IN_EXPRESSIONS.split()),
)
