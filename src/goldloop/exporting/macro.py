"""The text of a model's macro, taken apart: its first form's parameter and body."""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.tokens import Token, TokenType

_OPENING = {TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE}
_CLOSING = {TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE}


def parsed_macro(ddl: str) -> tuple[str, exp.Expr]:
    """Return the row parameter's name and the body of `create macro name(row) as body, …`."""
    tokens = DuckDB().tokenize(ddl)
    opening = next(i for i, token in enumerate(tokens) if token.token_type is TokenType.L_PAREN)
    start = next(i for i, token in enumerate(tokens) if i > opening and token.text.upper() == "AS")
    end = _end(tokens, start + 1)
    body = ddl[tokens[start + 1].start : tokens[end].end + 1]
    return tokens[opening + 1].text, sqlglot.parse_one(body, dialect="duckdb")


def _end(tokens: list[Token], start: int) -> int:
    """Return the last token of the form that begins at `start`: a bare comma begins the next."""
    depth = 0
    for position in range(start, len(tokens)):
        kind = tokens[position].token_type
        depth += (kind in _OPENING) - (kind in _CLOSING)
        if kind is TokenType.COMMA and depth == 0:
            return position - 1
    return len(tokens) - 1
