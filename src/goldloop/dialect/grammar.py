"""BigQuery's and DuckDB's dialects of sqlglot, with the statements and functions of BigQuery ML."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from sqlglot import exp
from sqlglot.dialects.bigquery import BigQuery
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.parser import Parser
from sqlglot.parsers.bigquery import BigQueryParser
from sqlglot.parsers.duckdb import DuckDBParser
from sqlglot.tokens import TokenType

# Functions of BigQuery ML are called with one of these before their names.
PREFIXES = frozenset({"ML", "AI"})

# Functions that turn dates into text and back by a format.
FORMATTING = frozenset(
    f"{verb}_{kind}"
    for verb in ("FORMAT", "PARSE")
    for kind in ("DATE", "DATETIME", "TIME", "TIMESTAMP")
)


class CreateModelNode(exp.Expression):
    """`CREATE MODEL`; `options` are `exp.PropertyEQ`, `queries` are `exp.CTE`.

    `inputs` and `outputs` are `exp.ColumnDef`.
    """

    arg_types = {  # noqa: RUF012
        "this": True,
        "replace": False,
        "exists": False,
        "transform": False,
        "inputs": False,
        "outputs": False,
        "options": False,
        "queries": False,
    }


class DropModelNode(exp.Expression):
    """`DROP MODEL`."""

    arg_types = {"this": True, "exists": False}  # noqa: RUF012


class AlterModelNode(exp.Expression):
    """`ALTER MODEL … SET OPTIONS`; `options` as those of `CreateModelNode`."""

    arg_types = {"this": True, "exists": False, "options": True}  # noqa: RUF012


class ExportModelNode(exp.Expression):
    """`EXPORT MODEL`; `options` as those of `CreateModelNode`."""

    arg_types = {"this": True, "options": False}  # noqa: RUF012


class ModelArgument(exp.Expression):
    """`MODEL name` among the arguments of a function."""

    arg_types = {"this": True}  # noqa: RUF012


class MLCall(exp.Expression):
    """`ML.FUNCTION(...)` in FROM: `this` is its name with prefix, in capitals.

    Arguments are `ModelArgument`, `exp.Table` (`TABLE t`), `exp.Subquery`
    (`(query)`), `exp.Struct`, or any expression, in the order written.
    """

    arg_types = {"this": True, "expressions": False}  # noqa: RUF012


class _MLGrammar(Parser):
    """What both dialects' parsers have in addition."""

    def _parse_create(self) -> exp.Expr:  # type: ignore[override]
        index = self._index
        replace = bool(self._match_pair(TokenType.OR, TokenType.REPLACE))
        if self._match_text_seq("MODEL"):
            return self._parse_create_model(replace)
        self._retreat(index)
        return super()._parse_create()

    def _parse_create_model(self, replace: bool) -> exp.Expr:
        exists = bool(self._match_text_seq("IF", "NOT", "EXISTS"))
        node = CreateModelNode(this=self._parse_model_name(), replace=replace, exists=exists)
        if self._match_text_seq("TRANSFORM"):
            node.set("transform", self._parse_wrapped(self._parse_expressions))
        for clause, field in (("INPUT", "inputs"), ("OUTPUT", "outputs")):
            if self._match_text_seq(clause):
                node.set(field, self._parse_wrapped_csv(self._parse_field_def, optional=False))
        if self._match_text_seq("REMOTE"):
            self.raise_error(
                "CREATE MODEL … REMOTE WITH CONNECTION is of models that a remote service runs, "
                "which Goldloop does not call",
                self._prev,
            )
        node.set("options", self._parse_model_options())
        # Without AS: an imported model, which has nothing to be trained on.
        node.set("queries", self._parse_model_queries() if self._match(TokenType.ALIAS) else [])
        return node

    def _parse_model_options(self) -> list[exp.Expr]:
        if not self._match_text_seq("OPTIONS"):
            return []
        return self._parse_wrapped_csv(self._parse_option, optional=False)

    def _parse_alter_model(self) -> exp.Expr:
        exists = bool(self._match_text_seq("IF", "EXISTS"))
        node = AlterModelNode(this=self._parse_model_name(), exists=exists)
        if not self._match_text_seq("SET", "OPTIONS"):
            self.raise_error("Expected SET OPTIONS(name = value, ...)")
        self._retreat(self._index - 1)
        node.set("options", self._parse_model_options())
        return node

    def _parse_alter(self) -> exp.Expr:  # type: ignore[override]
        return (
            self._parse_alter_model() if self._match_text_seq("MODEL") else super()._parse_alter()
        )

    def _parse_statement(self) -> exp.Expr | None:
        if self._match_text_seq("EXPORT", "MODEL"):
            name = self._parse_model_name()
            return ExportModelNode(this=name, options=self._parse_model_options())
        return super()._parse_statement()

    def _parse_option(self) -> exp.Expr | None:
        if self._match(TokenType.R_PAREN, advance=False):  # after a trailing comma
            return None
        name = self._parse_id_var(any_token=True)
        if not self._match(TokenType.EQ):
            self.raise_error("Expected = after an option's name")
        return exp.PropertyEQ(this=name, expression=self._parse_bitwise())

    def _parse_model_queries(self) -> list[exp.Expr]:
        index = self._index
        if self._match(TokenType.L_PAREN):
            if self._next.token_type is TokenType.ALIAS:
                queries = self._parse_csv(self._parse_cte)
                self._match_r_paren()
                return [*queries]
            self._retreat(index)
        query = self._parse_select(nested=True) or self._parse_statement()
        if isinstance(query, exp.Query):
            query = self._parse_query_modifiers(self._parse_set_operations(query))
        if not isinstance(query, exp.Query):
            self.raise_error("Expected a query after AS")
        return [exp.CTE(this=query, alias=exp.TableAlias(this=exp.to_identifier("training_data")))]

    def _parse_drop(self, exists: bool = False, kind: str | None = None) -> exp.Expr:  # type: ignore[override]
        if self._match_text_seq("MODEL"):
            if_exists = bool(self._match_text_seq("IF", "EXISTS"))
            return DropModelNode(this=self._parse_model_name(), exists=if_exists)
        return super()._parse_drop(exists=exists, kind=kind)

    def _parse_table_parts(
        self,
        schema: bool = False,
        is_db_reference: bool = False,
        wildcard: bool = False,
        fast: bool = False,
    ) -> exp.Table | exp.Dot | None:
        if not schema and not is_db_reference:
            if self._at_ml_call():
                return self._parse_ml_call()
            if self._at_vector_search():
                self._advance(2)
                return self._parse_call_arguments("VECTOR_SEARCH")
        return super()._parse_table_parts(
            schema=schema, is_db_reference=is_db_reference, wildcard=wildcard, fast=fast
        )

    def _at_ml_call(self) -> bool:
        prefix, dot, name, bracket, first = (
            self._tokens[self._index : self._index + 5] + [None] * 5
        )[:5]
        if prefix is None or dot is None or name is None or bracket is None or first is None:
            return False
        return (
            prefix.text.upper() in PREFIXES
            and prefix.token_type is not TokenType.STRING
            and dot.token_type is TokenType.DOT
            and bracket.token_type is TokenType.L_PAREN
        )

    def _at_vector_search(self) -> bool:
        return (
            self._curr is not None
            and self._curr.text.upper() == "VECTOR_SEARCH"
            and self._next is not None
            and self._next.token_type is TokenType.L_PAREN
        )

    def _parse_ml_call(self) -> exp.Table:
        prefix = self._curr.text
        self._advance(2)
        name = self._curr.text
        self._advance(2)
        return self._parse_call_arguments(f"{prefix}.{name}".upper())

    def _parse_call_arguments(self, name: str) -> exp.Table:
        arguments = self._parse_csv(self._parse_ml_argument)
        self._match_r_paren()
        return exp.Table(this=MLCall(this=name, expressions=arguments))

    def _parse_ml_argument(self) -> exp.Expr | None:
        is_named = self._next is not None and self._next.token_type is TokenType.FARROW
        if not is_named and self._match_text_seq("MODEL"):
            return ModelArgument(this=self._parse_model_name())
        if not is_named and self._match_text_seq("TABLE"):
            return self._parse_table_parts()
        if self._match(TokenType.L_PAREN, advance=False):
            return self._parse_table()
        return self._parse_lambda()

    def _parse_function_call(
        self,
        functions: dict[str, Callable] | None = None,
        anonymous: bool = False,
        optional_parens: bool = True,
        any_token: bool = False,
    ) -> exp.Expr | None:
        # ML.x and AI.x are not sqlglot's functions of the name x: they keep their names.
        is_dotted = self._prev is not None and self._prev.token_type is TokenType.DOT
        if is_dotted and self._tokens[self._index - 2].text.upper() in PREFIXES:
            anonymous = True
        return super()._parse_function_call(functions, anonymous, optional_parens, any_token)

    def _parse_model_name(self) -> exp.Table:
        name = super()._parse_table_parts()
        if isinstance(name, exp.Table) and all(
            isinstance(part, exp.Identifier) for part in name.parts
        ):
            return name
        self.raise_error("Expected a model's name: [database.]schema.name")
        return exp.Table()

    def _warn_unsupported(self) -> None:
        """Say nothing: what cannot be read is an error, told where the script is read."""


class GoldloopBigQuery(BigQuery):
    """BigQuery with BigQuery ML."""

    class Tokenizer(BigQuery.Tokenizer):
        """Reads every statement word by word: those of scripts hold others."""

        COMMANDS: ClassVar[set[TokenType]] = set()

    class Parser(_MLGrammar, BigQueryParser):
        """Reads BigQuery's SQL."""

        # sqlglot would write their formats in another notation, which has not every element.
        FUNCTIONS = {  # noqa: RUF012
            name: build
            for name, build in BigQueryParser.FUNCTIONS.items()
            if name not in FORMATTING
        }

        def _parse_unnest(self, with_alias: bool = True) -> exp.Unnest | None:
            # Without an alias only the fields of structs can be meant: DuckDB must expose them.
            unnest = super()._parse_unnest(with_alias=with_alias)
            if unnest and with_alias and not unnest.args.get("alias"):
                unnest.set("explode_array", True)
            return unnest


class GoldloopDuckDB(DuckDB):
    """DuckDB with BigQuery ML."""

    class Parser(_MLGrammar, DuckDBParser):
        """Reads DuckDB's SQL."""
