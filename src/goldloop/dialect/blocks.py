"""Reads the statements of a BigQuery script, blocks within blocks, from its tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.parser import Parser
from sqlglot.tokens import Token, TokenType

from goldloop.dialect.scripting import (
    Assert,
    Assign,
    Block,
    Branches,
    Declare,
    Execute,
    ForEach,
    Leave,
    Loop,
    Raise,
    Transact,
    UseDataset,
)
from goldloop.dialect.statements import Statement
from goldloop.errors import StatementError

_WITHOUT_INDEX = {
    "VECTOR": "VECTOR_SEARCH compares every row, and is exact",
    "SEARCH": "every row is searched",
}
_LEAVES = {
    "BREAK": "BREAK",
    "LEAVE": "BREAK",
    "CONTINUE": "CONTINUE",
    "ITERATE": "CONTINUE",
    "RETURN": "RETURN",
}


class BlockReader:
    """Reads the tokens of a script; `read_plain` reads a statement that is none of scripting's."""

    def __init__(
        self,
        tokens: Sequence[Token],
        text: str,
        parser: Callable[[], Parser],
        read_plain: Callable[[list[Token]], Statement],
    ) -> None:
        self._tokens = tokens
        self._text = text
        self._parser = parser
        self._read_plain = read_plain
        self._at = 0
        self._kinds: dict[str, Callable[[int], Statement]] = {
            "DECLARE": self._declare,
            "SET": self._assign,
            "BEGIN": self._begin,
            "BEGIN TRANSACTION": self._begin_transaction,
            "IF": self._branches,
            "WHILE": self._while,
            "LOOP": self._loop,
            "REPEAT": self._repeat,
            "FOR": self._for,
            "EXECUTE": self._execute,
            "RAISE": self._raise,
            "ASSERT": self._assert,
            "COMMIT": self._transact,
            "ROLLBACK": self._transact,
            "CALL": self._call,
            "CASE": self._case,
            "CREATE": self._create,
            **dict.fromkeys(_LEAVES, self._leave),
        }

    def script(self) -> list[Statement]:
        """Return the statements of the whole script.

        Raises:
            StatementError: it cannot be read; the message names the line.
        """
        statements = self._statements(())
        if self._at < len(self._tokens):
            raise self._unexpected("a statement")
        return list(statements)

    def _statements(self, ends: tuple[str, ...]) -> tuple[Statement, ...]:
        found: list[Statement] = []
        while self._at < len(self._tokens):
            if self._is(";"):
                self._at += 1
            elif self._word() in ends:
                break
            else:
                found.append(self._statement())
        return tuple(found)

    def _statement(self) -> Statement:
        line = self._tokens[self._at].line
        read = self._kinds.get(self._word())
        statement = read(line) if read else self._read_plain(self._until_semicolon())
        if self._at < len(self._tokens) and not self._is(";"):
            raise self._unexpected("a semicolon")
        return statement

    def _declare(self, line: int) -> Statement:
        self._take("DECLARE")
        names = [self._name()]
        while self._took(","):
            names.append(self._name())
        tokens = self._until_semicolon()
        place = next(
            (i for i, token in enumerate(tokens) if token.text.upper() == "DEFAULT"), len(tokens)
        )
        kind = self._type(tokens[:place]) if place else None
        default = self._expression(tokens[place + 1 :]) if place < len(tokens) else None
        if kind is None and default is None:
            raise StatementError(f"Line {line}: DECLARE {names[0]} needs a type or a DEFAULT.")
        return Declare(line, tuple(names), kind, default)

    def _assign(self, line: int) -> Statement:
        self._take("SET")
        if self._took("@"):
            return self._system_variable(line)
        is_tuple = self._took("(")
        names = [self._name()]
        while is_tuple and self._took(","):
            names.append(self._name())
        if is_tuple:
            self._take(")")
        self._take("=")
        return Assign(line, tuple(names), self._expression(self._until_semicolon()), is_tuple)

    def _system_variable(self, line: int) -> Statement:
        self._took("@")
        name = self._name()
        self._take("=")
        value = self._expression(self._until_semicolon())
        if name.casefold() != "dataset_id":
            raise StatementError(
                f"Line {line}: the system variable @@{name} is not available; @@dataset_id is."
            )
        return UseDataset(line, value)

    def _begin(self, line: int) -> Statement:
        self._take("BEGIN")
        if self._at >= len(self._tokens) or self._is(";") or self._is("TRANSACTION"):
            self._took("TRANSACTION")
            return Transact(line, "BEGIN")
        body = self._statements(("END", "EXCEPTION"))
        handler = None
        if self._took("EXCEPTION"):
            for word in ("WHEN", "ERROR", "THEN"):
                self._take(word)
            handler = self._statements(("END",))
        self._take("END")
        return Block(line, body, handler)

    def _begin_transaction(self, line: int) -> Statement:
        self._at += 1  # one token
        return Transact(line, "BEGIN")

    def _branches(self, line: int) -> Statement:
        self._take("IF")
        branches = []
        while True:
            condition = self._expression(self._until("THEN"))
            branches.append((condition, self._statements(("ELSEIF", "ELSE", "END"))))
            if not self._took("ELSEIF"):
                break
        otherwise = self._statements(("END",)) if self._took("ELSE") else ()
        self._end("IF")
        return Branches(line, tuple(branches), otherwise)

    def _while(self, line: int) -> Statement:
        self._take("WHILE")
        condition = self._expression(self._until("DO"))
        body = self._statements(("END",))
        self._end("WHILE")
        return Loop(line, body, condition)

    def _loop(self, line: int) -> Statement:
        self._take("LOOP")
        body = self._statements(("END",))
        self._end("LOOP")
        return Loop(line, body)

    def _repeat(self, line: int) -> Statement:
        self._take("REPEAT")
        body = self._statements(("UNTIL",))
        self._take("UNTIL")
        until = self._expression(self._until("END"))
        self._take("REPEAT")
        return Loop(line, body, until=until)

    def _for(self, line: int) -> Statement:
        self._take("FOR")
        name = self._name()
        self._take("IN")
        query = self._expression(self._until("DO"))
        body = self._statements(("END",))
        self._end("FOR")
        return ForEach(line, name, query, body)

    def _execute(self, line: int) -> Statement:
        self._take("EXECUTE")
        self._take("IMMEDIATE")
        sql = self._expression(self._before("INTO", "USING"))
        into: list[str] = []
        if self._took("INTO"):
            into.append(self._name())
            while self._took(","):
                into.append(self._name())
        using: list[tuple[str | None, exp.Expr]] = []
        if self._took("USING"):
            values = self._expressions(self._until_semicolon())
            using = [(value.alias or None, value.unalias()) for value in values]
        return Execute(line, sql, tuple(into), tuple(using))

    def _raise(self, line: int) -> Statement:
        self._take("RAISE")
        if not self._took("USING"):
            return Raise(line, None)
        self._take("MESSAGE")
        self._take("=")
        return Raise(line, self._expression(self._until_semicolon()))

    def _assert(self, line: int) -> Statement:
        self._take("ASSERT")
        condition = self._expression(self._before("AS"))
        description = ""
        if self._took("AS"):
            description = self._name()
        return Assert(line, condition, description)

    def _transact(self, line: int) -> Statement:
        verb = self._word()
        self._at += 1
        self._took("TRANSACTION")
        return Transact(line, verb)

    def _leave(self, line: int) -> Statement:
        kind = _LEAVES[self._word()]
        self._at += 1
        return Leave(line, kind)

    def _call(self, line: int) -> Statement:
        raise StatementError(
            f"Line {line}: CALL is not available: there are no procedures; write their statements."
        )

    def _case(self, line: int) -> Statement:
        raise StatementError(
            f"Line {line}: the statement CASE is not available; write IF … ELSEIF … END IF."
        )

    def _create(self, line: int) -> Statement:
        tokens = self._until_semicolon()
        words = [token.text.upper() for token in tokens[:5]]
        if "PROCEDURE" in words[:4]:
            raise StatementError(
                f"Line {line}: CREATE PROCEDURE is not available: there are no procedures; write "
                "their statements."
            )
        if "SNAPSHOT" in words[1:2]:
            raise StatementError(
                f"Line {line}: CREATE SNAPSHOT TABLE is not available; copy it: CREATE TABLE s AS "
                "SELECT * FROM t."
            )
        created = words[3:] if words[1:3] == ["OR", "REPLACE"] else words[1:]
        for kind in ("VECTOR", "SEARCH"):
            if created[:2] == [kind, "INDEX"]:
                raise StatementError(
                    f"Line {line}: CREATE {kind} INDEX is not available, nor needed; leave it "
                    f"out: {_WITHOUT_INDEX[kind]}."
                )
        return self._read_plain(tokens)

    def _word(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        token = self._tokens[self._at]
        is_quoted = token.token_type in (TokenType.STRING, TokenType.IDENTIFIER)
        return "" if is_quoted else token.text.upper()

    def _is(self, word: str) -> bool:
        return self._word() == word

    def _took(self, word: str) -> bool:
        found = self._is(word)
        self._at += found
        return found

    def _take(self, word: str) -> None:
        if not self._took(word):
            raise self._unexpected(word)

    def _end(self, word: str) -> None:
        self._take("END")
        self._take(word)

    def _name(self) -> str:
        if self._at >= len(self._tokens):
            raise self._unexpected("a name")
        self._at += 1
        return self._tokens[self._at - 1].text

    def _unexpected(self, expected: str) -> StatementError:
        if self._at >= len(self._tokens):
            return StatementError(f"The script ends where {expected} was expected.")
        token = self._tokens[self._at]
        return StatementError(
            f"Line {token.line}, column {token.col}: expected {expected}, near '{token.text}'."
        )

    def _until_semicolon(self) -> list[Token]:
        return self._before()

    def _until(self, word: str) -> list[Token]:
        tokens = self._before(word)
        self._take(word)
        return tokens

    def _before(self, *words: str) -> list[Token]:
        """Return the tokens up to one of `words` that is in no bracket and no CASE, or a `;`."""
        begin, depth = self._at, 0
        while self._at < len(self._tokens) and not self._is(";"):
            word = self._word()
            if not depth and word in words:
                break
            depth += word in ("(", "[", "CASE")
            depth -= word in (")", "]") or (word == "END" and depth > 0)
            self._at += 1
        return list(self._tokens[begin : self._at])

    def _type(self, tokens: list[Token]) -> exp.DataType:
        line = tokens[0].line
        text = self._text[tokens[0].start : tokens[-1].end + 1]
        try:
            return exp.DataType.build(text, dialect="bigquery")
        except (SqlglotError, ValueError) as error:
            raise StatementError(f"Line {line}: '{text}' is not a type.") from error

    def _expression(self, tokens: list[Token]) -> exp.Expr:
        found = self._expressions(tokens)
        if len(found) != 1:
            raise self._unexpected("one value")
        return found[0]

    def _expressions(self, tokens: list[Token]) -> list[exp.Expr]:
        if not tokens:
            raise self._unexpected("a value")
        first = tokens[0]
        select = Token(TokenType.SELECT, "SELECT", first.line, first.col, first.start, first.start)
        try:
            (tree,) = self._parser().parse([select, *tokens], self._text)
        except SqlglotError as error:
            written = self._text[first.start : tokens[-1].end + 1]
            raise StatementError(
                f"Line {first.line}: '{written}' cannot be read as a value."
            ) from error
        return list(tree.selects) if isinstance(tree, exp.Select) else []
