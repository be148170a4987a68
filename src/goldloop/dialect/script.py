"""A script's text, read into statements."""

from __future__ import annotations

import re

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ParseError, SqlglotError, TokenError
from sqlglot.tokens import Token, TokenType

from goldloop.dialect.blocks import BlockReader
from goldloop.dialect.grammar import (
    PREFIXES,
    AlterModelNode,
    CreateModelNode,
    DropModelNode,
    ExportModelNode,
    GoldloopBigQuery,
    GoldloopDuckDB,
)
from goldloop.dialect.statements import (
    AlterModel,
    CreateModel,
    DropModel,
    ExportModel,
    SqlStatement,
    Statement,
    VerbatimStatement,
)
from goldloop.dialect.values import options
from goldloop.errors import GoldloopError, StatementError, nearest

_LEGACY = re.compile(r"^\s*#legacySQL\b", re.IGNORECASE | re.MULTILINE)
DIALECTS: dict[str, type[Dialect]] = {"bigquery": GoldloopBigQuery, "duckdb": GoldloopDuckDB}


def parse_script(text: str, dialect: str = "bigquery") -> list[Statement]:
    """Read the statements of `text`, separated by semicolons; comments are skipped.

    Args:
        text: the script.
        dialect: `bigquery` or `duckdb`; both have BigQuery ML's statements and functions.

    Raises:
        StatementError: the script cannot be read; the message names line and column.
        OptionError: an option of CREATE MODEL is not a constant or is given twice.
    """
    if dialect not in DIALECTS:
        raise StatementError(
            f"There is no dialect '{dialect}'; expected one of {', '.join(DIALECTS)}."
            f"{nearest(dialect, DIALECTS)}"
        )
    reader = DIALECTS[dialect]()
    try:
        tokens = reader.tokenize(text)
    except TokenError as error:
        raise StatementError(f"The script cannot be read: {error}.") from error
    if dialect == "duckdb":
        return [_parse(text, chunk, reader) for chunk in _chunks(tokens)]
    if _LEGACY.search(text):
        raise StatementError("#legacySQL is not available; write the script in GoogleSQL.")
    blocks = BlockReader(tokens, text, reader.parser, lambda chunk: _parse(text, chunk, reader))
    return blocks.script()


def at_line(line: int, error: GoldloopError) -> GoldloopError:
    """Return `error` again, of its class, with the statement's line in front of its message."""
    return type(error)(f"Line {line}: {error}")


def _chunks(tokens: list[Token]) -> list[list[Token]]:
    chunks: list[list[Token]] = [[]]
    for token in tokens:
        if token.token_type is TokenType.SEMICOLON:
            chunks.append([])
        else:
            chunks[-1].append(token)
    return [chunk for chunk in chunks if chunk]


def _parse(text: str, tokens: list[Token], reader: Dialect) -> Statement:
    line = tokens[0].line
    if isinstance(reader, GoldloopDuckDB) and not _is_machine_learning(tokens):
        return VerbatimStatement(line, text[tokens[0].start : tokens[-1].end + 1])
    try:
        (tree,) = reader.parser().parse(tokens, text)
    except ParseError as error:
        raise _unreadable(line, error) from error
    except SqlglotError as error:
        raise StatementError(f"Line {line}: {error}") from error
    try:
        return _statement(line, tree)
    except GoldloopError as error:
        raise at_line(line, error) from error


def _statement(line: int, tree: exp.Expr | None) -> Statement:
    if isinstance(tree, CreateModelNode):
        transform = tree.args.get("transform")
        return CreateModel(
            line=line,
            name=tree.this,
            or_replace=tree.args["replace"],
            if_not_exists=tree.args["exists"],
            options=options(tree.args.get("options") or []),
            transform=None if transform is None else tuple(transform),
            queries={query.alias: _unwrapped(query.this) for query in tree.args["queries"]},
            inputs=_fields(tree.args.get("inputs")),
            outputs=_fields(tree.args.get("outputs")),
        )
    if isinstance(tree, AlterModelNode):
        return AlterModel(line, tree.this, tree.args["exists"], options(tree.args["options"]))
    if isinstance(tree, ExportModelNode):
        return ExportModel(line, tree.this, options(tree.args.get("options") or []))
    if isinstance(tree, DropModelNode):
        return DropModel(line, tree.this, tree.args["exists"])
    if not isinstance(tree, _KINDS):
        words = tree.sql().split()[:3] if tree else []
        raise StatementError(
            f"The statement '{' '.join(words)} …' is not available; expected a query, DDL or DML, "
            "CREATE MODEL or DROP MODEL (DuckDB's own statements need the dialect 'duckdb')."
        )
    return SqlStatement(line, tree)


_KINDS = (
    exp.Query, exp.DDL, exp.DML, exp.Drop, exp.Alter, exp.TruncateTable, exp.Comment,
    exp.Grant, exp.Revoke, exp.LoadData, exp.Export,
)  # fmt: skip


def _fields(nodes: list[exp.Expr] | None) -> tuple[tuple[str, str], ...]:
    return tuple((node.name, node.args["kind"].sql("bigquery")) for node in nodes or [])


def _unwrapped(query: exp.Query) -> exp.Query:
    while isinstance(query, exp.Subquery) and query.is_wrapper:
        query = query.this
    return query


def _is_machine_learning(tokens: list[Token]) -> bool:
    words = [token.text.upper() for token in tokens[:4]]
    if words[0] in {"CREATE", "DROP", "ALTER", "EXPORT"} and "MODEL" in words[1:4:2]:
        return True
    if any(token.text.upper() == "VECTOR_SEARCH" for token in tokens):
        return True
    return any(
        token.text.upper() in PREFIXES
        and dot.token_type is TokenType.DOT
        and bracket.token_type is TokenType.L_PAREN
        for token, dot, bracket in zip(tokens, tokens[1:], tokens[3:], strict=False)
    )


def _unreadable(line: int, error: ParseError) -> StatementError:
    if not error.errors:
        return StatementError(f"Line {line}: the statement cannot be read: {error}.")
    first = error.errors[0]
    near = first.get("highlight")
    return StatementError(
        f"Line {first['line']}, column {first['col']}: {str(first['description']).rstrip('.')}"
        + (f", near '{near}'." if near else ".")
    )
